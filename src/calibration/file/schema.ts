import { z } from 'zod';

/** Chromium's largest texture side on common GPUs; no screenshot is larger. */
const MAX_SIDE = 16_384;
/** ΔE of five just noticeable differences (2.3 each: Mahy and others, Evaluation of uniform color spaces, 1994). */
const DEFAULT_TOLERANCE = 12;
/** Above it, zero-mean correlation of two pictures of one thing; codec noise and another font's edges stay above. */
const DEFAULT_MIN_SCORE = 0.9;
/** Two places nearer than this in score are not told apart. */
const DEFAULT_MIN_MARGIN = 0.05;
/** Of 64 bits; beyond it "it is probably a different picture" (Krawetz, Looks Like It, 2011). */
const DEFAULT_MAX_DISTANCE = 10;

const HORIZONTAL = ['left', 'right', 'center', 'stretch'] as const;
const VERTICAL = ['top', 'bottom', 'middle', 'stretch'] as const;
type Horizontal = (typeof HORIZONTAL)[number];
type Vertical = (typeof VERTICAL)[number];
/** How a place moves when the viewport is not the reference one. */
export type Pin = 'scale' | `${Horizontal} ${Vertical}`;
/** All there are. */
export const PINS: readonly Pin[] = [
  'scale',
  ...HORIZONTAL.flatMap((horizontal) => VERTICAL.map((vertical): Pin => `${horizontal} ${vertical}`)),
];

const NAME_RULE = 'a letter, then letters, digits, ".", "_" or "-", no "..", at most 64 in all';
const name = z
  .string()
  .max(64, NAME_RULE)
  .regex(/^(?!.*\.\.)[A-Za-z][A-Za-z0-9._-]*$/, NAME_RULE)
  .describe(`A name: ${NAME_RULE}`);
const TEXT_RULE = 'a line of 1 to 200 characters';
const text = z
  .string()
  .min(1, TEXT_RULE)
  .max(200, TEXT_RULE)
  // eslint-disable-next-line no-control-regex -- the point: none of these belongs in a line of text
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, TEXT_RULE);
const anyPin = z
  .enum(PINS)
  .describe(
    'How it moves when the viewport differs: "scale", or edges "left|right|center|stretch top|bottom|middle|stretch"',
  );
const pin = anyPin.default('scale');
const columnsPin = anyPin.optional().describe("Default: the pin of the list's region");
const coordinate = z.int().min(0).max(MAX_SIDE);
const length = z.int().min(1).max(MAX_SIDE);
const point = z.tuple([coordinate, coordinate]).describe('[x, y] in pixels of the reference screenshot');
const rect = z
  .tuple([coordinate, coordinate, length, length])
  .describe('[x, y, width, height] in pixels of the reference screenshot');
const columns = z.tuple([coordinate, length]).describe('[x, width] in pixels of the reference screenshot');
const color = z
  .string()
  .regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, '#rgb or #rrggbb')
  .describe('#rgb or #rrggbb');
const difference = z.number().positive().max(100);
const tolerance = difference.default(DEFAULT_TOLERANCE).describe('ΔE');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');

const mark = z
  .union([fields({ swatch: name, state: name }), fields({ anchor: name })])
  .describe('What proves it: a swatch in a state, or an anchor that is there');

const viewport = fields({
  width: length.describe('CSS pixels'),
  height: length.describe('CSS pixels'),
  deviceScaleFactor: z.number().min(0.25).max(8).default(1),
});

const madeBy = fields({
  date: z.iso.date('a date, YYYY-MM-DD').optional(),
  browser: text.optional(),
  sensor: text.optional(),
  decoder: text.optional(),
  images: z.record(name, sha256).optional().describe('SHA-256 of the pictures it was made from'),
});

const action = z
  .union([
    fields({ point: name }),
    fields({
      columns,
      pin: columnsPin,
      enabled: color,
      disabled: color.optional(),
      tolerance: difference
        .optional()
        .describe('ΔE. Default: 14, but no further than halfway to another fill of the list'),
      minArea: z.int().min(1).default(1).describe('Pixels of the coloured component'),
    }),
  ])
  .describe("A row's click target: a point, or a component of a colour within columns");

const list = fields({
  region: name,
  rows: fields({
    first: coordinate.describe("y of the first row's top edge").optional(),
    pitch: z
      .number()
      .positive()
      .max(MAX_SIDE)
      .optional()
      .describe('From row to row; absent when heights vary'),
    minHeight: length,
    maxHeight: length,
  }),
  action: action.optional(),
  identity: fields({ columns, pin: columnsPin })
    .optional()
    .describe('The columns that tell one row from another'),
  empty: name.optional().describe('The anchor that is there when the list is empty'),
  counter: name
    .optional()
    .describe('The counter that goes with its rows: it says how many went where they look alike'),
});

