import { Refusal } from '@tempore/kernel';
import fc from 'fast-check';

import { CAPACITY, close, jar, type JarCommand, meta, put, reopen, runOn, watched } from '../test/jar';
import { testStores } from '../test/kit';
import { CommandRunner, type EventStore } from '.';

const open = testStores();

/** A request that may be sent several times, to either process, under the same command id. */
interface Request {
  readonly name: string;
  readonly command: JarCommand;
}

const requests: readonly Request[] = [
  ...[10, 20, 30, 40, 50].map((count) => ({ name: `put ${count}`, command: put(count) })),
  { name: 'put two', command: put(15, 25) },
  { name: 'close', command: close },
  { name: 'reopen', command: reopen },
];

const sending = fc.record({ request: fc.constantFrom(...requests), process: fc.nat({ max: 1 }) });

/** Lets the scheduler decide which of all waiting calls the store is asked next. */
const interleaved = (store: EventStore, scheduler: fc.Scheduler): EventStore =>
  watched(store, {
    load: (...load) => scheduler.schedule(Promise.resolve(), 'load').then(() => store.load(...load)),
    append: (...append) => scheduler.schedule(Promise.resolve(), 'append').then(() => store.append(...append)),
  });

const replay = (commands: readonly JarCommand[]) =>
  commands.reduce((state, command) => {
    const context = { now: meta().now, actor: 'somebody' };
    const recorded = { id: '', actor: '', occurredAt: meta().now, recordedAt: meta().now };
    return jar.decide(command, state, context).reduce((folded, event) => jar.evolve(folded, event, recorded), state);
  }, jar.initialState);

describe('commands over two processes', () => {
  it('given any interleaving, then it equals some serial order, and each command takes effect at most once', async () => {
    const store = open();
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(sending, { minLength: 2, maxLength: 10 }), fc.scheduler(), async (sent, scheduler) => {
        const id = `${round++}`;
        const processes = [0, 1].map(() => runOn(new CommandRunner(interleaved(store, scheduler)), id));
        const outcomes = await scheduler.waitFor(
          Promise.all(
            sent.map(async ({ request: { name, command }, process }) => {
              const run = processes[process];
              if (!run) throw new Error('no such process');
              return run(command, meta(name)).then(
                ({ events }) => ({ name, command, done: events.length > 0, refused: undefined }),
                (error: unknown) => {
                  if (!(error instanceof Refusal)) throw error;
                  return { name, command, done: false, refused: error.code };
                },
              );
            }),
          ),
        );

        const { events } = await store.load(`jar-${id}`);
        const ids = events.map(({ metadata }) => (metadata as { commandId: string }).commandId);
        const order = ids.filter((commandId, index) => ids.indexOf(commandId) === index);
        const carriedOut = order.map((commandId) => requests.find(({ name }) => meta(name).commandId === commandId));

        // The commands in the order of the log, decided one after the other, give exactly the log.
        const serial = carriedOut.map((request) => request?.command).filter((command) => command !== undefined);
        const state = replay(serial);
        expect(events.map(({ type, data }) => ({ type, data }))).toEqual(
          serial.flatMap((command, index) => {
            const before = replay(serial.slice(0, index));
            return jar
              .decide(command, before, { now: meta().now, actor: '' })
              .map(({ type, data }) => ({ type, data }));
          }),
        );
        expect(state.marbles).toBeLessThanOrEqual(CAPACITY);
        // Who was told that it was done finds it in the log; what is in the log was told to somebody.
        const done = new Set(outcomes.flatMap((outcome) => (outcome.done ? [outcome.name] : [])));
        expect(new Set(carriedOut.map((request) => request?.name))).toEqual(done);
        // What was refused for good would be refused still: marbles never leave the jar.
        for (const { name, command, refused } of outcomes)
          if (refused === 'JAR_FULL' && !done.has(name) && command.type === 'Put')
            expect(command.data.counts.reduce((sum, count) => sum + count, state.marbles)).toBeGreaterThan(CAPACITY);
      }),
      { numRuns: 60 },
    );
  });
});
