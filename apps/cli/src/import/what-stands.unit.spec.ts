import { setImmediate } from 'node:timers/promises';

import type { Delivery, EventStore } from '@tempore/event-store';
import type { StoredEvent } from '@tempore/kernel';

import { WhatStands } from './what-stands';

const ACTOR = 'importer';
/** Of one event. */
const BYTES = 1_024;

/** Deliveries one by one, as they are asked for. */
async function* following(deliveries: Iterable<Delivery>, onTaken: () => void): AsyncGenerator<Delivery> {
  for (const delivery of deliveries) {
    await setImmediate();
    onTaken();
    yield delivery;
  }
}

/** A log of so many streams with an event each, told in deliveries of so many of them. */
const logOf = ({ streams, each = 1 }: { readonly streams: number; readonly each?: number }) => {
  const events = Array.from({ length: streams }, (_, index): StoredEvent => {
    const position = { commit: BigInt((index + 1) * BYTES), prepare: 0n };
    const metadata = { actor: index % 2 === 0 ? ACTOR : 'somebody', commandId: `command-${index}` };
    return { stream: `deal-${index}`, revision: 0n, id: `${index}`, type: 'told', data: {}, metadata, position };
  });
  const asked = { loads: 0, deliveries: 0 };
  const store: Pick<EventStore, 'load' | 'subscribe'> = {
    load: (stream) => {
      asked.loads++;
      return Promise.resolve({ events: events.filter((event) => event.stream === stream), revision: 0n });
    },
    subscribe: () => {
      const deliveries = Array.from({ length: Math.floor(streams / each) + 1 }, (_, index): Delivery => {
        const told = events.slice(index * each, (index + 1) * each);
        return { events: told, through: told.at(-1)?.position, caughtUp: (index + 1) * each > streams };
      });
      return following(deliveries, () => asked.deliveries++);
    },
  };
  return { store, asked };
};

const before = (store: Pick<EventStore, 'load' | 'subscribe'>): WhatStands =>
  new WhatStands(store, { categories: ['deal'], actor: ACTOR, signal: new AbortController().signal });

it('given an empty log, then every stream is known to be empty and none is read', async () => {
  const { store, asked } = logOf({ streams: 0 });
  const stands = before(store);
  const found = await Promise.all([1, 2, 3].map((id) => stands.lookInto(`deal-${id}`, [`command-${id}`])));
  expect(found).toEqual([[], [], []]);
  expect(asked).toEqual({ loads: 0, deliveries: 1 });
});

it('given commands of the importer in the log, then these are known, and only streams with something else are read', async () => {
  const { store, asked } = logOf({ streams: 4, each: 10 });
  const stands = before(store);
  expect(await stands.lookInto('deal-0', ['command-0'])).toBeUndefined();
  expect(await stands.lookInto('deal-9', ['command-9'])).toEqual([]);
  expect(asked.loads).toBe(0);
  expect(await stands.lookInto('deal-1', ['command-1'])).toMatchObject([{ id: '1' }]);
  expect(await stands.lookInto('deal-2', ['command-2', 'another'])).toMatchObject([{ id: '2' }]);
  expect(asked).toEqual({ loads: 2, deliveries: 1 });
});

it('given a long log, when little is asked, then each question goes on by as many events as its read costs', async () => {
  const { store, asked } = logOf({ streams: 10_000 });
  const stands = before(store);
  for (const id of [9_001, 9_003, 9_005])
    expect(await stands.lookInto(`deal-${id}`, [`command-${id}`])).toMatchObject([{ id: `${id}` }]);
  // Thirty events by their number; their bytes count for a tenth of it.
  expect(asked).toEqual({ loads: 3, deliveries: 28 });
});

it('given a long log of others, when little is asked, then it is passed over no further than the reads cost', async () => {
  const { store, asked } = logOf({ streams: 0 });
  const stretches = function* (): Generator<Delivery> {
    for (let commit = 0n; ; commit += 51_200n)
      yield { events: [], through: { commit, prepare: commit }, caughtUp: false };
  };
  let taken = 0;
  const stands = before({ ...store, subscribe: () => following(stretches(), () => taken++) });
  for (const id of [1, 2, 3]) await stands.lookInto(`deal-${id}`, [`command-${id}`]);
  expect({ ...asked, taken }).toEqual({ loads: 3, deliveries: 0, taken: 7 });
});

it('given many questions, then the log is gone through once, and from its end on nothing is read', async () => {
  const { store, asked } = logOf({ streams: 1_000 });
  const stands = before(store);
  const ids = Array.from({ length: 2_000 }, (_, index) => 2_000 + index);
  const found = await Promise.all(ids.map((id) => stands.lookInto(`deal-${id}`, [`command-${id}`])));
  expect(found.every((events) => events?.length === 0)).toBe(true);
  expect(asked.deliveries).toBe(1_001);
  expect(asked.loads).toBeLessThanOrEqual(100);
});

it('given the log is lost on the way, then streams are read, and these say for how long it is waited for', async () => {
  const { store, asked } = logOf({ streams: 0 });
  const lost: EventStore['subscribe'] = ({ onReconnect, signal }) => {
    onReconnect?.(new Error('gone'), 100);
    const end: Delivery = { events: [], through: undefined, caughtUp: true };
    return following(signal.aborted ? [] : [end], () => undefined);
  };
  expect(await before({ ...store, subscribe: lost }).lookInto('deal-1', ['command-1'])).toEqual([]);
  expect(asked.loads).toBe(1);
});
