/** Thrown for an option the application does not understand; the message names the option, the range and what was given. */
export class OptionError extends Error {
  constructor(message) {
    super(message);
    this.name = 'OptionError';
  }
}

const share = (max = 1) => ({ kind: 'number', min: 0, max, integer: false, off: 0 });
const whole = (min, max, off) => ({ kind: 'number', min, max, integer: true, off });

const OPTIONS = {
  lost: share(),
  delay: whole(0, 60_000, 0),
  double: share(),
  shift: whole(0, 600, 0),
  // 0 is off: the picture fits the window.
  scale: { kind: 'number', min: 0.25, max: 4, integer: false, off: 0 },
  redesign: whole(0, 1, 0),
  theme: { kind: 'choice', choices: ['light', 'dark', 'contrast'], off: 'light' },
  recolor: whole(0, 64, 0),
  ambient: whole(0, 8, 0),
  black: share(0.9),
  announce: whole(1, 100_000, 0),
  expire: whole(1, 100_000, 0),
  equal: share(),
  crash: whole(1, 100_000, 0),
};

/** One line for each way to misbehave, for `--help`. */
export const MISBEHAVE_HELP = `  lost=p      share of clicks (0..1) that are recorded and have no effect
  delay=N     every effect comes 0..N ms late
  double=p    share of clicks (0..1) that fire again 60..140 ms later, at the same place
  shift=N     the picture moves N px right and down
  scale=S     the picture has this scale (0.25..4) whatever the window's size; without it, it fits the window
  redesign=1  another layout: header and tabs below the list
  theme=NAME  light, dark or contrast
  recolor=N   every colour is off by N levels, this way or that
  ambient=N   N marks (0..8) turn with every frame: in header, tabs, list and footer
  black=p     share of time (0..0.9) in which the picture is black, in bursts of 100..400 ms
  announce=N  an announcement after every N collected rows
  expire=N    the session ends after every N collected rows
  equal=p     share of rows (0..1) that look exactly like the row before
  crash=N     the renderer crashes once, after N collected rows`;

/**
 * Reads `lost=0.05,delay=1000` or the same as an object. Every option is present in the answer; an option that was not
 * given has the value that turns it off.
 *
 * @param {string | Record<string, unknown>} given
 * @throws {OptionError} for an unknown name, a repeated name, or a value out of its range
 */
export function parseMisbehave(given) {
  const result = Object.fromEntries(Object.entries(OPTIONS).map(([name, option]) => [name, option.off]));
  const seen = new Set();
  for (const [name, value] of typeof given === 'string' ? pairs(given) : Object.entries(given)) {
    if (!Object.hasOwn(OPTIONS, name)) {
      throw new OptionError(
        `misbehave: unknown option "${name}"; known are ${Object.keys(OPTIONS).join(', ')}`,
      );
    }
    if (seen.has(name)) throw new OptionError(`misbehave: "${name}" is given twice`);
    seen.add(name);
    if (value !== undefined) result[name] = read(name, OPTIONS[name], value);
  }
  return result;
}

function pairs(text) {
  if (text.trim() === '') return [];
  return text.split(',').map((part) => {
    const at = part.indexOf('=');
    if (at < 1) throw new OptionError(`misbehave: expected name=value, got "${part.trim()}"`);
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  });
}

function read(name, option, value) {
  if (option.kind === 'choice') {
    if (option.choices.includes(value)) return value;
    throw new OptionError(`misbehave: ${name} must be one of ${option.choices.join(', ')}, got "${value}"`);
  }
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  const fits =
    typeof number === 'number' &&
    (number === option.off || (number >= option.min && number <= option.max)) &&
    (!option.integer || Number.isInteger(number));
  if (fits) return number;
  const type = option.integer ? 'a whole number' : 'a number';
  throw new OptionError(
    `misbehave: ${name} must be ${type} from ${option.min} to ${option.max}, got "${String(value)}"`,
  );
}
