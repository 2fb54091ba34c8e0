import { randomUUID } from 'node:crypto';

import { type EventStore, openEventStore } from '@tempore/event-store';
import { comparePositions, type Position, toInstant } from '@tempore/kernel';
import { type LogSource, type Projections, rebuild, startProjections, status } from '@tempore/projections';
import { Pool } from 'pg';

import { eventStoreUrl, freshDatabase, freshNamespace, until } from '../../../../test/stores';
import { lastSequence, listEvents, type SequencedEvent } from './sequence.query';
import { sequenceView } from './sequence.view';

const installation = randomUUID();
let log: EventStore;
let pool: Pool;
let projections: Projections;
let dropDatabase: () => Promise<void>;

const source: LogSource = {
  follow: ({ from, signal }) => log.subscribe({ categories: 'everything', from, signal }),
  load: async (stream, through) => (await log.load(stream, 0n, through)).events,
};

/** Of the newest event of each stream that the tests append to. */
const revisions = new Map<string, bigint>();

const append = async (stream: string, type: string, data: unknown): Promise<Position> => {
  const now = toInstant(new Date());
  const expected = revisions.get(stream) ?? 'none';
  const { revision, position } = await log.append(stream, expected, [
    {
      id: randomUUID(),
      type,
      data,
      metadata: {
        $correlationId: `correlation of ${stream}`,
        $causationId: randomUUID(),
        actor: 'actor-7',
        commandId: randomUUID(),
        requestHash: '',
        occurredAt: now,
        recordedAt: now,
        decider: 'test@1',
        schemaVersion: 1,
      },
    },
  ]);
  revisions.set(stream, revision);
  return position;
};

const untilAt = (position: Position): Promise<void> =>
  until('the sequence has got there', async () => {
    const [report] = await status({ pool, schema: 'rm' });
    return report?.position !== undefined && comparePositions(report.position, position) >= 0;
  });

const database = {
  query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query(sql, [...parameters])).rows as Row[],
};

const everything = async (): Promise<SequencedEvent[]> => {
  const events: SequencedEvent[] = [];
  for (let after = '0'.repeat(20); ;) {
    const page = await listEvents(database, {}, { after, limit: 37 });
    events.push(...page.events);
    if (page.events.length === 0) return events;
    after = page.through;
  }
};

let last: Position;

beforeAll(async () => {
  log = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
  const fresh = await freshDatabase();
  dropDatabase = fresh.drop;
  pool = new Pool({ connectionString: fresh.url });
  pool.on('error', () => undefined);
  for (let index = 0; index < 60; index++) {
    await append(`deal-${index % 7}`, 'deal-drafted', {
      partnerId: `p${index % 3}`,
      accountId: null,
      note: `"${index}\\`,
    });
    if (index % 5 === 0) await append('access-1', 'register-read', { purpose: 'audit' });
    if (index % 6 === 0)
      await append(`docket-${index % 4}`, 'claim-filed', { dealId: `${index % 7}`, accountId: 'a1' });
  }
  last = await append('partner-p1', 'partner-applied', { legalName: 'Ozymandias \u0000 & Sons' });
  projections = await startProjections({
    database: { pool, schema: 'rm' },
    source,
    installation,
    views: [sequenceView],
  });
  await untilAt(last);
});
afterAll(async () => {
  await projections.stop();
  await log.close();
  await pool.end();
  await dropDatabase();
});

describe('the sequence', () => {
  it('given a log, then every event of it but recorded reads has its number, without a hole and in log order', async () => {
    const events = await everything();

    expect(events.map(({ sequence }) => sequence)).toEqual(
      events.map((_, index) => (index + 1).toString().padStart(20, '0')),
    );
    expect(events).toHaveLength(60 + 10 + 1);
    const abort = new AbortController();
    const inLog: string[] = [];
    for await (const { id, stream } of log.readAll({ categories: 'everything', signal: abort.signal }))
      if (!stream.startsWith('access-')) inLog.push(id);
    expect(events.map(({ id }) => id)).toEqual(inLog);
    expect(await lastSequence(database)).toBe('00000000000000000071');
  });

  it('given it is wiped and built again, then every event has the same number', async () => {
    const before = await everything();

    await rebuild({ pool, schema: 'rm' }, installation, sequenceView);
    await untilAt(last);

    expect(await everything()).toEqual(before);
  });

  it('given the schema is dropped and the projector started again, then every event has the same number', async () => {
    const before = await everything();

    await projections.stop();
    await pool.query('drop schema rm cascade');
    projections = await startProjections({
      database: { pool, schema: 'rm' },
      source,
      installation,
      views: [sequenceView],
    });
    await untilAt(last);

    expect(await everything()).toEqual(before);
  });

  it('given an event, then it is found by what it is about', async () => {
    const page = { after: '0'.repeat(20), limit: 100 };
    const found = async (filter: Parameters<typeof listEvents>[1]): Promise<string[]> =>
      (await listEvents(database, filter, page)).events.map(({ stream }) => stream);

    expect(new Set(await found({ category: 'deal', subject: '3' }))).toEqual(new Set(['deal-3']));
    expect(new Set(await found({ dealId: '6' }))).toEqual(new Set(['deal-6', 'docket-0', 'docket-2']));
    expect(await found({ partnerId: 'p1', types: ['partner-applied'] })).toEqual(['partner-p1']);
    expect(await found({ accountId: 'a1' })).toHaveLength(10);
    expect(await found({ correlation: 'correlation of docket-0' })).toHaveLength(5);
    expect(await found({ actor: 'nobody' })).toEqual([]);
  });

  it('given a page, then what follows it is asked for by where it ended, and the end of the last page is the head', async () => {
    const first = await listEvents(database, { category: 'docket' }, { after: '0'.repeat(20), limit: 6 });
    const second = await listEvents(database, { category: 'docket' }, { after: first.through, limit: 6 });

    expect(first.events).toHaveLength(6);
    expect(first.through).toBe(first.events.at(-1)?.sequence);
    expect(second.events).toHaveLength(4);
    expect(second.through).toBe('00000000000000000071');
  });

  it('given data as odd as JSON can be, then it is kept as it stands', async () => {
    const { events } = await listEvents(database, { category: 'partner' }, { after: '0'.repeat(20), limit: 1 });

    expect(events[0]?.data).toEqual({ legalName: 'Ozymandias \u0000 & Sons' });
  });

  it('given what is no sequence, when a page is asked for behind it, then it says what one looks like', async () => {
    await expect(listEvents(database, {}, { after: '42', limit: 1 })).rejects.toThrow('"42" is not a sequence');
  });
});
