import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

import { binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { startEventStoreNode } from '@tempore/embedded-eventstore';
import { INSTALLATION_STREAM, type NewEvent, openEventStore } from '@tempore/event-store';
import { dealsView, partnersView } from '@tempore/read-models';

import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { READ_SCHEMA, views } from '../../apps/composition/src/views';
import { startProjector } from '../../apps/projector/src/projector';
import { newEvent } from '../../libs/event-store/test/kit';
import { Caller, idOf } from '../harness/caller';
import { jsonLines, tempore } from '../harness/command-line';
import { aSale, recordSales } from '../harness/sales';
import { startSystem, type System } from '../harness/system';
import { type Database, freshDatabase, freshNamespace, until } from '../stores';

interface Line {
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

let system: System;
let folder: string;
/** One is active, the other has applied. */
let active: string;
let applicant: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tempore-command-line-'));
  system = await startSystem();
  const manager = await system.as('channel-manager');
  const apply = async (legalName: string) => idOf(await manager.post('/v1/partners', { legalName, country: 'DE' }));
  [active, applicant] = [await apply('Northwind'), await apply('Woodgrove')];
  await manager.post(`/v1/partners/${active}/approval`);
  await manager.get('/v1/partners').expect(200);
  await recordSales(system, [aSale({ partnerId: active }), aSale({ partnerId: active })]);
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true });
});

const call = (...args: readonly string[]) => tempore(system, ...args);
const events = async (...args: readonly string[]): Promise<readonly Line[]> => {
  const end = await call('events', '--no-follow', ...args);
  expect(end).toMatchObject({ code: 0, errors: '' });
  return jsonLines(end) as readonly Line[];
};

/** All that a table holds but the places in the log, of which every log has its own. */
const rowsOf = async ({ stores }: Pick<System, 'stores'>, table: string): Promise<readonly unknown[]> => {
  const { rows } = await stores.readSide.pool.query<{ row: unknown }>(
    `SELECT to_jsonb(t) - 'position' AS row FROM ${READ_SCHEMA}.${table} t ORDER BY (to_jsonb(t) - 'position')::text`,
  );
  return rows.map(({ row }) => row);
};

describe('tempore token', () => {
  const minted = async (): Promise<readonly string[]> => {
    const ids: string[] = [];
    const { signal } = new AbortController();
    for await (const { id } of system.stores.eventStore.readAll({ categories: ['principal'], signal })) ids.push(id);
    return ids;
  };

  it('given a role, then the token opens the API, and its minting stands in the log', async () => {
    const subject = randomUUID();
    const { code, output } = await call('token', '--role', 'partner-user', '--partner', active, '--subject', subject);
    expect(code).toBe(0);
    const answer = await new Caller(system.url, output.trim()).get('/v1/partners').expect(200);
    expect(answer.body).toMatchObject({ items: [{ id: active }], next: null });
    expect(await events('--stream', `principal-${subject}`)).toMatchObject([
      { type: 'token-minted', revision: '0', data: { roles: ['partner-user'], partnerId: active } },
    ]);
  });

  it.each([
    ['a partner that is no id', ['--role', 'partner-user', '--partner', 'Northwind'], /--partner.*UUID/s],
    ['a bearer that is no id', ['--role', 'admin', '--subject', 'ada@vendor.example'], /--subject.*UUID/s],
    ['a partner that nobody knows', ['--role', 'partner-user', '--partner', randomUUID()], /--partner.*no partner/s],
    [
      'more time than any token may have',
      ['--role', 'admin', '--hours', '25'],
      /--hours.*24.*TEMPORE_TOKEN_MAX_HOURS/s,
    ],
    ['a partner’s role without a partner', ['--role', 'partner-user'], /partner/],
    ['a partner for a role that has none', ['--role', 'admin', '--partner', randomUUID()], /partner/],
    ['a role that is none', ['--role', 'emperor'], /--role.*emperor.*auditor/s],
    ['no role', [], /--role/],
    ['no time at all', ['--role', 'admin', '--hours', '0'], /--hours.*above 0/s],
  ])('given %s, then it is refused by name, and nothing is printed or recorded', async (_, args, reason) => {
    const before = await minted();
    const end = await call('token', ...args);
    expect(end).toMatchObject({ code: 1, output: '', errors: expect.stringMatching(reason) as string });
    // People are told what to do, not where we are.
    expect(end.errors).not.toMatch(/\n\s+at /);
    expect(await minted()).toEqual(before);
  });
});

