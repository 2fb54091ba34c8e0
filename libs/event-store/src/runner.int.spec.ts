import {
  formatPosition,
  type Instant,
  type Refusal,
  type StoredEvent,
  toInstant,
  UndecodableEvent,
} from '@tempore/kernel';

import { freshNamespace } from '../../../test/stores';
import { CAPACITY, close, jar, type JarEvent, meta, NOON, put, reopen, runOn, watched } from '../test/jar';
import { newEvent, testStores } from '../test/kit';
import { CommandRunner, type EventStore, type Outcome, RevisionConflict, StoreUnavailable } from '.';

const open = testStores();
const later = (ms: number): Instant => toInstant(new Date(Date.parse(NOON) + ms));

const refusal = (code: string, kind: Refusal['kind'] = 'conflict') =>
  expect.objectContaining({ name: 'Refusal', code, kind }) as unknown;

/** What is kept of one, a little more than counted. */
const ABOUT_AN_EVENT = 530;

const marblesIn = (events: readonly Pick<StoredEvent, 'data'>[]): number[] =>
  events.map(({ data }) => (data as { count: number }).count);

/** Two runners as two processes have them: nothing shared but the log. */
const twoProcesses = (): [CommandRunner, CommandRunner, EventStore] => {
  const namespace = freshNamespace();
  return [new CommandRunner(open({ namespace })), new CommandRunner(open({ namespace })), open({ namespace })];
};

describe('a command', () => {
  it('given a stream, then it is decided on its state, and its events are appended behind', async () => {
    const store = open();
    const run = runOn(new CommandRunner(store));
    await run(put(3));

    const outcome = await run(put(4, 5), meta('second', { now: later(1_000), policyVersion: 7, causationId: 'cause' }));

    const { events } = await store.load('jar-1');
    expect(marblesIn(events)).toEqual([3, 4, 5]);
    expect(outcome).toMatchObject({ stream: 'jar-1', revision: 2n, position: events[2]?.position, repeated: false });
    expect(outcome.events.map(({ id, revision }) => [id, revision])).toEqual([
      [events[1]?.id, 1n],
      [events[2]?.id, 2n],
    ]);
    const { commandId } = meta('second');
    expect(events[1]?.metadata).toEqual({
      $correlationId: commandId,
      $causationId: 'cause',
      actor: 'somebody',
      commandId,
      requestHash: 'second',
      occurredAt: later(1_000),
      recordedAt: later(1_000),
      policyVersion: 7,
      decider: 'jar@3',
      schemaVersion: 1,
    });
    await expect(run(put(CAPACITY - 11))).rejects.toEqual(refusal('JAR_FULL'));
    await run(put(CAPACITY - 12));
  });

  it('given the outcome already holds, then nothing is appended, and it is told where the stream stands', async () => {
    const store = open();
    const run = runOn(new CommandRunner(store));
    await run(put(1));
    await run(close);
    expect(await run(close)).toMatchObject({ stream: 'jar-1', revision: 1n, events: [], repeated: false });
    expect((await store.load('jar-1')).revision).toBe(1n);
    expect(await runOn(new CommandRunner(store), 'new')(reopen)).toMatchObject({ revision: 'none', events: [] });
  });

  it('given others went on meanwhile, then it is answered with the state that stands, whatever came of it', async () => {
    const [one, other] = twoProcesses();
    await runOn(one)(put(3), meta('sent'));
    const put5 = await runOn(other)(put(5));
    expect(put5.after).toEqual({ state: { marbles: 8, closed: false }, revision: 1n });

    const repeated = await runOn(one)(put(3), meta('sent'));
    expect(repeated).toMatchObject({ revision: 0n, repeated: true, after: put5.after });
    expect((await runOn(one)(reopen)).after).toEqual(put5.after);
  });

  it('given it is refused, then the refusal is passed on, nothing is appended, and later it may be accepted', async () => {
    const store = open();
    const run = runOn(new CommandRunner(store));
    await run(close);
    await expect(run(put(1), meta('again'))).rejects.toEqual(refusal('JAR_CLOSED'));
    expect((await store.load('jar-1')).revision).toBe(0n);
    await run(reopen);
    expect(await run(put(1), meta('again'))).toMatchObject({ revision: 2n, repeated: false });
  });

  it('given the clock was set back, then what is recorded never runs back', async () => {
    const run = runOn(new CommandRunner(open()));
    await run(put(1), meta('one', { now: later(5_000) }));
    const { events } = await run(put(2), meta('two', { now: later(1_000), occurredAt: later(500) }));
    expect(events[0]?.metadata).toMatchObject({ recordedAt: later(5_000), occurredAt: later(500) });
  });

  it('given data that the event does not have, then nothing is appended', async () => {
    const store = open();
    await expect(runOn(new CommandRunner(store))(put(1, 0.5))).rejects.toThrow('int');
    expect((await store.load('jar-1')).revision).toBe('none');
  });

  it('given an event in the stream that nobody can read, then it is not decided past it', async () => {
    const store = open();
    const run = runOn(new CommandRunner(store));
    await run(put(1));
    await store.append('jar-1', 0n, [newEvent({ type: 'jar-broken' })]);
    await expect(run(put(1))).rejects.toThrow(UndecodableEvent);
    await expect(run(put(1))).rejects.toThrow(UndecodableEvent);
  });
});

