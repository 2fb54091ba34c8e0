import {
  freshNamespace,
  type OwnNode,
  type Relay,
  startOwnNode,
  startRelay,
  type Told,
  until,
} from '../../../../test/stores';
import { newEvent, numbered, numberOf, testStores } from '../../test/kit';
import { type EventStore, StoreUnavailable } from '..';

const open = testStores();
let node: OwnNode;
let relay: Relay;
let namespace: string;
/** Sees what really stands in the log. */
let witness: EventStore;

beforeAll(async () => {
  node = await startOwnNode({ sync: false });
  relay = await startRelay(node);
});
afterAll(async () => {
  relay.close();
  await node.remove();
});
beforeEach(() => {
  namespace = freshNamespace();
  witness = open({ url: node.url, namespace });
  relay.decide = () => ({ reachesStore: true, told: 'answer' });
});

const openBehindRelay = (): EventStore => open({ url: relay.url, namespace, patience: { tryMs: 400, totalMs: 4_000 } });

const UNKNOWN: readonly Told[] = [
  'nothing',
  'time-out',
  'cancelled',
  'unavailable',
  'deadline exceeded',
  'internal error',
  'not leader',
];
const OUTCOMES = [
  ...UNKNOWN.flatMap((told) => [
    { told, reachesStore: true, place: 'after the store did it' },
    { told, reachesStore: false, place: 'before it reached the store' },
  ]),
  { told: 'answer without place', reachesStore: true, place: 'after the store did it' },
] as const;

describe('an append whose outcome is unknown', () => {
  it.each(OUTCOMES)('given it is told $told $place, then it takes effect once and is answered', async (fate) => {
    const store = openBehindRelay();
    await store.append('box-1', 'none', numbered(2));
    let tries = 0;
    relay.decide = () => (tries++ === 0 ? fate : { reachesStore: true, told: 'answer' });

    const answer = await store.append('box-1', 1n, numbered(3, 2));

    const { events, revision } = await witness.load('box-1');
    expect(events.map(numberOf)).toEqual([0, 1, 2, 3, 4]);
    expect(answer).toEqual({ revision, position: events.at(-1)?.position });
    expect((await store.append('box-2', 'none', [newEvent()])).revision).toBe(0n);
  });

  it.each(OUTCOMES.filter(({ told }) => told !== 'not leader'))(
    'given it is told $told $place for as long as it is tried, then it is given up, and the same again settles it',
    async (fate) => {
      const store = open({ url: relay.url, namespace, patience: { tryMs: 100, totalMs: 300 } });
      relay.decide = () => fate;
      const events = numbered(2);
      const begun = performance.now();

      await expect(store.append('box-1', 'none', events)).rejects.toThrow(StoreUnavailable);

      expect(performance.now() - begun).toBeLessThan(5_000);
      expect((await witness.load('box-1')).events).toHaveLength(fate.reachesStore ? 2 : 0);
      relay.decide = () => ({ reachesStore: true, told: 'answer' });
      expect((await store.append('box-1', 'none', events)).revision).toBe(1n);
      expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1]);
    },
  );

  it('given others append before it is tried again, then it still is answered as the repeat that it is', async () => {
    const store = openBehindRelay();
    const events = numbered(2);
    let tries = 0;
    relay.decide = () => ({ reachesStore: true, told: tries++ === 0 ? 'nothing' : 'answer' });

    const append = store.append('box-1', 'none', events);
    await until('it stands in the log', async () => (await witness.load('box-1')).events.length === 2);
    await witness.append('box-1', 1n, numbered(3, 2));

    expect((await append).revision).toBe(1n);
    expect((await witness.load('box-1')).events.map(numberOf)).toEqual([0, 1, 2, 3, 4]);
  });

  it('given others were first while it did not reach the store, then it is a conflict', async () => {
    const store = openBehindRelay();
    let tries = 0;
    relay.decide = () =>
      tries++ === 0 ? { reachesStore: false, told: 'nothing' } : { reachesStore: true, told: 'answer' };

    const append = store.append('box-1', 'none', numbered(2));
    const refused = expect(append).rejects.toMatchObject({ name: 'RevisionConflict', actual: 0n });
    await until('it was sent', () => tries === 1);
    await witness.append('box-1', 'none', [newEvent()]);

    await refused;
  });

  it('given every fourth append meets another misfortune, when many are under way, then each takes effect once', async () => {
    const store = open({ url: relay.url, namespace, patience: { tryMs: 400, totalMs: 20_000 } });
    let arrivals = 0;
    relay.decide = () => {
      const misfortune = OUTCOMES[(arrivals / 4) % OUTCOMES.length];
      return arrivals++ < 200 && misfortune ? misfortune : { reachesStore: true, told: 'answer' };
    };
    const streams = Array.from({ length: 100 }, (_, n) => `box-${n}`);

    await Promise.all(
      streams.map(async (stream) => {
        await store.append(stream, 'none', numbered(2));
        await store.append(stream, 1n, numbered(2, 2));
      }),
    );

    for (const stream of streams) expect((await witness.load(stream)).events.map(numberOf)).toEqual([0, 1, 2, 3]);
  });
});

