import { existsSync, realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';

/**
 * Runs a target from the command line when node was started with the module at `moduleUrl`, and does nothing when it was
 * imported. Prints the target's notes and its address when it is ready; SIGTERM, SIGINT and SIGHUP close it. A target
 * whose `ended` resolves has ended by itself: that is an error.
 */
export async function runTarget(moduleUrl, { name, help, options = {}, start }) {
  const script = process.argv[1];
  if (script === undefined || !existsSync(script) || realpathSync(script) !== fileURLToPath(moduleUrl))
    return;
  let target;
  const stop = () => (stopping ??= target?.close());
  let stopping;
  let stopWanted = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      stopWanted = true;
      void stop();
    });
  }
  // Whoever started us may go away and take the pipe along; the target stays up until it is told to stop.
  process.stdout.on('error', () => {});
  try {
    const { help: wantsHelp, port, ...given } = readOptions(options);
    if (wantsHelp) return void process.stdout.write(`${help}\n`);
    target = await start({ ...given, port: wholeNumber('--port', port, 65_535) });
  } catch (error) {
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
    return;
  }
  if (stopWanted) return void (await stop());
  for (const note of target.notes ?? []) process.stdout.write(`${note}\n`);
  process.stdout.write(`${name} ready at ${target.url}/\n`);
  const ended = await target.ended;
  if (ended === undefined || stopWanted) return;
  process.stderr.write(`${name}: ${ended}\n`);
  process.exitCode = 1;
}

/** A whole number from 0 to `max`, from text. */
export function wholeNumber(option, text, max) {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isInteger(number) && number <= max) return number;
  throw new UsageError(`${option} must be a whole number from 0 to ${max}, got "${text}"`);
}

class UsageError extends Error {}

function readOptions(options) {
  try {
    const { values } = parseArgs({
      options: {
        ...options,
        port: { type: 'string', default: '0' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (cause) {
    // Some of its messages go on for three lines.
    throw new UsageError(cause.message.replaceAll(/\s*\n\s*/g, ' '));
  }
}
