import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { type FrameClock, startFrameClock } from '../../../src/cdp/frame-clock.js';
import { type Command, type FakeWire, fakeWire, pageScript } from './fake-wire.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error as { code: string }).code,
  );

/** A page whose frames the test finishes itself. */
async function setUp(): Promise<{
  wire: FakeWire;
  connection: CdpConnection;
  clock: FrameClock;
  begun: () => Command[];
  finish: (hasDamage?: boolean, screenshotData?: Buffer) => Promise<void>;
}> {
  const wire: FakeWire = fakeWire((command) =>
    command.method === 'HeadlessExperimental.beginFrame' ? undefined : pageScript(() => wire)(command),
  );
  const connection = new CdpConnection(wire);
  const session = await connection.attach('T1');
  const begun = (): Command[] =>
    wire.sent.filter(({ method }) => method === 'HeadlessExperimental.beginFrame');
  return {
    wire,
    connection,
    clock: startFrameClock(session),
    begun,
    finish: async (hasDamage = false, screenshotData) => {
      wire.deliver({ id: begun().at(-1)!.id, result: { hasDamage, screenshotData } });
      await settle();
    },
  };
}

test('idle, it begins 60 frames a second and never a second one before the first is finished', async () => {
  const { connection, begun, finish } = await setUp();
  await vi.advanceTimersByTimeAsync(15);
  expect(begun()).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(begun()).toHaveLength(1);
  await finish();
  await vi.advanceTimersByTimeAsync(17);
  expect(begun()).toHaveLength(2);
  await connection.close();
});

test('damage is counted, whoever asked for the frame', async () => {
  const { connection, clock, finish } = await setUp();
  await vi.advanceTimersByTimeAsync(17);
  await finish(true);
  const asked = clock.frame();
  await finish(true);
  expect(await asked).toBe(true);
  await vi.advanceTimersByTimeAsync(17);
  await finish(false);
  expect(clock.damage).toBe(2);
  await connection.close();
});

test('a frame asked for begins after the call; all who ask meanwhile share the next one', async () => {
  const { connection, clock, begun, finish } = await setUp();
  const first = clock.frame();
  const answers: boolean[] = [];
  const later = [clock.frame(), clock.frame()].map((frame) =>
    frame.then((hasDamage) => answers.push(hasDamage)),
  );
  expect(begun()).toHaveLength(1);
  await finish(false);
  expect(await first).toBe(false);
  expect(answers).toEqual([]);
  expect(begun()).toHaveLength(2);
  await finish(true);
  await Promise.all(later);
  expect(answers).toEqual([true, true]);
  expect(begun()).toHaveLength(2);
  await connection.close();
});

test('a picture has a frame of its own, in a short interval, and counts as damage', async () => {
  const { connection, clock, begun, finish } = await setUp();
  const settings = { format: 'jpeg', quality: 80 } as const;
  const pictures = [clock.picture(settings), clock.picture({ format: 'png' })];
  const plain = clock.frame();
  expect(begun()[0].params).toEqual({ interval: 1, screenshot: settings });
  await finish(true, Buffer.from([1, 2]));
  expect(await pictures[0]).toEqual(Buffer.from([1, 2]));
  expect(begun()[1].params).toMatchObject({ screenshot: { format: 'png' } });
  await finish(true);
  expect(await pictures[1]).toBeUndefined();
  expect(begun()[2].params).not.toHaveProperty('screenshot');
  await finish(false);
  expect(await plain).toBe(false);
  expect(clock.damage).toBe(2);
  await connection.close();
});

test('the frame after a picture is begun at once, and its damage is the picture’s own', async () => {
  const { connection, clock, begun, finish } = await setUp();
  const picture = clock.picture({ format: 'png' });
  await finish(true, Buffer.from([1]));
  await picture;
  expect(begun()[1].params).toEqual({ interval: 1 });
  const shared = clock.frame();
  await finish(true);
  expect([clock.damage, clock.draws, clock.doubts]).toEqual([1, 2, 0]);
  await finish(true);
  expect(await shared).toBe(true);
  expect(clock.damage).toBe(2);
  await connection.close();
});

test('a copy that is undone late leaves a doubt: the page had the time to draw in the same frame', async () => {
  const { connection, clock, finish } = await setUp();
  const picture = clock.picture({ format: 'png' });
  await finish(true, Buffer.from([1]));
  await picture;
  await vi.advanceTimersByTimeAsync(20);
  await finish(true);
  expect([clock.damage, clock.draws, clock.doubts]).toEqual([1, 2, 1]);
  await connection.close();
});

test('while somebody waits frames follow each other, in short intervals and with growing pauses when nothing moves', async () => {
  const { connection, clock, begun, finish } = await setUp();
  let end!: (value: string) => void;
  const work = clock.during(new Promise<string>((resolve) => (end = resolve)));
  expect(begun()).toHaveLength(1);
  expect(begun()[0].params).toEqual({ interval: 1 });
  await finish(true);
  expect(begun()).toHaveLength(2);
  await finish(false);
  await finish(false);
  expect(begun()).toHaveLength(4);
  for (const pauseMs of [1, 2, 3, 4, 4]) {
    const count = begun().length;
    await finish(false);
    await vi.advanceTimersByTimeAsync(pauseMs - 1);
    expect(begun()).toHaveLength(count);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun()).toHaveLength(count + 1);
  }
  end('done');
  expect(await work).toBe('done');
  await finish(true);
  expect(begun()).toHaveLength(9);
  await connection.close();
});

test('paused it begins only what is asked for, until every pause has ended', async () => {
  const { connection, clock, begun, finish } = await setUp();
  const [resume, resumeToo] = [clock.pause(), clock.pause()];
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun()).toHaveLength(0);
  const asked = clock.frame();
  await finish();
  await asked;
  resume();
  resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun()).toHaveLength(1);
  resumeToo();
  await vi.advanceTimersByTimeAsync(17);
  expect(begun()).toHaveLength(2);
  await connection.close();
});

describe('a frame that is not finished', () => {
  test('in 5 s is told to all who wait, and refuses later ones until it is', async () => {
    const { connection, clock, begun, finish } = await setUp();
    const codes = [clock.frame(), clock.frame(), clock.picture({ format: 'png' })].map(codeOf);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await Promise.all(codes)).toEqual(['PXP_CDP_TIMEOUT', 'PXP_CDP_TIMEOUT', 'PXP_CDP_TIMEOUT']);
    expect(await codeOf(clock.frame())).toBe('PXP_CAPTURE');
    await vi.advanceTimersByTimeAsync(5000);
    expect(begun()).toHaveLength(1);
    await finish(true);
    const next = clock.frame();
    expect(begun()).toHaveLength(2);
    await finish(false);
    expect(await next).toBe(false);
    await connection.close();
  });

  test('because the page is gone leaves nothing behind', async () => {
    const { wire, clock, begun } = await setUp();
    // The second waits for the next frame, which nobody can begin any more.
    const codes = [clock.frame(), clock.frame()].map(codeOf);
    wire.deliver({ method: 'Inspector.targetCrashed', params: {}, sessionId: 'S1' });
    expect(await Promise.all(codes)).toEqual(['PXP_CDP_CRASHED', 'PXP_CDP_CRASHED']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(begun()).toHaveLength(1);
    expect(await codeOf(clock.frame())).toBe('PXP_CDP_CRASHED');
  });
});
