import { createHash } from 'node:crypto';

import { decode, type LoggedEvent, parseInstant } from '@tempore/kernel';
import type { StateView, StreamRows, StreamSeen } from '@tempore/projections';

import { goldenEvents } from './golden';

/** How far a stream's story goes, and into how many states it branches: enough for every rule to have its say. */
const STEPS = 6;
const MOST_STATES = 2_000;

const recorded = {
  id: '00000000-0000-4000-8000-000000000000',
  actor: 'somebody',
  occurredAt: parseInstant('2026-06-01T09:00:00.000Z'),
  recordedAt: parseInstant('2026-06-01T10:00:00.000Z'),
};
const seen: StreamSeen = { id: recorded.id, revision: 0n, first: recorded, last: recorded };

/**
 * What a view makes of the golden events, as a hash: of all rows that stories of them lead to. Each event comes as it
 * stands in its file, and with each of its fields null or another word where it may be; all are of one stream and speak of
 * the same things.
 */
export const rulesOf = ({ streams }: Pick<StateView, 'streams'>): string => {
  const hash = createHash('sha256');
  for (const of of streams.values()) for (const rows of rowsOfStories(of)) hash.update(`${rows}\n`);
  return hash.digest('hex').slice(0, 16);
};

/** Told breadth first; a story whose rows another one led to already goes no further. */
export const rowsOfStories = ({ fold, rows }: StreamRows): readonly string[] => {
  const events = variantsOf(fold.events);
  const told = new Set<string>();
  let states: readonly unknown[] = [fold.initialState];
  for (let step = 0; step < STEPS; step++) {
    const next: unknown[] = [];
    for (const state of states)
      for (const event of events) {
        const after = fold.evolve(state, event, recorded);
        if (after === state) continue;
        const text = JSON.stringify(rows(after, seen), (_, value: unknown) =>
          typeof value === 'bigint' ? value.toString() : value,
        );
        if (told.has(text)) continue;
        if (told.size >= MOST_STATES) return [...told];
        told.add(text);
        next.push(after);
      }
    states = next;
  }
  return [...told];
};

const variantsOf = (definitions: StreamRows['fold']['events']): readonly LoggedEvent[] => {
  const subjects = new Map<string, unknown>();
  return definitions.flatMap((definition) => {
    const golden = goldenEvents.find(({ type, metadata }) => {
      return type === definition.type && metadata.schemaVersion === definition.schemaVersion;
    });
    if (!golden) return [];
    const event = decode(new Map([[definition.type, definition]]), {
      ...golden,
      stream: 'golden-1',
      revision: 0n,
      id: recorded.id,
      position: { commit: 0n, prepare: 0n },
    });
    const data = aligned(event.data as object, subjects);
    return [data, ...otherwise(data)]
      .filter((one) => definition.schema.safeParse(one).success)
      .map((one) => ({ ...event, data: one }));
  });
};

/** What names something names the same thing in all of them. */
const aligned = (data: object, subjects: Map<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(data).map(([field, value]: [string, unknown]) => {
      if (!/Id$|^reference$|^round$/.test(field) || value === null) return [field, value];
      if (!subjects.has(field)) subjects.set(field, value);
      return [field, subjects.get(field)];
    }),
  );

/** The words by which fields tell one thing from another. */
const WORDS = ['held', 'queued', 'moved', 'kept', 'superior', 'head-of-programme', 'won', 'lost', 'not-aligned'];

const otherwise = (data: object): readonly object[] =>
  Object.entries(data).flatMap(([field, value]: [string, unknown]) => {
    const others = typeof value === 'boolean' ? [!value] : typeof value === 'string' ? [null, ...WORDS] : [null];
    return others.filter((other) => other !== value).map((other) => ({ ...data, [field]: other }));
  });
