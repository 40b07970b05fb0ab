import { parseArgs } from 'node:util';
import { MISBEHAVE_HELP, OptionError, parseMisbehave } from './misbehave.mjs';

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost'];

export const HELP = `Usage: node server.mjs [options]

Serves the ledger, an application whose state is one canvas, on the loopback interface.

  --port N            port to listen on, 0 for any free one (default 0)
  --seed N            the same seed repeats the same rows, timings and misbehaviour (default 1)
  --rows N            rows to collect (default 200)
  --misbehave LIST    comma list of name=value, see below
  --help              this text

Misbehaviour:
${MISBEHAVE_HELP}

Sign in as demo / demo. GET /truth answers what really happened.`;

/**
 * Reads the command line.
 * @param {string[]} args without node and script
 * @returns {{help: true} | {help: false, port: number, seed: number, rows: number, misbehave: object}}
 * @throws {OptionError}
 */
export function parseCommandLine(args) {
  const { values } = parse(args);
  if (values.help) return { help: true };
  return { help: false, ...checkOptions(values) };
}

/** Checks the server's options, given as numbers or as text, and fills in the defaults. */
export function checkOptions({ port = 0, host = '127.0.0.1', seed = 1, rows = 200, misbehave = {} }) {
  if (!LOOPBACK_HOSTS.includes(host)) {
    throw new OptionError(`host must be ${LOOPBACK_HOSTS.join(' or ')}, got "${host}"`);
  }
  return {
    host,
    port: wholeNumber('port', port, 65_535),
    seed: wholeNumber('seed', seed, 4_294_967_295),
    rows: wholeNumber('rows', rows, 100_000),
    misbehave: parseMisbehave(misbehave),
  };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        seed: { type: 'string' },
        rows: { type: 'string' },
        misbehave: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    // Some of its messages go on for three lines.
    throw new OptionError(cause.message.replaceAll(/\s*\n\s*/g, ' '));
  }
}

function wholeNumber(name, given, max) {
  const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (Number.isInteger(number) && number >= 0 && number <= max) return number;
  throw new OptionError(`${name} must be a whole number from 0 to ${max}, got "${String(given)}"`);
}