describe('tempore events', () => {
  it('given filters, then exactly what they ask for is printed, in order', async () => {
    expect(await events('--category', 'partner')).toMatchObject([
      { stream: `partner-${active}`, type: 'partner-applied' },
      { stream: `partner-${applicant}`, type: 'partner-applied' },
      { stream: `partner-${active}`, type: 'partner-approved' },
    ]);
    expect(await events('--stream', `partner-${active}`)).toMatchObject([{ revision: '0' }, { revision: '1' }]);
    expect(await events('--type', 'partner-approved', 'legacy-deal-recorded')).toMatchObject([
      { type: 'partner-approved' },
      { type: 'legacy-deal-recorded' },
      { type: 'legacy-deal-recorded' },
    ]);
    expect(await events('--category', 'deal', '--type', 'partner-approved')).toEqual([]);
  });

  it('given a category that is none, then the known ones are named', async () => {
    expect(await call('events', '--no-follow', '--category', 'partners')).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(/no category partners; the categories are .*\bpartner\b/) as string,
    });
  });
});

describe('tempore projections', () => {
  it('given --json, then every view is a line with its state', async () => {
    const end = await call('projections', '--json');
    const reports = jsonLines(end) as readonly { readonly view: string }[];
    expect(reports.map(({ view }) => view).sort()).toEqual(views.map(({ name }) => name).sort());
    for (const report of reports) expect(report).toMatchObject({ status: 'running', live: true });
    expect(reports.find(({ view }) => view === 'deals')).toMatchObject({ handled: '2', parkedEvents: 0 });
  });
});

describe('tempore verify and rebuild', () => {
  it('given views that show the log, then they are equal', async () => {
    const { code, output } = await call('verify');
    expect([code, output.match(/^\S+: equal/gm)?.length]).toEqual([0, views.length]);
  });

  it('given a row that somebody changed in the database, then verify names it and fails, and rebuild mends it', async () => {
    const before = await rowsOf(system, 'partner');
    await system.stores.readSide.pool.query(`UPDATE ${READ_SCHEMA}.partner SET legal_name = 'Tampered' WHERE id = $1`, [
      active,
    ]);
    const found = await call('verify', 'partners', 'deals');
    expect(found.code).toBe(1);
    expect(found.output).toContain(`partners@${partnersView.version}: DIFFERENT`);
    expect(found.output).toContain(`\ndeals@${dealsView.version}: equal`);
    expect(found.output).toMatch(/0 too many, 0 missing, 1 different/);
    for (const part of [active, 'Tampered', 'Northwind']) expect(found.output).toContain(part);
    expect(found.output).not.toContain(applicant);

    expect(await call('rebuild', 'partners')).toMatchObject({
      code: 0,
      output: `partners@${partnersView.version} is rebuilt\n`,
    });
    expect((await call('verify', 'partners')).code).toBe(0);
    expect(await rowsOf(system, 'partner')).toEqual(before);
  });

  it('given a row that is lost and one too many, when the view is built beside, then verify had counted them and they are mended', async () => {
    const before = await rowsOf(system, 'partner');
    const { pool } = system.stores.readSide;
    await pool.query(`UPDATE ${READ_SCHEMA}.partner SET id = $2 WHERE id = $1`, [applicant, randomUUID()]);
    const found = await call('verify', 'partners');
    expect([found.code, found.output]).toEqual([1, expect.stringMatching(/1 too many, 1 missing, 0 different/)]);
    expect((await call('rebuild', 'partners', '--blue-green')).code).toBe(0);
    expect((await call('verify', 'partners')).code).toBe(0);
    expect(await rowsOf(system, 'partner')).toEqual(before);
  });

  it.each(['verify', 'rebuild'])('given a view that is none, then %s names the known ones', async (command) => {
    expect(await call(command, 'nonsense')).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/no view nonsense; the views are .*\bdeals\b/) as string,
    });
  });
});

