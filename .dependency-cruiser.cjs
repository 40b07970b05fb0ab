// The import rules of ARCHITECTURE.md as data: who may import whom inside src, and which one file touches which library.
const LAYERS = {
  core: [],
  image: ['core'],
  probe: ['core', 'image'],
  calibration: ['core', 'image', 'probe'],
  cdp: ['core'],
  sensor: ['core', 'cdp', 'image'],
  input: ['core', 'cdp'],
  session: ['core', 'cdp'],
  // Layer 2 sees sensors and inputs as types only: FrameSource and Actuator.
  visual: ['core', 'image', 'probe', 'calibration'],
  runtime: ['core', 'image'],
  store: ['core'],
  metrics: ['core'],
  report: ['core', 'image'],
  cli: [
    'core',
    'image',
    'probe',
    'calibration',
    'cdp',
    'sensor',
    'input',
    'session',
    'visual',
    'runtime',
    'store',
    'metrics',
    'report',
  ],
};
/** Types may come from where a port is defined, without any code following them. */
const TYPES_ONLY = {
  visual: ['sensor', 'input'],
  runtime: ['visual', 'sensor', 'session', 'calibration', 'store', 'metrics'],
  store: ['runtime', 'visual'],
  metrics: ['runtime', 'visual'],
  report: ['runtime', 'visual', 'sensor'],
  session: ['sensor', 'input', 'runtime'],
};
/** The parts of rowBands, each of which may import those before it. */
const ROWS = ['profile', 'boundary', 'flat', 'bounded'];
const ONE_FILE = {
  'chrome-remote-interface': '^src/cdp/websocket-wire\\.ts$',
  'chrome-launcher': '^src/cdp/launch\\.ts$',
  'prom-client': '^src/metrics/registry\\.ts$',
};

const layerRules = Object.entries(LAYERS).flatMap(([layer, allowed]) => {
  const types = TYPES_ONLY[layer] ?? [];
  const rules = [
    {
      name: `${layer}-imports`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed, ...types].join('|')})/` },
    },
  ];
  if (types.length > 0) {
    rules.push({
      name: `${layer}-types-only`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: `^src/(${types.join('|')})/`, dependencyTypesNot: ['type-only'] },
    });
  }
  return rules;
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src/' }, to: {} },
    ...layerRules,
    ...ROWS.map((part, i) => ({
      name: `rows-${part}-imports`,
      severity: 'error',
      from: { path: `^src/probe/rows/${part}/` },
      to: { path: `^src/probe/rows/(${ROWS.slice(i + 1).join('|') || '$'})/` },
    })),
    ...Object.entries(ONE_FILE).map(([library, file]) => ({
      name: `one-file-imports-${library}`,
      severity: 'error',
      from: { path: '^src/', pathNot: file },
      to: { path: `node_modules/(@types/)?${library}(/|$)` },
    })),
    {
      name: 'no-browser-framework',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(puppeteer|playwright|selenium|webdriver)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
