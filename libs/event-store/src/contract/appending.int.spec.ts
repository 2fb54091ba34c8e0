import { randomUUID } from 'node:crypto';

import { freshNamespace } from '../../../../test/stores';
import { newEvent, numbered, numberOf, testStores } from '../../test/kit';
import { AppendRefused, RevisionConflict } from '..';

const open = testStores();

describe('append', () => {
  it('given a new stream, when events are appended, then they stand there in order under their ids', async () => {
    const store = open();
    const events = numbered(3);

    const { revision, position } = await store.append('box-1', 'none', events);

    const { events: stored, revision: loaded } = await store.load('box-1');
    expect(revision).toBe(2n);
    expect(loaded).toBe(2n);
    expect(stored.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(stored.map((event) => event.revision)).toEqual([0n, 1n, 2n]);
    expect(stored.at(-1)?.position).toEqual(position);
  });

  it('given an event of every sort of JSON, when it is loaded, then it is what was appended', async () => {
    const store = open();
    const data = { text: 'ä €  \u0000 "\\ 𝄞', none: null, list: [1, -2.5, 1e300, true], deep: { '': {} } };
    const event = newEvent({ type: 'odd-thing', data });

    await store.append('box-1', 'none', [event]);

    const { events } = await store.load('box-1');
    expect(events).toEqual([{ ...event, stream: 'box-1', revision: 0n, position: expect.anything() as unknown }]);
  });

  it('given appends to one stream, then their positions rise, also across streams', async () => {
    const store = open();
    const commits: bigint[] = [];
    for (let n = 0; n < 5; n++) {
      commits.push((await store.append('box-1', n === 0 ? 'none' : BigInt(n - 1), [newEvent()])).position.commit);
      commits.push((await store.append(`box-other${n}`, 'none', [newEvent()])).position.commit);
    }
    expect(commits).toEqual([...commits].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(commits).size).toBe(10);
  });

  it.each([
    ['none, where there is one', 'none', 1n],
    ['an older revision', 0n, 1n],
    ['a later revision', 7n, 1n],
  ] as const)(
    'trap: a wrongly named option means any revision: given %s is expected, then the append is refused',
    async (_, expected, actual) => {
      const store = open();
      await store.append('box-1', 'none', numbered(2));

      const append = store.append('box-1', expected, [newEvent()]);

      await expect(append).rejects.toThrow(RevisionConflict);
      await expect(append).rejects.toMatchObject({ stream: 'box-1', expected, actual });
      expect((await store.load('box-1')).revision).toBe(1n);
    },
  );

  it('given a revision is expected of a stream that does not exist, then the append is refused', async () => {
    const store = open();
    await expect(store.append('box-1', 4n, [newEvent()])).rejects.toMatchObject({ expected: 4n, actual: 'none' });
    expect(await store.load('box-1')).toEqual({ events: [], revision: 'none' });
  });

  it('given one of several events is refused, then none of them is there', async () => {
    const store = open();
    const tooLarge = newEvent({ data: 'x'.repeat(300 * 1024) });
    await expect(store.append('box-1', 'none', [newEvent(), tooLarge])).rejects.toThrow(AppendRefused);
    await expect(store.append('box-1', 3n, numbered(3))).rejects.toThrow(RevisionConflict);
    expect(await store.load('box-1')).toEqual({ events: [], revision: 'none' });
  });

  it('given twenty first appends to one stream at once, then one is accepted and the others are told so', async () => {
    const store = open();
    const outcomes = await Promise.allSettled(numbered(20).map((event) => store.append('box-1', 'none', [event])));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(19);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(RevisionConflict);
    expect((await store.load('box-1')).revision).toBe(0n);
  });
});

describe('an append that is repeated', () => {
  it('given the same ids at the same revision, then the answer is the first one and nothing is added', async () => {
    const store = open();
    await store.append('box-1', 'none', numbered(2));
    const events = numbered(3, 2);
    const first = await store.append('box-1', 1n, events);

    expect(await store.append('box-1', 1n, events)).toEqual(first);
    expect((await store.load('box-1')).revision).toBe(4n);
  });

  it('given others appended in between, then the answer still is the first one', async () => {
    const store = open();
    const founding = numbered(2);
    const first = await store.append('box-1', 'none', founding);
    const second = numbered(2, 2);
    const answer = await store.append('box-1', 1n, second);
    await store.append('box-1', 3n, numbered(5, 4));

    expect(await store.append('box-1', 'none', founding)).toEqual(first);
    expect(await store.append('box-1', 1n, second)).toEqual(answer);
    expect((await store.load('box-1')).events.map(numberOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('given other ids at that revision, then it is a conflict, not a repeat', async () => {
    const store = open();
    const [first, second] = [newEvent(), newEvent()];
    await store.append('box-1', 'none', [first, second]);
    await expect(store.append('box-1', 'none', [first, newEvent()])).rejects.toThrow(RevisionConflict);
    await expect(store.append('box-1', 'none', [newEvent()])).rejects.toThrow(RevisionConflict);
  });

  it('given the same append by another process, then it is answered the same', async () => {
    const namespace = freshNamespace();
    const [one, other] = [open({ namespace }), open({ namespace })];
    const events = numbered(2);
    expect(await other.append('box-1', 'none', events)).toEqual(await one.append('box-1', 'none', events));
  });
});

describe('what is refused before it is sent', () => {
  const long = 'x'.repeat(1025);
  it.each([
    ['an empty type', 'box-1', newEvent({ type: '' }), 'event type'],
    ['a type that is too long', 'box-1', newEvent({ type: long }), 'event type'],
    ['a type of the store itself', 'box-1', newEvent({ type: '$metadata' }), 'event type'],
    ['a stream name that is too long', `box-${long}`, newEvent(), 'stream name'],
    ['a stream without a category', 'box', newEvent(), 'category'],
    ['a category with a sign in it', 'box.lid-1', newEvent(), 'category'],
    ['a category with a capital letter', 'Box-1', newEvent(), 'category'],
    ['an event of more than 256 KiB', 'box-1', newEvent({ data: 'x'.repeat(256 * 1024) }), '262144'],
  ])('given %s, then the append is refused, and says why', async (_, stream, event, reason) => {
    const store = open();
    const append = store.append(stream, 'none', [event]);
    await expect(append).rejects.toThrow(AppendRefused);
    await expect(append).rejects.toThrow(reason);
    expect(await store.load('box-1')).toEqual({ events: [], revision: 'none' });
  });

  it.each([
    ['an empty stream name', ''],
    ['a stream of the store itself', '$settings'],
  ])('given the namespace is empty and %s, then the append is refused', async (_, stream) => {
    await expect(open({ namespace: '' }).append(stream, 'none', [newEvent()])).rejects.toThrow(AppendRefused);
  });

  it('given an append of more than 768 KiB, then it is refused, and just below it is kept', async () => {
    const store = open();
    const quarter = (bytes: number) => newEvent({ data: 'x'.repeat(bytes) });
    const most = Array.from({ length: 3 }, () => quarter(255 * 1024));
    await expect(store.append('box-1', 'none', [quarter(4 * 1024), ...most])).rejects.toThrow('786432');
    await store.append('box-1', 'none', [newEvent(), ...most]);
    expect((await store.load('box-1')).revision).toBe(3n);
  });

  it('trap: one bad append hangs every later one: given bad ones, then the next good one is answered', async () => {
    const store = open();
    await expect(store.append('box-1', 'none', [newEvent({ type: '' })])).rejects.toThrow(AppendRefused);
    await expect(store.append('box-1', 'none', [newEvent({ id: 'no uuid' })])).rejects.toThrow();
    expect((await store.append('box-1', 'none', [newEvent()])).revision).toBe(0n);
  });
});

describe('many appends at once', () => {
  it('trap: a flood of first appends hangs: given 5,000 at once, then all are answered', async () => {
    const store = open();
    const answers = await Promise.all(
      numbered(5_000).map((event) => store.append(`box-${randomUUID()}`, 'none', [event])),
    );
    expect(answers.every(({ revision }) => revision === 0n)).toBe(true);
    expect(new Set(answers.map(({ position }) => position.commit)).size).toBe(5_000);
  });

  it('given few may be under way, then the others wait and are answered too', async () => {
    const store = open({ maxInFlight: 2 });
    const answers = await Promise.all(numbered(50).map((event, n) => store.append(`box-${n}`, 'none', [event])));
    expect(answers).toHaveLength(50);
  });
});