/** The sides of a rectangle. */
export const SIDES = ['left', 'top', 'right', 'bottom'] as const;
/** One of them. */
export type Side = (typeof SIDES)[number];

const PICTURE_RULE = 'a .png or .jpg beside the calibration or in a folder below it, without ".."';
const picture = z
  .string()
  .max(200, PICTURE_RULE)
  // eslint-disable-next-line no-control-regex -- the point: none of these belongs in a path
  .regex(/^(?!\/|[A-Za-z]:)(?!(.*\/)?\.\.\/)[^\\\u0000-\u001f\u007f-\u009f]+\.(png|jpe?g)$/i, PICTURE_RULE)
  .describe(`A picture: ${PICTURE_RULE}`);

/** Of a picture written into the file: a strip of ten digits takes a twentieth. */
const MAX_INLINE = 16_384;
const inlinePicture = z
  .string()
  .max(MAX_INLINE)
  .regex(/^data:image\/png;base64,[A-Za-z0-9+/]+={0,2}$/)
  .describe('A small PNG as a data URL');

const optional = z
  .boolean()
  .default(false)
  .describe('It shows only at times, as on one screen: where it does not, nothing is wrong');

const signatureAnchor = fields({
  rect,
  dhash: z
    .string()
    .regex(/^[0-9a-f]{16}$/, '16 hex digits')
    .describe('64-bit difference hash, 16 hex digits'),
  maxDistance: z.int().min(0).max(63).default(DEFAULT_MAX_DISTANCE).describe('Bits that may differ'),
  optional,
  pin,
});

const templateAnchor = fields({
  template: picture,
  search: z.union([name, rect]).describe('Where to look: a region by name, or a rectangle'),
  at: point.optional().describe('[x, y] of its top left pixel in the reference screenshot'),
  minScore: z.number().min(0).max(1).default(DEFAULT_MIN_SCORE).describe('Least likeness, 0..1'),
  minMargin: z
    .number()
    .min(0)
    .max(1)
    .default(DEFAULT_MIN_MARGIN)
    .describe('Least lead over the next likely place, 0..1'),
  optional,
  pin,
});

const counter = fields({
  rect: rect.describe(
    '[x, y, width, height]: where the number stands, with room around it and nothing else in it',
  ),
  digits: z
    .union([inlinePicture, picture], `${PICTURE_RULE}; or data:image/png;base64,…`)
    .describe('A picture of the digits 0 to 9 side by side, cut from screenshots'),
  pin,
});

const modal = fields({ box: rect, pin, mark, close: name.optional() });

/** The calibration file, version 1. Strict: unknown keys are issues. References between sections are checked elsewhere. */
export const calibrationSchema = fields({
  version: z.literal(1),
  name,
  viewport,
  madeBy: madeBy.optional(),
  park: name
    .optional()
    .describe('The point the pointer goes to after a click, so that hovering disturbs no proof'),
  points: section(fields({ at: point, fallbacks: z.array(point).max(16).default([]), pin })),
  regions: section(
    fields({
      rect,
      pin,
      edges: z
        .array(z.enum(SIDES))
        .max(4)
        .default([])
        .describe('Sides along which a line shows: what check and solve measure by'),
    }),
  ),
  swatches: section(
    fields({
      rect,
      states: z.record(name, color).refine((s) => Object.keys(s).length > 0, 'at least one state'),
      tolerance,
      optional,
      pin,
    }),
  ),
  anchors: section(z.union([signatureAnchor, templateAnchor])),
  tabs: section(fields({ click: name, mark, region: name.optional() })),
  lists: section(list),
  counters: section(counter),
  modals: section(modal),
  together: z
    .array(z.array(mark).min(2).max(8))
    .default([])
    .describe('Marks that show together or not at all: several signs of one state'),
  masks: z
    .array(
      fields({
        rect,
        why: z
          .enum(['ambient', 'secret'])
          .describe('ambient: no proof looks there; secret: blacked out before anything is stored'),
        pin,
      }),
    )
    .default([]),
});

/** An anchor recognised by its difference hash where it stands. */
export type SignatureAnchor = z.output<typeof signatureAnchor>;
/** An anchor recognised by its pixels, wherever it stands in `search`. */
export type TemplateAnchor = z.output<typeof templateAnchor>;

/** A valid calibration with every default filled in. Plain data: it can be written back as YAML or JSON. */
export type Calibration = z.output<typeof calibrationSchema>;

function section<T extends z.ZodType>(entry: T) {
  return z.record(name, entry).default({});
}

/** A strict object; the issue for an unknown key carries the known ones as its message. */
function fields<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}
