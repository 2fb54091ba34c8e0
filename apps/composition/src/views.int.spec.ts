import { randomUUID } from 'node:crypto';

import { catalogue, eventsByCategory } from '@tempore/catalogue';
import { type EventStore, openEventStore } from '@tempore/event-store';
import { deriveId, toInstant } from '@tempore/kernel';
import { type LogSource, startProjections } from '@tempore/projections';
import { sequenceView } from '@tempore/read-models';
import { Pool } from 'pg';

import { type Database, eventStoreUrl, freshDatabase, freshNamespace, until } from '../../../test/stores';
import { logSource } from './views';

let eventStore: EventStore;
let database: Database;
let pool: Pool;

beforeAll(async () => {
  eventStore = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
  database = await freshDatabase();
  pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await eventStore.close();
  await pool.end();
  await database.drop();
});

const append = async (stream: string, type: string): Promise<void> => {
  const now = toInstant(new Date());
  const commandId = randomUUID();
  await eventStore.append(stream, 'none', [
    {
      id: deriveId('event', stream),
      type,
      data: { note: stream },
      metadata: {
        $correlationId: commandId,
        $causationId: commandId,
        actor: 'actor-1',
        commandId,
        requestHash: '',
        occurredAt: now,
        recordedAt: now,
        decider: 'test@1',
        schemaVersion: 1,
      },
    },
  ]);
};

interface Numbered {
  readonly sequence: string;
  readonly stream: string;
}

/** The numbers that a projector gives when it builds the sequence from the beginning of the log. */
const numbersGivenBy = async (source: LogSource, schema: string): Promise<readonly Numbered[]> => {
  const projections = await startProjections({
    database: { pool, schema },
    source,
    installation: deriveId('installation', 'views'),
    views: [sequenceView],
  });
  const read = async (): Promise<Numbered[]> => {
    const { rows } = await pool.query<Numbered>(`SELECT sequence, stream FROM ${schema}.sequence ORDER BY sequence`);
    return rows;
  };
  try {
    await until('the last event has its number', async () => (await read()).at(-1)?.stream === LAST);
    return await read();
  } finally {
    await projections.stop();
  }
};

/** Of a kind of stream that a later release brings. */
const LATER = 'later-1';
const LAST = 'partner-9';

it('given events of a kind that the projector’s code does not know, then they have the numbers that a rebuild by later code gives them', async () => {
  expect(Object.keys(eventsByCategory)).not.toContain('later');
  expect(catalogue.has('later-thing-happened')).toBe(false);
  await append('installation-self', 'installation-founded');
  await append('partner-1', 'partner-applied');
  await append(LATER, 'later-thing-happened');
  await append('access-1', 'register-read');
  await append(LAST, 'partner-applied');

  const before = await numbersGivenBy(logSource(eventStore), 'before');

  const knowing: LogSource = {
    ...logSource(eventStore),
    follow: ({ from, signal }) =>
      eventStore.subscribe({ categories: [...Object.keys(eventsByCategory), 'later', 'access'], from, signal }),
  };
  expect(before.map(({ stream }) => stream)).toEqual(['partner-1', LATER, LAST]);
  expect(await numbersGivenBy(knowing, 'after')).toEqual(before);
});
