/** A soak of what a process keeps in memory while it carries out commands for hours: as much as it may, and no more. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { type Appended, CommandRunner, type EventStore, type NewEvent, type Revision } from '@tempore/event-store';
import { deriveId, type StoredEvent } from '@tempore/kernel';
import { NOW } from '@tempore/testing';

import { jar, reopen } from '../../libs/event-store/test/jar';

const position = { commit: 0n, prepare: 0n };

/** Keeps how long each stream is, and makes up what stands in it: what is kept here would else be what is measured. */
class ForgetfulStore implements Pick<EventStore, 'append' | 'load'> {
  private readonly lengths = new Map<string, bigint>();

  append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    const length = expected === 'none' ? 0n : expected + 1n;
    this.lengths.set(stream, length + BigInt(events.length));
    return Promise.resolve({ revision: length + BigInt(events.length) - 1n, position });
  }

  load(stream: string, from = 0n): ReturnType<EventStore['load']> {
    const length = this.lengths.get(stream) ?? 0n;
    const events: StoredEvent[] = [];
    for (let revision = from; revision < length; revision++) events.push(eventOf(stream, revision));
    return Promise.resolve({ events, revision: length === 0n ? 'none' : length - 1n });
  }
}

const eventOf = (stream: string, revision: bigint): StoredEvent => {
  const commandId = deriveId(stream, revision.toString());
  const metadata = {
    $correlationId: commandId,
    $causationId: commandId,
    actor: commandId,
    commandId,
    requestHash: commandId.repeat(2),
    occurredAt: NOW,
    recordedAt: NOW,
    decider: 'jar@3',
    schemaVersion: 1,
  };
  const type = revision % 2n === 0n ? 'jar-closed' : 'jar-opened';
  return { stream, revision, id: commandId, type, data: {}, metadata, position };
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const MIB = 1024 * 1024;
const STREAMS = 1_000;
const COMMANDS = 90_000;

it('given commands on ever longer streams, then what is kept of them stays within its bound', async () => {
  const runner = new CommandRunner(new ForgetfulStore() as unknown as EventStore, { cachedBytes: 2 * MIB });
  const carryOut = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number++) {
      const commandId = deriveId('command', number.toString());
      const meta = {
        commandId,
        requestHash: commandId.repeat(2),
        actor: commandId,
        now: NOW,
        correlationId: commandId,
      };
      await runner.run(
        jar,
        (number % STREAMS).toString(),
        Math.floor(number / STREAMS) % 2 === 0 ? CLOSE : reopen,
        meta,
        {},
      );
    }
  };
  await carryOut(0, COMMANDS / 3);
  const early = heap();
  await carryOut(COMMANDS / 3, COMMANDS);
  expect((heap() - early) / MIB).toBeLessThan(3);
});

const CLOSE = { type: 'Close', data: null } as const;
