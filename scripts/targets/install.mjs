#!/usr/bin/env node
// Installs the Debian packages that the applications in scripts/targets need, when they are missing. Plain Node.
//   node scripts/targets/install.mjs           installs them
//   node scripts/targets/install.mjs --check   says what is missing and ends with 1, or with 0 when nothing is
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NEEDED = [
  { what: '/usr/bin/broadwayd', from: 'libgtk-3-bin' },
  { what: '/usr/bin/gtk3-widget-factory', from: 'gtk-3-examples' },
  { what: '/usr/bin/dbus-daemon', from: 'dbus-daemon' },
  { what: '/usr/libexec/at-spi2-registryd', from: 'at-spi2-core' },
  { what: '/usr/lib/python3/dist-packages/pyatspi', from: 'python3-pyatspi' },
  { what: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', from: 'fonts-dejavu-core' },
];

const missing = () => NEEDED.filter(({ what }) => !existsSync(what)).map(({ from }) => from);
const say = (line) => process.stderr.write(`targets: ${line}\n`);

if (missing().length === 0) say('everything is installed');
else if (process.argv.includes('--check')) fail(`missing: ${missing().join(', ')}`);
else install();

function install() {
  const names = missing();
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
  ]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, error } = spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] });
    if (status === 0) continue;
    const why = error === undefined ? '' : ` (${error.message})`;
    return fail(
      `apt-get ${args[0]} failed${why}; on Debian, as root: apt-get update && apt-get install -y ${names.join(' ')}`,
    );
  }
  if (missing().length > 0) fail(`still missing: ${missing().join(', ')}`);
}

function fail(line) {
  say(line);
  process.exitCode = 1;
}
