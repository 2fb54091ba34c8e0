/**
 * An erased person is looked for, as plain text, in everything that the product has written: the event node's files,
 * PostgreSQL's with its write-ahead log, dumps of both, the objects, and all logs, PostgreSQL's own with every statement
 * and parameter among them. A name that may stand there is looked for the same way, so that the search can fail.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { ownerOfPerson } from '@tempore/acts';
import { folderStore } from '@tempore/document-store';
import { type LaunchedNode, startEventStoreNode } from '@tempore/embedded-eventstore';
import { erasePostgres, type Postgres, startPostgres } from '@tempore/embedded-postgres';
import type { Role } from '@tempore/principals';
import { readSettings } from '@tempore/settings';
import { Client, escapeIdentifier } from 'pg';
import pino from 'pino';
import request from 'supertest';

import { startApi } from '../../apps/api/src/start';
import { writeLogFile } from '../../apps/cli/src/log/log-file';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { type AppContext, openContext } from '../../apps/composition/src/run-app';
import type { StoreSettings } from '../../apps/composition/src/stores';
import { startProjector } from '../../apps/projector/src/projector';
import { Caller, idOf } from '../harness/caller';
import { dayToken } from '../harness/token';
import { lasting, until } from '../stores';
import { enterPerson } from './enter-person';

const aCanary = (): string => `canary${randomBytes(8).toString('hex')}`;
const [NAME, EMAIL, PHONE, CONTENT, FILE_NAME, REFUSED] = Array.from({ length: 6 }, aCanary) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
/** May be known to everybody: a partner's name. */
const CONTROL = aCanary();

let folder: string;
let logs: string;
let eventNode: LaunchedNode;
let postgres: Postgres;
let lifetime: Lifetime;
let context: AppContext;
let url: string;

const hold = lasting();

beforeAll(async () => {
  folder = await hold(Promise.resolve(mkdtempSync(join(tmpdir(), 'tempore-canary-'))), async (path) => {
    await erasePostgres(join(path, 'postgres'));
    rmSync(path, { recursive: true, force: true });
  });
  // PostgreSQL, which never runs as root, has to get in.
  chmodSync(folder, 0o755);
  logs = join(folder, 'logs');
  mkdirSync(logs);
  const nodeLog = createWriteStream(join(logs, 'event-node.log'));
  [eventNode, postgres] = await Promise.all([
    hold(
      startEventStoreNode({ dataDir: join(folder, 'eventstore'), onLog: (line) => nodeLog.write(`${line}\n`) }),
      (one) => one.stop(),
    ),
    hold(
      startPostgres({
        dataDir: join(folder, 'postgres'),
        settings: { log_statement: 'all', log_min_duration_statement: 0, log_parameter_max_length: -1 },
      }),
      (one) => one.stop(),
    ),
  ]);
  const settings: StoreSettings = {
    ...readSettings({ TEMPORE_DATA: folder, TEMPORE_PORT: '0' }),
    // As production logs: a line a request.
    production: true,
    eventStoreUrl: eventNode.url,
    databaseUrl: postgres.url,
  };
  const logger = pino({ level: 'debug' }, pino.destination({ dest: join(logs, 'processes.log'), sync: true }));
  lifetime = await hold(Promise.resolve(new Lifetime(logger)), (one) => one.end());
  context = await openContext(settings, logger, lifetime);
  await startProjector(context);
  url = await startApi(context);
});

const tokenOf = (roles: readonly Role[], partnerId?: string): Promise<string> =>
  dayToken({ dataDir: folder, audience: context.settings.oidc.audience }, roles, partnerId ? { partnerId } : {});

const upload = async (token: string, content: string, fileName: string) =>
  request(url)
    .post('/v1/documents')
    .auth(token, { type: 'bearer' })
    .set('idempotency-key', randomUUID())
    .attach('file', Buffer.from(content), { filename: fileName });