describe('a command that is sent again', () => {
  const same = ({ events, revision, position }: Outcome<JarEvent>) => ({
    revision,
    position: position && formatPosition(position),
    events: events.map(({ id, data, metadata }) => ({ id, data, metadata })),
  });

  it('given it was carried out, then it answers from its own events, whoever is asked and whenever', async () => {
    const [one, other] = twoProcesses();
    await runOn(one)(put(1));
    const first = await runOn(one)(put(2, 3), meta('sent'));
    await runOn(one)(close);

    for (const runner of [one, other]) {
      const again = await runOn(runner)(put(2, 3), meta('sent', { now: later(60_000) }));
      expect(again.repeated).toBe(true);
      expect(same(again)).toEqual(same(first));
    }
  });

  it('given another request comes under its id, then that is refused, and nothing is appended', async () => {
    const [one, other, store] = twoProcesses();
    await runOn(one)(put(1), meta('sent'));
    for (const runner of [one, other])
      await expect(runOn(runner)(put(2), meta('sent', { requestHash: 'another' }))).rejects.toEqual(
        refusal('IDEMPOTENCY_KEY_REUSED'),
      );
    expect((await store.load('jar-1')).revision).toBe(0n);
  });

  it('given two processes have it at the same instant, then it takes effect once and both are answered the same', async () => {
    for (let round = 0; round < 20; round++) {
      const [one, other, store] = twoProcesses();
      const both = await Promise.all([one, other].map((runner) => runOn(runner)(put(2, 3), meta('sent'))));
      expect(both.map(same)).toEqual([both[0], both[0]].map((outcome) => outcome && same(outcome)));
      expect((await store.load('jar-1')).revision).toBe(1n);
    }
  });

  it('given two processes have different requests under one id at the same instant, then one of them is refused', async () => {
    for (let round = 0; round < 20; round++) {
      const [one, other, store] = twoProcesses();
      const outcomes = await Promise.allSettled([
        runOn(one)(put(2), meta('sent')),
        runOn(other)(put(3), meta('sent', { requestHash: 'another' })),
      ]);
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      expect(refused).toEqual([refusal('IDEMPOTENCY_KEY_REUSED')]);
      expect((await store.load('jar-1')).revision).toBe(0n);
    }
  });

  it('given its outcome was unknown and it had taken effect, then it is answered and takes effect once', async () => {
    const store = open();
    const answerLost = watched(store, {
      append: async (...append) => {
        await store.append(...append);
        throw new StoreUnavailable('the answer was lost');
      },
    });
    await expect(runOn(new CommandRunner(answerLost))(put(1), meta('sent'))).rejects.toThrow(StoreUnavailable);
    const again = await runOn(new CommandRunner(store))(put(1), meta('sent', { now: later(1_000) }));
    expect(again).toMatchObject({ repeated: true, revision: 0n });
    expect((await store.load('jar-1')).revision).toBe(0n);
  });

  it('given its outcome was unknown and it lands only after it was sent again, then it takes effect once', async () => {
    const store = open();
    let land: (() => Promise<unknown>) | undefined;
    let lost = 0;
    const runner = new CommandRunner(
      watched(store, {
        append: (...append) => {
          if (lost++ > 0) return store.append(...append);
          land = () => store.append(...append);
          throw new StoreUnavailable('it is on its way');
        },
      }),
    );
    await expect(runOn(runner)(put(1), meta('sent'))).rejects.toThrow(StoreUnavailable);
    expect(await runOn(runner)(put(1), meta('sent', { now: later(1_000) }))).toMatchObject({ repeated: false });
    await expect(land?.()).rejects.toMatchObject({ name: 'RevisionConflict' });
    expect((await store.load('jar-1')).revision).toBe(0n);
  });

  it('given its outcome was unknown and it lands while it is sent again, then it takes effect once', async () => {
    const store = open();
    let land: (() => Promise<unknown>) | undefined;
    let tries = 0;
    const runner = new CommandRunner(
      watched(store, {
        append: async (...append) => {
          if (tries++ > 0) {
            await land?.();
            land = undefined;
            return store.append(...append);
          }
          land = () => store.append(...append);
          throw new StoreUnavailable('it is on its way');
        },
      }),
    );
    await expect(runOn(runner)(put(1), meta('sent'))).rejects.toThrow(StoreUnavailable);
    expect(await runOn(runner)(put(1), meta('sent', { now: later(1_000) }))).toMatchObject({ repeated: true });
    expect((await store.load('jar-1')).revision).toBe(0n);
  });
});