describe('tempore log', () => {
  let file: string;
  let database: Database;
  /** Where nothing has run yet: a log of its own in the same store, and a database. */
  let elsewhere: Pick<System, 'settings'>;
  /** What is copied: every event but the one that names the log it stands in. */
  const withoutName = (lines: readonly unknown[]) =>
    (lines as readonly Line[]).filter(({ stream }) => stream !== INSTALLATION_STREAM);
  const eventsElsewhere = async () => withoutName(jsonLines(await tempore(elsewhere, 'events', '--no-follow')));

  beforeAll(async () => {
    file = join(folder, 'log.jsonl');
    database = await freshDatabase();
    elsewhere = { settings: { ...system.settings, namespace: freshNamespace(), databaseUrl: database.url } };
    for (const stream of ['later-1', 'access-1'])
      await system.stores.eventStore.append(stream, 'none', [
        newEvent({ data: { of: 'a kind from a later release' } }),
      ]);
  });
  afterAll(() => database.drop());

  it('given a log, when it is exported, then the file holds it whole, and is never written over', async () => {
    const all = withoutName(await events());
    expect(all.map(({ stream }) => stream)).toEqual(expect.arrayContaining(['later-1', 'access-1']));
    expect(await call('log', 'export', file)).toMatchObject({ code: 0, output: `${all.length} events in ${file}\n` });
    const written = readFileSync(file, 'utf8');
    const again = await call('log', 'export', file);
    expect(again).toMatchObject({ code: 1, errors: expect.stringContaining(`${file} exists`) as string });
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  it.each<[string, (whole: string) => string]>([
    ['that lacks its end', (whole) => whole.slice(0, whole.length / 2)],
    ['that lacks its last line', (whole) => `${whole.trimEnd().split('\n').slice(0, -1).join('\n')}\n`],
    ['that lacks a line', (whole) => whole.split('\n').toSpliced(2, 1).join('\n')],
    ['in which a word was changed', (whole) => whole.replace('Northwind', 'Southwind')],
    ['that is empty', () => ''],
  ])('given a file %s, when it is imported, then it is refused and nothing of it arrives', async (_, spoil) => {
    const spoilt = join(folder, 'spoilt.jsonl');
    writeFileSync(spoilt, spoil(readFileSync(file, 'utf8')));
    const end = await tempore(elsewhere, 'log', 'import', spoilt);
    expect(end).toMatchObject({ code: 1, errors: expect.stringMatching(/is not (whole|a log)/) as string });
    expect(await eventsElsewhere()).toEqual([]);
  });

  it('given the file, when it is imported elsewhere, then log and views are equal, and a second time adds nothing', async () => {
    const all = withoutName(await events());
    expect(await tempore(elsewhere, 'log', 'import', file)).toMatchObject({ code: 0 });
    expect(await eventsElsewhere()).toEqual(all);

    const logger = createLogger(elsewhere.settings, 'test');
    const lifetime = new Lifetime(logger);
    const context = await openContext(elsewhere.settings, logger, lifetime);
    try {
      await startProjector(context);
      for (const { name } of views.flatMap(({ tables }) => tables)) {
        const original = await rowsOf(system, name);
        await until(`${name} is equal`, async () => isDeepStrictEqual(await rowsOf(context, name), original));
      }
      expect((await tempore(elsewhere, 'verify')).code).toBe(0);
    } finally {
      await lifetime.end();
    }

    expect(await tempore(elsewhere, 'log', 'import', file)).toMatchObject({ code: 0 });
    expect(await eventsElsewhere()).toEqual(all);
  });
});

describe('a data folder on which nothing runs', () => {
  const embedded = (name: string) => ({
    settings: { ...system.settings, namespace: '', dataDir: join(folder, name), eventStoreUrl: '', databaseUrl: '' },
  });

  it('given a log, when it is imported there, then it stands in the embedded store, without a database, and what it lacks is said', async () => {
    const file = join(folder, 'whole.jsonl');
    const copy = join(folder, 'copy.jsonl');
    expect((await call('log', 'export', file)).code).toBe(0);
    const there = embedded('moved');

    const imported = await tempore(there, 'log', 'import', file);
    expect(imported).toMatchObject({
      code: 0,
      output: expect.stringMatching(/events of .* are in this store/) as string,
    });
    expect(imported.output).toMatch(/A log holds no keys: bring .*`vault`.*`objects`.*secret before the first start/);
    expect(statSync(join(folder, 'moved')).mode & 0o777).toBe(0o700);
    expect((await tempore(there, 'log', 'import', file)).code).toBe(0);

    expect((await tempore(there, 'log', 'export', copy)).code).toBe(0);
    const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(1, -2);
    expect(linesOf(copy)).toEqual(linesOf(file));
    expect(linesOf(copy).length).toBeGreaterThan(5);
  });

  it('given the same events in another order, when the log is imported over them, then the first that differs is named', async () => {
    const file = join(folder, 'ordered.jsonl');
    expect((await call('log', 'export', file)).code).toBe(0);
    const namespace = freshNamespace();
    const store = openEventStore({ url: system.settings.eventStoreUrl, namespace });
    const filed = readFileSync(file, 'utf8').split('\n').slice(1, -2);
    const heads = filed.map((line) => JSON.parse(line) as Line & NewEvent).filter(({ revision }) => revision === '0');
    for (const { stream, id, type, data, metadata } of heads.slice(0, 2).reverse())
      await store.append(stream, 'none', [{ id, type, data, metadata }]);
    await store.close();
    const there = { settings: { ...system.settings, namespace, databaseUrl: '' } };
    expect(await tempore(there, 'log', 'import', file)).toMatchObject({
      code: 1,
      errors: expect.stringContaining(`from event 0 of ${heads[0]?.stream} on`) as string,
    });
  });

  it('given no log in it, when it is exported, then it says so, and makes none', async () => {
    const nowhere = embedded('nowhere');
    expect(await tempore(nowhere, 'log', 'export', join(folder, 'none.jsonl'))).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/nowhere holds no log.*EVENTSTORE_URL/) as string,
    });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    expect(existsSync(join(folder, 'none.jsonl'))).toBe(false);
  });

  it('given an event that no line of a file could hold, when the log is exported, then it is named, and no half of a file is left', async () => {
    const there = embedded('odd');
    const node = await startEventStoreNode({ dataDir: join(folder, 'odd', 'eventstore') });
    const client = EventStoreDBClient.connectionString(node.url);
    await client.appendToStream('odd-1', binaryEvent({ type: 'odd-thing', data: Buffer.from([0, 255]) }));
    await client.dispose();
    await node.stop();
    const file = join(folder, 'odd.jsonl');
    expect(await tempore(there, 'log', 'export', file)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/Event 0 of odd-1 .*no release/s) as string,
    });
    expect(existsSync(file)).toBe(false);
  });
});

it('given an installation that has a history of its own, when a log is imported, then it is refused and says where to', async () => {
  const other = await startSystem();
  try {
    const file = join(folder, 'foreign.jsonl');
    expect((await call('log', 'export', file)).code).toBe(0);
    const before = jsonLines(await tempore(other, 'events', '--no-follow'));
    expect(await tempore(other, 'log', 'import', file)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/Import before any app has run here/) as string,
    });
    expect(jsonLines(await tempore(other, 'events', '--no-follow'))).toEqual(before);
  } finally {
    await other.stop();
  }
});

it('given a folder on which nothing runs, then a command says what to do', async () => {
  const settings = { ...system.settings, dataDir: join(folder, 'nothing'), eventStoreUrl: '', databaseUrl: '' };
  expect(await tempore({ settings }, 'events')).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/Nothing runs on .*npm start.*EVENTSTORE_URL/) as string,
  });
});
