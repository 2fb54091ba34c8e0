import { randomUUID } from 'node:crypto';

import { CommandRunner, type EventStore, openEventStore } from '@tempore/event-store';

import { eventStoreUrl, freshNamespace } from '../../../test/stores';
import { close, jar, meta, put } from '../../event-store/test/jar';
import { ActLog } from './act-log';

let store: EventStore;
let reads: string[];
let runner: CommandRunner;
let log: ActLog;

beforeEach(() => {
  store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
  reads = [];
  runner = new CommandRunner({
    ...store,
    append: (...to) => store.append(...to),
    load: (stream, from) => {
      reads.push(stream);
      return store.load(stream, from);
    },
  });
  log = new ActLog(runner);
});
afterEach(() => store.close());

const others = () => new CommandRunner(store);
const run = (command: Parameters<typeof put> | 'close') =>
  log.run(jar, '1', command === 'close' ? close : put(...command), meta(randomUUID()), {});
const marbles = async () => (await log.read(jar, '1')).state.marbles;

describe('the log as one act goes through it', () => {
  it('given what was read, then it is not read again, also by many at once', async () => {
    expect(await Promise.all([marbles(), marbles()])).toEqual([0, 0]);
    await others().run(jar, '1', put(3), meta(), {});

    expect(await marbles()).toBe(0);
    expect(reads).toEqual(['jar-1']);
  });

  it('given what its own command was answered, then it goes on from that', async () => {
    await run([2]);
    await others().run(jar, '1', put(3), meta(), {});
    await run([4]);

    expect(await marbles()).toBe(9);
    expect(reads).toEqual(['jar-1']);
  });

  it('given others have gone on, when it asks anew, then it knows', async () => {
    await marbles();
    await others().run(jar, '1', put(3), meta(), {});

    expect((await log.readAnew(jar, '1')).state.marbles).toBe(3);
    expect(await marbles()).toBe(3);
  });

  it('given a command that was refused, then its stream is read again', async () => {
    await marbles();
    const other = others();
    await other.run(jar, '1', put(3), meta(), {});
    await other.run(jar, '1', close, meta(), {});

    await expect(run([1])).rejects.toThrow('closed');
    expect(await log.read(jar, '1')).toMatchObject({ state: { marbles: 3, closed: true } });
  });

  it('given a reading that failed, then it is tried again', async () => {
    const failing = new ActLog({
      run: runner.run.bind(runner),
      read: jest.fn(runner.read.bind(runner)).mockRejectedValueOnce(new Error('away')),
    } as unknown as CommandRunner);

    await expect(failing.read(jar, '1')).rejects.toThrow('away');
    expect(await failing.read(jar, '1')).toMatchObject({ revision: 'none' });
  });
});