describe('event ids', () => {
  const idsOf = async (command = put(1, 2), more: Partial<ReturnType<typeof meta>> = {}): Promise<string[]> =>
    (await runOn(new CommandRunner(open()))(command, meta('sent', more))).events.map(({ id }) => id);

  it('given the same command at the same instant, then they are the same in every log', async () => {
    expect(await idsOf()).toEqual(await idsOf());
    expect(new Set(await idsOf()).size).toBe(2);
  });

  it.each([
    ['another instant', put(1, 2), { now: later(1) }],
    ['another decision', put(1, 3), {}],
    ['another request', put(1, 2), { requestHash: 'another' }],
    ['another actor', put(1, 2), { actor: 'another' }],
  ])('given %s, then the second one is another: the store compares ids, not contents', async (_, command, more) => {
    expect((await idsOf(command, more))[1]).not.toBe((await idsOf())[1]);
  });
});

describe('a condition on the revision', () => {
  it('given the stream is there still, then the command is carried out, else it is refused as stale', async () => {
    const run = runOn(new CommandRunner(open()));
    await run(put(1));
    await run(put(1), meta('first', { ifRevision: 0n }));
    await expect(run(put(1), meta('second', { ifRevision: 0n }))).rejects.toEqual(
      refusal('CHANGED_MEANWHILE', 'stale'),
    );
    await expect(run(put(1), meta('third', { ifRevision: 9n }))).rejects.toEqual(refusal('CHANGED_MEANWHILE', 'stale'));
    await expect(runOn(new CommandRunner(open()))(put(1), meta('fourth', { ifRevision: 0n }))).rejects.toEqual(
      refusal('CHANGED_MEANWHILE', 'stale'),
    );
  });

  it('given the command had been carried out, then it answers as a repeat although the stream has moved on', async () => {
    const run = runOn(new CommandRunner(open()));
    await run(put(1));
    await run(put(2), meta('sent', { ifRevision: 0n }));
    await run(put(3));
    expect(await run(put(2), meta('sent', { ifRevision: 0n }))).toMatchObject({ repeated: true, revision: 1n });
  });

  it('given another process moved the stream to that revision, then the command is carried out', async () => {
    const [one, other] = twoProcesses();
    await runOn(one)(put(1));
    await runOn(other)(put(2));
    expect(await runOn(one)(put(3), meta('sent', { ifRevision: 1n }))).toMatchObject({ revision: 2n });
  });
});

