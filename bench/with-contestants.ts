import type { Contestant } from './contestant.js';
import { availableSensors, openOurs } from './ours.js';
import type { PageServer } from './page.js';
import { openPeer } from './peers/open-peer.js';
import type { Recorder } from './recorder.js';

/** Opens every wanted side on the page, each in a browser of its own, and closes them however `use` ends. */
export async function withContestants(
  recorder: Recorder,
  { server, wanted }: Readonly<{ server: PageServer; wanted: (side: string) => boolean }>,
  use: (contestants: readonly Contestant[]) => Promise<void>,
): Promise<void> {
  const url = server.url('rows');
  const open = [
    ...availableSensors().map((name) => ({ name, open: () => openOurs(name, url) })),
    ...recorder.options.peers.map((name) => ({ name, open: () => openPeer(name, url) })),
  ].filter(({ name }) => wanted(name));
  if (open.length === 0) return;
  recorder.progress('opening browsers');
  const opened = await Promise.allSettled(open.map((side) => side.open()));
  const contestants = opened.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  try {
    const failed = opened.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await use(contestants);
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.close()));
  }
}
