import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import type { Role } from '@tempore/principals';
import request, { type Response } from 'supertest';

import { startApi } from '../../apps/api/src/start';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { idOf } from '../harness/caller';
import { aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { type Proxy, startProxy, until } from '../stores';

const PDF = Buffer.from(`%PDF-1.7\n${'A page about a meeting. '.repeat(10_000)}`);
const MAX_BYTES = 300_000;

let system: System;
let lifetime: Lifetime;
let proxy: Proxy;
/** An API process that takes small documents only, and reaches the database over a wire that can be cut. */
let url: string;

beforeAll(async () => {
  system = await startSystem();
  const databaseUrl = new URL(system.settings.databaseUrl);
  proxy = await startProxy(Number(databaseUrl.port));
  databaseUrl.port = String(proxy.port);
  const logger = createLogger(system.settings, 'test');
  lifetime = new Lifetime(logger);
  const settings = { ...system.settings, databaseUrl: databaseUrl.href, maxUploadBytes: MAX_BYTES };
  url = await startApi(await openContext(settings, logger, lifetime));
  await mkdir(join(system.settings.dataDir, 'objects'), { recursive: true });
});
afterAll(async () => {
  await lifetime.end();
  await proxy.close();
  await system.stop();
});

/** One that is in the programme, by its id. */
const aPartner = async (): Promise<string> => (await enrol(system)).id;

interface Somebody {
  readonly get: (path: string) => request.Test;
  readonly upload: (content: Buffer, fileName?: string, key?: string) => request.Test;
  /** Lets the test see an answer that breaks off. */
  readonly fetch: (path: string) => Promise<globalThis.Response>;
  /** The same person at another API process. */
  readonly at: (url: string) => Somebody;
}

const bearer = (token: string, api: string): Somebody => ({
  get: (path) => request(api).get(path).auth(token, { type: 'bearer' }),
  upload: (file, fileName = 'Notes.pdf', key = randomUUID()) =>
    request(api)
      .post('/v1/documents')
      .auth(token, { type: 'bearer' })
      .set('idempotency-key', key)
      .attach('file', file, { filename: fileName, contentType: 'application/octet-stream' }),
  fetch: (path) => fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } }),
  at: (other) => bearer(token, other),
});

const somebody = async (role: Role, partnerId?: string): Promise<Somebody> =>
  bearer(await system.tokenFor(role, partnerId ? { partnerId } : {}), url);

const storedFiles = async (): Promise<string[]> => {
  const folder = join(system.settings.dataDir, 'objects');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};
const storedAs = async (id: string): Promise<string | undefined> =>
  (await storedFiles()).find((path) => path.includes('/documents/') && path.endsWith(id));

const codeOf = ({ body }: Response): string => (body as { code: string }).code;
/** Superagent parses what it knows; this takes the bytes as they come. */
const content = (test: request.Test) =>
  test.buffer(true).parse((response, done) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => done(null, Buffer.concat(chunks)));
    response.on('error', (error: Error) => done(error, null));
  });