describe('what is remembered of a stream', () => {
  it('given a stream was folded, then the next command reads nothing and folds only what it adds', async () => {
    const store = watched(open());
    let folded = 0;
    const counting = { ...jar, evolve: (...step: Parameters<typeof jar.evolve>) => (folded++, jar.evolve(...step)) };
    const first = new CommandRunner(store);
    for (let n = 0; n < CAPACITY; n++) await runOn(first)(put(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    const runner = new CommandRunner(store);
    await runner.run(counting, '1', put(0), meta(), {});
    expect(folded).toBe(1_001);
    const { loads } = store.asked;
    for (let n = 0; n < 10; n++) await runner.run(counting, '1', put(0), meta(), {});
    expect(folded).toBe(1_011);
    expect(store.asked.loads).toBe(loads);
  });

  it('given another process changed it, then nothing is refused, nor found done, for what is past', async () => {
    const [one, other] = twoProcesses();
    await runOn(one)(close);
    await runOn(other)(reopen);
    expect(await runOn(one)(put(1))).toMatchObject({ revision: 2n });
    await runOn(other)(close);
    await runOn(one)(reopen);
    await runOn(other)(close);
    await runOn(one)(reopen);
    expect((await runOn(other)(close)).events).toHaveLength(1);
    expect(await one.read(jar, '1')).toMatchObject({ state: { marbles: 1, closed: true } });
  });

  it('given another process changed it, then nothing is accepted for what is past', async () => {
    const [one, other, store] = twoProcesses();
    await runOn(one)(put(60));
    await runOn(other)(put(40));
    await expect(runOn(one)(put(1))).rejects.toEqual(refusal('JAR_FULL'));
    await runOn(other)(close);
    await expect(runOn(one)(put(0))).rejects.toEqual(refusal('JAR_CLOSED'));
    expect((await store.load('jar-1')).revision).toBe(2n);
  });

  it('given more than may be remembered, then the stream not used for longest is read again, and a longer one leaves room for fewer', async () => {
    const store = watched(open());
    const runner = new CommandRunner(store, { cachedBytes: 3 * ABOUT_AN_EVENT });
    for (const id of ['a', 'b', 'c']) await runOn(runner, id)(put(1));
    const { loads } = store.asked;
    await runOn(runner, 'c')(put(1));
    expect(store.asked.loads).toBe(loads);
    // Two events of c, one of b: a has gone.
    await runner.recall(jar, 'b');
    expect(store.asked.loads).toBe(loads);
    await runner.recall(jar, 'a');
    expect(store.asked.loads).toBe(loads + 1);
  });

  it('given a stream that was begun elsewhere, then a command that would begin it is decided on what is there', async () => {
    const [one, other, store] = twoProcesses();
    await runOn(one)(put(60));
    expect(await runOn(other)(put(40))).toMatchObject({ revision: 1n });
    await expect(runOn(other)(put(1))).rejects.toEqual(refusal('JAR_FULL'));
    expect((await store.load('jar-1')).revision).toBe(1n);
  });

  it('given a decider that takes for impossible what is not so, then it is asked again on what is there', async () => {
    const [one, other] = twoProcesses();
    await runOn(one)(put(1));
    const sure: typeof jar = {
      ...jar,
      decide: (command, state, context) => {
        if (state === jar.initialState) throw new Error('whoever closes a jar has put something in');
        return jar.decide(command, state, context);
      },
    };
    expect(await other.run(sure, '1', close, meta(), {})).toMatchObject({ revision: 1n });
    await expect(other.run(sure, '2', close, meta(), {})).rejects.toThrow('whoever closes a jar');
  });

  it('given what never changes is asked for, then it is read where it is unknown, and recalled from then on', async () => {
    const store = watched(open());
    const runner = new CommandRunner(store);
    expect(await runner.recall(jar, '1')).toEqual(jar.initialState);
    await runOn(new CommandRunner(store))(put(7));
    expect(await runner.recall(jar, '1')).toMatchObject({ marbles: 7 });
    const { loads } = store.asked;
    expect(await runner.recall(jar, '1')).toMatchObject({ marbles: 7 });
    expect(store.asked.loads).toBe(loads);
  });

  it('given two deciders fold the same stream to different things, then each is given its own', async () => {
    const runner = new CommandRunner(open());
    const counting = { ...jar, initialState: 0, evolve: (count: number) => count + 1 };
    await runOn(runner)(put(7, 8));
    expect((await runner.read(counting, '1')).state).toBe(2);
    expect((await runner.read(jar, '1')).state).toEqual({ marbles: 15, closed: false });
    expect(await runOn(runner)(put(1))).toMatchObject({ revision: 2n });
    expect((await runner.read(counting, '1')).state).toBe(3);
  });
});

describe('many readers of one stream', () => {
  it('given a reading that takes its time, when twenty ask meanwhile, then one reading, begun after they asked, answers them all', async () => {
    const store = open();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = watched(store, {
      load: async (...question) => {
        const answer = await store.load(...question);
        await held;
        return answer;
      },
    });
    const runner = new CommandRunner(slow);
    const first = runner.read(jar, '1');
    const behind = Array.from({ length: 20 }, () => runner.read(jar, '1'));
    expect(slow.asked.loads).toBe(1);
    await runOn(new CommandRunner(store))(put(7));
    const asked = runner.read(jar, '1');
    release();
    await first;
    for (const { state, revision } of await Promise.all([...behind, asked]))
      expect([state.marbles, revision]).toEqual([7, 0n]);
    expect(slow.asked.loads).toBe(2);
    await runOn(new CommandRunner(store))(put(1));
    expect(await runner.read(jar, '1')).toMatchObject({ revision: 1n });
  });

  it('given two deciders that wait to read one stream, then each is given its own', async () => {
    const runner = new CommandRunner(open());
    const counting = { ...jar, initialState: 0, evolve: (count: number) => count + 1 };
    await runOn(runner)(put(7, 8));
    const [, count, state] = await Promise.all([
      runner.read(jar, '1'),
      runner.read(counting, '1'),
      runner.read(jar, '1'),
    ]);
    expect([count.state, state.state]).toEqual([2, { marbles: 15, closed: false }]);
  });
});

describe('many commands on one stream', () => {
  it('given 64 at once in one process, then they queue: none conflicts, none is lost, and nothing is read of what is new', async () => {
    const store = watched(open());
    const run = runOn(new CommandRunner(store));
    const outcomes = await Promise.all(Array.from({ length: 64 }, () => run(put(1))));
    expect(outcomes.map(({ revision }) => revision)).toEqual(Array.from({ length: 64 }, (_, n) => BigInt(n)));
    expect(store.asked).toEqual({ loads: 0, appends: 64 });
  });

  it('given two processes with 40 each at once, then all are answered and none is lost', async () => {
    const [one, other, store] = twoProcesses();
    const outcomes = await Promise.all(
      Array.from({ length: 80 }, (_, n) => runOn(n % 2 === 0 ? one : other)(put(1), meta(`put ${n}`))),
    );
    expect(outcomes.every(({ events, repeated }) => events.length === 1 && !repeated)).toBe(true);
    const { events } = await store.load('jar-1');
    expect(new Set(events.map(({ metadata }) => (metadata as { commandId: string }).commandId)).size).toBe(80);
    expect(events).toHaveLength(80);
  });

  it('given somebody else is always first, then it is given up as unavailable after its time, not tried for ever', async () => {
    const store = open();
    const contested = watched(store, {
      append: async (stream, expected, events) => {
        await store.append(stream, expected, [newEvent({ type: 'marbles-put', data: { count: 0 } })]);
        return store.append(stream, expected, events);
      },
    });
    const run = runOn(new CommandRunner(contested, { maxWaitMs: 500 }));
    const begun = performance.now();
    await expect(run(put(1))).rejects.toThrow(StoreUnavailable);
    expect(performance.now() - begun).toBeGreaterThan(500);
    // Each time there was something new to decide on: none of them waited for it.
    expect(contested.asked.appends).toBeGreaterThan(10);
  });

  it('given a conflict with what was lost with its leader, then it is tried again at the same place, and takes effect', async () => {
    const store = open();
    let refused = 0;
    const refusing = watched(store, {
      append: (stream, expected, events) => {
        if (refused++ < 4) throw new RevisionConflict(stream, expected, 0n);
        return store.append(stream, expected, events);
      },
    });
    expect(await runOn(new CommandRunner(refusing))(put(1))).toMatchObject({ revision: 0n, repeated: false });
    expect(refusing.asked.appends).toBe(5);
  });

  it('given the one before is not answered in time, then those behind it are given up too, untried', async () => {
    const store = open();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = watched(store, { append: (...append) => held.then(() => store.append(...append)) });
    const run = runOn(new CommandRunner(slow, { maxWaitMs: 20 }));
    const first = run(put(1));
    const behind = Promise.allSettled([run(put(2)), run(put(3))]);
    setTimeout(release, 100);
    await first;
    for (const outcome of await behind) expect(outcome).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    expect(slow.asked.appends).toBe(1);
    expect(await run(put(4))).toMatchObject({ revision: 1n });
  });
});
