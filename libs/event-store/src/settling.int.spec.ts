import { randomUUID } from 'node:crypto';

import {
  type Command,
  type Decider,
  defineEvent,
  deriveId,
  type EventOf,
  type Instant,
  Refusal,
  toInstant,
} from '@tempore/kernel';
import { z } from 'zod';

import { eventStoreUrl, freshNamespace } from '../../../test/stores';
import { type CommandMeta, CommandRunner, type EventStore, NOBODY, openEventStore } from '.';

/** A reservation that lapses by itself, one minute after it was made. */
const made = defineEvent('reservation-made', 'somebody holds it', z.object({ until: z.string() }));
const lapsed = defineEvent('reservation-lapsed', 'nobody came', z.object({}));
const events = [made, lapsed] as const;
type ReservationEvent = EventOf<typeof events>;
type Reserve = Command<'Reserve', { readonly until: string }>;

const reservation: Decider<{ until: string | null }, Reserve, ReservationEvent> = {
  category: 'reservation',
  version: 1,
  events,
  initialState: { until: null },
  evolve: (_, event) => ({ until: event.type === 'reservation-made' ? event.data.until : null }),
  settle: ({ until }, now) =>
    until !== null && until <= now
      ? [{ type: 'reservation-lapsed', data: {}, occurredAt: until as Instant, cause: `until ${until}` }]
      : [],
  decide: ({ data }, { until }, { now }) => {
    if (until !== null) throw new Refusal('HELD', 'conflict', 'Somebody holds it.');
    if (data.until <= now) throw new Refusal('PAST', 'invalid', 'That is past.');
    return [{ type: 'reservation-made', data }];
  },
};

const at = (minute: number): Instant => toInstant(new Date(Date.UTC(2026, 0, 1, 0, minute)));
const by = (minute: number): CommandMeta => {
  const commandId = randomUUID();
  return { commandId, requestHash: 'hash', actor: 'somebody', now: at(minute), correlationId: commandId };
};

let store: EventStore;
let runner: CommandRunner;
beforeAll(() => {
  store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
  runner = new CommandRunner(store);
});
afterAll(() => store.close());

const reserve = (id: string, minute: number, until: number, with_: CommandMeta = by(minute)) =>
  runner.run(reservation, id, { type: 'Reserve', data: { until: at(until) } }, with_, {});
const typesIn = async (id: string): Promise<string[]> =>
  (await store.load(`reservation-${id}`)).events.map(({ type }) => type);

it('given something fell due, when a command comes, then both stand in one append, the due one first and by nobody', async () => {
  const id = randomUUID();
  await reserve(id, 0, 1);
  const append = jest.spyOn(store, 'append');
  const outcome = await reserve(id, 5, 6);

  expect(outcome.events.map(({ type }) => type)).toEqual(['reservation-made']);
  const { events: stored } = await store.load(`reservation-${id}`);
  expect(stored.map(({ type }) => type)).toEqual(['reservation-made', 'reservation-lapsed', 'reservation-made']);
  expect(stored[1]?.metadata).toMatchObject({
    actor: NOBODY,
    commandId: deriveId('due', `reservation-${id}`, `until ${at(1)}`),
    occurredAt: at(1),
    recordedAt: at(5),
  });
  expect(append).toHaveBeenCalledTimes(1);
  append.mockRestore();
});

it('given something fell due, when the command is refused, then what fell due stands all the same', async () => {
  const id = randomUUID();
  await reserve(id, 0, 1);
  await expect(reserve(id, 5, 2)).rejects.toMatchObject({ code: 'PAST' });
  expect(await typesIn(id)).toEqual(['reservation-made', 'reservation-lapsed']);
});

it('given nothing is due, when a command is refused, then nothing stands that did not before', async () => {
  const id = randomUUID();
  await reserve(id, 0, 10);
  await expect(reserve(id, 5, 6)).rejects.toMatchObject({ code: 'HELD' });
  expect(await typesIn(id)).toEqual(['reservation-made']);
});

it('given a command that settled, when it is repeated, then it answers its own events and settles nothing again', async () => {
  const id = randomUUID();
  await reserve(id, 0, 1);
  const command = by(5);
  const first = await reserve(id, 5, 6, command);
  const again = await reserve(id, 5, 6, command);
  expect(again).toMatchObject({ repeated: true, events: first.events.map(({ id: eventId }) => ({ id: eventId })) });
  expect(await typesIn(id)).toHaveLength(3);
});

it('given two processes that meet what is due at once, then it stands once', async () => {
  const id = randomUUID();
  await reserve(id, 0, 1);
  const others = [new CommandRunner(store), new CommandRunner(store), new CommandRunner(store)];
  const outcomes = await Promise.allSettled(
    others.map((other) => other.run(reservation, id, { type: 'Reserve', data: { until: at(9) } }, by(5), {})),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await typesIn(id)).toEqual(['reservation-made', 'reservation-lapsed', 'reservation-made']);
});

it('given something fell due, when only that is asked for, then it stands, once', async () => {
  const id = randomUUID();
  await reserve(id, 0, 1);
  await runner.settle(reservation, id, at(0));
  expect(await typesIn(id)).toEqual(['reservation-made']);
  await Promise.all([runner.settle(reservation, id, at(5)), new CommandRunner(store).settle(reservation, id, at(5))]);
  await runner.settle(reservation, id, at(6));
  expect(await typesIn(id)).toEqual(['reservation-made', 'reservation-lapsed']);
});