describe('traps of the client', () => {
  it('trap: an append has no timer: given the store never answers, then the append is given up after its time', async () => {
    const store = open({ url: relay.url, namespace, patience: { tryMs: 100, totalMs: 300 } });
    relay.decide = () => ({ reachesStore: false, told: 'nothing' });
    await expect(store.append('box-1', 'none', [newEvent()])).rejects.toThrow(StoreUnavailable);
  });

  it('trap: one hung append hangs later ones: given one is never answered, then those behind it are', async () => {
    const store = openBehindRelay();
    let hung = 0;
    relay.decide = () =>
      hung++ === 0 ? { reachesStore: false, told: 'nothing' } : { reachesStore: true, told: 'answer' };
    const answers = await Promise.all(numbered(50).map((event, n) => store.append(`box-${n}`, 'none', [event])));
    expect(answers).toHaveLength(50);
  });

  it('trap: an answer for nobody throws in a listener: given answers come twice, then all goes on', async () => {
    const store = openBehindRelay();
    relay.decide = () => ({ reachesStore: true, told: 'answer twice' });
    for (let n = 0; n < 20; n++) expect((await store.append(`box-${n}`, 'none', [newEvent()])).revision).toBe(0n);
    await Promise.all(numbered(100).map((event, n) => store.append(`lid-${n}`, 'none', [event])));
    expect((await witness.load('lid-99')).revision).toBe(0n);
  });

  it('trap: one table of waiting appends for the process: given one store is lost, then another does not notice', async () => {
    const [lost, other] = [
      open({ url: relay.url, namespace, patience: { totalMs: 500 } }),
      open({ url: node.url, namespace }),
    ];
    relay.decide = () => ({ reachesStore: false, told: 'unavailable' });
    const losing = Promise.allSettled(numbered(50).map((event, n) => lost.append(`lost-${n}`, 'none', [event])));
    const tries = relay.arrived();
    const others = numbered(200).map((event, n) => other.append(`box-${n}`, 'none', [event]));
    expect(await Promise.all(others)).toHaveLength(200);
    expect((await losing).every(({ status }) => status === 'rejected')).toBe(true);
    expect(relay.arrived()).toBeGreaterThan(tries);
  });

  it('trap: a connection that was lost is not followed to the leader: given another node leads, then it is asked', async () => {
    const store = openBehindRelay();
    relay.decide = () => ({ reachesStore: false, told: 'not leader' });
    const before = relay.arrived();
    await store.append('box-1', 'none', [newEvent()]);
    await store.append('box-1', 0n, [newEvent()]);
    expect(relay.arrived() - before).toBe(1);
    expect((await witness.load('box-1')).revision).toBe(1n);
  });
});