/** What a text may look like in a file. */
const guisesOf = (text: string): readonly Buffer[] => {
  const plain = Buffer.from(text);
  const base64 = ['', 'x', 'xx'].map((before) =>
    // The first and the last characters depend on what stands around.
    Buffer.from(Buffer.from(`${before}${text}`).toString('base64').slice(4, -4)),
  );
  return [
    plain,
    Buffer.from(text, 'utf16le'),
    Buffer.from(plain.toString('hex')),
    Buffer.from(text.toUpperCase()),
    ...base64,
  ];
};

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const filesWith = (paths: readonly string[], needles: readonly Buffer[]): string[] =>
  paths.filter((path) => {
    const content = readFileSync(path);
    return needles.some((needle) => content.includes(needle));
  });

/** Every row of every table, as a dump has them. */
const dump = async (path: string): Promise<void> => {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const { rows: tables } = await client.query<{ schemaname: string; tablename: string }>(
    `SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ schemaname }) => schemaname)).toEqual(expect.arrayContaining(['rm', 'ops', 'vault']));
  const lines: string[] = [];
  for (const { schemaname, tablename } of tables) {
    const table = `${escapeIdentifier(schemaname)}.${escapeIdentifier(tablename)}`;
    const { rows } = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${table} t`);
    lines.push(table, ...rows.map(({ line }) => line));
  }
  await client.query('SELECT pg_switch_wal()');
  await client.query('CHECKPOINT');
  await client.end();
  writeFileSync(path, lines.join('\n'));
};

it('given a person who was entered, read and erased, then nothing of them is anywhere, nor what opened it', async () => {
  const admin = new Caller(url, await tokenOf(['admin']));
  const control = await admin.post('/v1/partners', { legalName: CONTROL, country: 'DE' });
  expect(control.status).toBe(201);
  const partnerId = idOf(control);
  expect((await admin.post(`/v1/partners/${partnerId}/approval`, { tier: 'bronze' })).status).toBe(200);
  const partner = await tokenOf(['partner-user'], partnerId);
  const { personId } = await enterPerson(context.stores, partnerId, {
    name: `Ada ${NAME}`,
    email: `${EMAIL}@contoso.example`,
    phone: PHONE,
  });
  const documentId = idOf(await upload(partner, `Meeting with ${CONTENT}\n`, `Notes on ${FILE_NAME}.txt`));
  expect((await upload(partner, `<html>${REFUSED}</html>`, `${REFUSED}.html`)).status).toBe(400);

  const person = () => admin.get(`/v1/people/${personId}`);
  await until('the person is shown', async () => (await person()).status === 200);
  expect((await person()).body).toMatchObject({ name: `Ada ${NAME}`, phone: PHONE });
  const auditor = new Caller(url, await tokenOf(['auditor']));
  expect((await auditor.get(`/v1/documents/${documentId}/content`)).text).toContain(CONTENT);
  const key = (await context.stores.vault.keysOf([ownerOfPerson(personId)])).get(ownerOfPerson(personId));
  const share = await folderStore(join(folder, 'objects')).get(`keys/${ownerOfPerson(personId)}`);
  if (typeof key !== 'object' || !share) throw new Error('the person has no key');
  const secrets = [key.export(), await buffer(share)];

  const erased = await admin.post(`/v1/people/${personId}/erasure`, { reason: 'The person asked' });
  expect(erased.body).toMatchObject({ status: 'erased' });
  expect((await person()).body).toMatchObject({ status: 'erased', name: null });

  await dump(join(folder, 'database.dump'));
  const everything = context.stores.eventStore.readAll({
    categories: 'everything',
    signal: new AbortController().signal,
  });
  await writeLogFile(join(folder, 'log.export'), context.stores.installationId, everything, () => undefined);

  const files = [...new Set([...filesUnder(folder), ...filesUnder(postgres.data)])];
  const found = filesWith(files, guisesOf(CONTROL));
  for (const place of [/eventstore/, /pg_wal/, /base\//, /database\.dump$/, /log\.export$/])
    expect(found.filter((path) => place.test(path))).not.toEqual([]);
  expect(filesWith(files, [Buffer.from(`GET /v1/people`), Buffer.from(`/v1/people/${personId}`)])).not.toEqual([]);

  for (const canary of [NAME, EMAIL, PHONE, CONTENT, FILE_NAME, REFUSED])
    expect(filesWith(files, guisesOf(canary))).toEqual([]);
  for (const secret of secrets)
    expect(
      filesWith(files, [secret, Buffer.from(secret.toString('hex')), Buffer.from(secret.toString('base64'))]),
    ).toEqual([]);
});