describe('handing in a document', () => {
  it('given a file, when it is uploaded, then the system finds out what it is, and hands it back as it was', async () => {
    const partnerId = await aPartner();
    const partner = await somebody('partner-user', partnerId);
    const id = idOf(await partner.upload(PDF, 'Besprechung Zürich – Müller.PDF').expect(201));

    const found = await partner.get(`/v1/documents/${id}`).expect(200);
    expect(found.body).toMatchObject({
      id,
      fileName: 'Besprechung Zürich – Müller.PDF',
      mediaType: 'application/pdf',
      size: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      partnerId,
    });
    const answer = await content(partner.get(`/v1/documents/${id}/content`)).expect(200);
    expect((answer.body as Buffer).equals(PDF)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(PDF.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename=".*\.PDF"; filename\*=UTF-8''/);
  });

  it('given a file that is called otherwise than it is, then it is handed out as what it is', async () => {
    const partner = await somebody('partner-user', await aPartner());
    const id = idOf(await partner.upload(Buffer.from('some plain words\n'), '../../run.bat').expect(201));
    const { headers } = await partner.get(`/v1/documents/${id}/content`).expect(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(headers['content-disposition']).toBe('attachment; filename="run.bat.txt"');
  });

  it('given an upload that is sent again under its key, then it took effect once', async () => {
    const partner = await somebody('partner-user', await aPartner());
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => partner.upload(PDF, 'Notes.pdf', key)));
    expect(new Set(answers.map(idOf)).size).toBe(1);
    const events = answers.map(({ body }) => (body as { events: { id: string }[] }).events[0]?.id);
    expect(new Set(events).size).toBe(1);
    expect(answers.filter(({ body }) => !(body as { repeated: boolean }).repeated)).toHaveLength(1);
  });

  it('given another file under the same key, then it is refused, and what was uploaded stays', async () => {
    const partner = await somebody('partner-user', await aPartner());
    const key = randomUUID();
    const id = idOf(await partner.upload(PDF, 'Notes.pdf', key).expect(201));
    const files = (await storedFiles()).length;
    expect(codeOf(await partner.upload(Buffer.from('%PDF-1.7 other'), 'Notes.pdf', key).expect(409))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    expect(codeOf(await partner.upload(PDF, 'Renamed.pdf', key).expect(409))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await storedFiles()).toHaveLength(files);
    expect(((await content(partner.get(`/v1/documents/${id}/content`))).body as Buffer).equals(PDF)).toBe(true);
  });

  it('given one file of two partners, then each has its own, and neither can tell', async () => {
    const [one, other] = [
      await somebody('partner-user', await aPartner()),
      await somebody('partner-user', await aPartner()),
    ];
    const [a, b] = [idOf(await one.upload(PDF).expect(201)), idOf(await other.upload(PDF).expect(201))];
    const [atA, atB] = [await storedAs(a), await storedAs(b)];
    if (!atA || !atB) throw new Error('not stored');
    expect((await readFile(atA)).equals(await readFile(atB))).toBe(false);
  });
});

describe('what is not taken', () => {
  it.each([
    ['a page', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'DOCUMENT_TYPE_REFUSED'],
    ['a program', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0', 'latin1'), 'DOCUMENT_TYPE_REFUSED'],
    ['bytes of no kind', Buffer.from('00010203fefdfc', 'hex'), 'DOCUMENT_TYPE_REFUSED'],
    ['nothing', Buffer.alloc(0), 'DOCUMENT_EMPTY'],
    ['too much', Buffer.concat([PDF, PDF, PDF]), 'DOCUMENT_TOO_LARGE'],
  ])(
    'given %s that is called a PDF, then it is refused, says why, and nothing of it is kept',
    async (_, file, code) => {
      const partner = await somebody('partner-user', await aPartner());
      const key = randomUUID();
      const answer = await partner.upload(file, 'Offer.pdf', key).expect(400);
      expect(codeOf(answer)).toBe(code);
      expect(answer.body).toMatchObject({ detail: expect.stringContaining('file') as string });
      expect((await storedFiles()).filter((path) => path.includes('/incoming/'))).toEqual([]);
      // The key was not used up by what was refused.
      await partner.upload(PDF, 'Offer.pdf', key).expect(201);
    },
  );

  it('given a form with a field, a second file, or no form at all, then it is refused', async () => {
    const token = await system.tokenFor('partner-user', { partnerId: await aPartner() });
    const post = () =>
      request(url).post('/v1/documents').auth(token, { type: 'bearer' }).set('idempotency-key', randomUUID());
    expect(codeOf(await post())).toBe('FILE_MISSING');
    const json = await post().send({ file: 'x' });
    expect([json.status, codeOf(json)]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
    expect(codeOf(await post().field('note', 'x').attach('file', PDF, 'a.pdf'))).toBe('FILE_MISSING');
    expect(codeOf(await post().attach('other', PDF, 'a.pdf'))).toBe('FILE_MISSING');
    expect(codeOf(await post().attach('file', PDF, 'a.pdf').field('note', 'x'))).toBe('FORM_TOO_LONG');
    expect((await post().attach('file', PDF, 'a.pdf').attach('file', PDF, 'b.pdf')).status).toBe(413);
    expect(codeOf(await request(url).post('/v1/documents').auth(token, { type: 'bearer' }).attach('file', PDF))).toBe(
      'IDEMPOTENCY_KEY_MISSING',
    );
  });
});

it.each([
  ['without a boundary', 'multipart/form-data', '--x\r\n'],
  ['without a part', 'multipart/form-data; boundary=x', 'nothing of a form'],
  [
    'cut off within its file',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nMinutes',
  ],
])('given a form %s, then it is refused as a problem of the request', async (_, type, body) => {
  const token = await system.tokenFor('partner-user', { partnerId: await aPartner() });
  const answer = await request(url)
    .post('/v1/documents')
    .auth(token, { type: 'bearer' })
    .set({ 'idempotency-key': randomUUID(), 'content-type': type })
    .send(body);
  expect([answer.status, codeOf(answer)]).toEqual([400, 'FORM_MALFORMED']);
});

it('given a name that is too long, when it is cut, then no half of a character is left', async () => {
  const partner = await somebody('partner-user', await aPartner());
  const id = idOf(await partner.upload(PDF, `${'😀'.repeat(126)}.pdf`).expect(201));
  const found = await partner.get(`/v1/documents/${id}`).expect(200);
  expect(found.body).toMatchObject({ fileName: `${'😀'.repeat(125)}.pdf` });
});

it.each([
  ['Off\u202eer.pdf', 'Offer.pdf'],
  ['\u200b', 'document'],
])('given a file named %j, then it is kept as %s', async (given, kept) => {
  const partner = await somebody('partner-user', await aPartner());
  const id = idOf(await partner.upload(PDF, given).expect(201));
  expect((await partner.get(`/v1/documents/${id}`)).body).toMatchObject({ fileName: kept });
});

interface Shown {
  readonly registration: { readonly contacts: readonly { readonly personId: string }[] };
}
const personIn = ({ registration: { contacts } }: Shown): string => contacts[0]?.personId ?? '';

describe('who sees a document', () => {
  it('given a partner’s document, then its own people and those who handle the case see it, and nobody else', async () => {
    const { id: partnerId, caller } = await enrol(system);
    const id = idOf(await (await somebody('partner-user', partnerId)).upload(PDF).expect(201));
    const statuses = async (role: Role, partner?: string) => {
      const viewer = await somebody(role, partner);
      const paths = [`/v1/documents/${id}`, `/v1/documents/${id}/content`];
      return Promise.all(paths.map(async (path) => (await viewer.get(path).set(seen)).status));
    };
    let seen = {};
    const remember = (answer: request.Response) => {
      seen = { 'consistency-token': answer.get('consistency-token') ?? '' };
      return answer;
    };
    // Until it is handed in it is the partner's, and the auditors'; a draft hands nothing in.
    const draft = idOf(remember(await caller.post('/v1/deals', aDeal(id))));
    for (const role of ['channel-manager', 'arbiter', 'panel-member', 'admin'] as const)
      expect([role, await statuses(role)]).toEqual([role, [404, 404]]);
    expect(await statuses('auditor')).toEqual([200, 200]);

    expect(remember(await caller.post(`/v1/deals/${draft}/submission`)).status).toBe(201);
    for (const role of ['channel-manager', 'arbiter', 'panel-member', 'auditor', 'admin'] as const)
      expect([role, await statuses(role)]).toEqual([role, [200, 200]]);
    expect(await statuses('partner-admin', partnerId)).toEqual([200, 200]);
    expect(await statuses('partner-admin', randomUUID())).toEqual([404, 404]);
    expect(await statuses('direct-rep')).toEqual([404, 404]);
    expect(await statuses('finance')).toEqual([403, 403]);
  });

  it('given a person and a document that were taken out of a draft before it was filed, then the vendor sees neither', async () => {
    const { caller } = await enrol(system);
    const [kept, dropped] = [await caller.handIn('Minutes'), await caller.handIn('Between us')];
    const first = await caller.post('/v1/deals', {
      ...aDeal(kept),
      contacts: [{ name: 'Bob Dropped' }],
      evidence: [dropped],
    });
    const deal = idOf(first);
    const before = (await caller.get(`/v1/deals/${deal}`)).body as Shown;
    const named = { contacts: [{ name: 'Ada Lovelace', consentedOn: '2026-01-02' }], evidence: [] };
    expect((await caller.post(`/v1/deals/${deal}/revisions`, named)).status).toBe(200);
    const filed = await caller.post(`/v1/deals/${deal}/submission`);
    expect(filed.status).toBe(201);
    const after = (await caller.get(`/v1/deals/${deal}`)).body as Shown;
    const manager = await somebody('channel-manager');
    const statusOf = async (path: string) =>
      (await manager.get(path).set('consistency-token', filed.get('consistency-token') ?? '')).status;
    expect(await statusOf(`/v1/documents/${kept}`)).toBe(200);
    expect(await statusOf(`/v1/people/${personIn(after)}`)).toBe(200);
    expect(await statusOf(`/v1/documents/${dropped}`)).toBe(404);
    expect(await statusOf(`/v1/people/${personIn(before)}`)).toBe(404);
  });

  it('given a document of the direct team, then its uploader sees it and no partner', async () => {
    const rep = await somebody('direct-rep');
    const id = idOf(await rep.upload(PDF).expect(201));
    await rep.get(`/v1/documents/${id}`).expect(200);
    await (await somebody('partner-user', await aPartner())).get(`/v1/documents/${id}`).expect(404);
    await (await somebody('direct-rep')).get(`/v1/documents/${id}`).expect(404);
  });
});

it('given an uploader who goes away halfway, then nothing of the upload is kept', async () => {
  const before = await storedFiles();
  const { hostname, port } = new URL(url);
  const token = await system.tokenFor('partner-user', { partnerId: await aPartner() });
  const upload = connect(Number(port), hostname);
  upload.write(
    [
      'POST /v1/documents HTTP/1.1',
      `Host: ${hostname}`,
      `Authorization: Bearer ${token}`,
      `Idempotency-Key: ${randomUUID()}`,
      'Content-Type: multipart/form-data; boundary=line',
      'Content-Length: 500000',
      '',
      '--line',
      'Content-Disposition: form-data; name="file"; filename="a.pdf"',
      '',
      PDF.subarray(0, 200_000).toString(),
    ].join('\r\n'),
  );
  const drafts = async () => (await storedFiles()).filter((path) => path.includes('/incoming/'));
  await until('half of it has arrived', async () => (await drafts()).length === 1);
  upload.destroy();
  await until('it is given up', async () => (await drafts()).length === 0);
  expect((await storedFiles()).filter((path) => path.includes('/documents/'))).toEqual(
    before.filter((path) => path.includes('/documents/')),
  );
});

describe('when something is wrong below', () => {
  it('given stored bytes that were changed, then the document never arrives whole', async () => {
    const partner = await somebody('partner-user', await aPartner());
    const id = idOf(await partner.upload(PDF).expect(201));
    const path = await storedAs(id);
    if (!path) throw new Error('not stored');
    const stored = await readFile(path);
    stored[1_000] = (stored[1_000] ?? 0) ^ 1;
    await writeFile(path, stored);
    const answer = await partner.fetch(`/v1/documents/${id}/content`);
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
  });

  it('given no database, then an upload is answered 503 and nothing is half done; repeated, it takes effect', async () => {
    const partner = await somebody('partner-user', await aPartner());
    const key = randomUUID();
    const files = await storedFiles();
    await proxy.close();
    const answer = await partner.upload(PDF, 'Notes.pdf', key);
    expect([answer.status, codeOf(answer)]).toEqual([503, 'VAULT_UNAVAILABLE']);
    expect(await storedFiles()).toEqual(files);
    const elsewhere = await partner.at(system.url).upload(PDF, 'Notes.pdf', key).expect(201);
    expect(elsewhere.body).toMatchObject({ repeated: false });
  });
});
