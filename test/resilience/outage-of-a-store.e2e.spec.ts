import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Response } from 'supertest';

import { type Caller, idOf } from '../harness/caller';
import { type ActingPartner, aDeal } from '../harness/registrations';
import { lasting, type OwnNode, startOwnNode, until } from '../stores';
import { Load } from './load';
import { findingsOf } from './outage-check';
import { type Product, startProduct } from './outage-product';
import { diskOf, type OwnPostgres, startOwnPostgres } from './outage-stores';

/** How long a store stays away at least: `TEMPORE_OUTAGE_SECONDS=60`. Without it, until every answer has come. */
const OUTAGE_MS = Number(process.env['TEMPORE_OUTAGE_SECONDS'] ?? 0) * 1_000;

let node: OwnNode;
let postgres: OwnPostgres;
let product: Product;
let load: Load;
let loaded: Promise<void>;
let processes: readonly number[];
let manager: Caller;
/** Has seen nothing that a view would have to show. */
let auditor: Caller;
let documentId: string;
let partner: ActingPartner;

const hold = lasting();
const stopLoad = (one: Load): Promise<void> => {
  one.stop();
  return loaded;
};

beforeAll(async () => {
  // Its positions are more than a JavaScript number holds.
  [node, postgres] = await Promise.all([
    hold(startOwnNode({ firstPosition: 2n ** 53n + 1n }), (one) => one.remove()),
    hold(startOwnPostgres(), (one) => one.remove()),
  ]);
  const stores = { eventStoreUrl: node.url, databaseUrl: postgres.url };
  product = await hold(startProduct(stores, ['api', 'api', 'projector', 'reactor']), (one) => one.stop());
  processes = product.processes();
  load = await hold(Promise.resolve(new Load(product, 7)), stopLoad);
  loaded = load.run(1);
  manager = await product.as('channel-manager');
  auditor = await product.as('auditor');
  partner = await enrolled();
  documentId = await partner.caller.handIn();
});

const draft = (): Promise<Response> => partner.caller.post('/v1/deals', aDeal(documentId));

/** A partner in the programme; its person asks the API of that number. */
const enrolled = async (api = 0): Promise<ActingPartner> => {
  const id = await applicant();
  await manager.post(`/v1/partners/${id}/approval`, { tier: 'silver' });
  return { id, caller: await product.as('partner-user', id, api) };
};

/** Shows somebody who is refused for now that it may come again. */
const expectUnavailable = (response: Response, code: string): void => {
  expect([response.status, response.body]).toEqual([503, expect.objectContaining({ code })]);
  expect(response.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(Number(response.get('retry-after'))).toBeGreaterThan(0);
};

/** Sends them all at once, and again under their keys as often as it is called. */
const commands = (...requests: readonly (readonly [by: Caller, path: string, body: object])[]) => {
  const keys = requests.map(() => ({ 'idempotency-key': randomUUID() }));
  return (): Promise<Response[]> =>
    Promise.all(requests.map(([by, path, body], index) => by.post(path, body, keys[index])));
};

const name = () => `Partner ${randomUUID()}`;
const aTouch = { kind: 'call', direction: 'outbound', happenedAt: '2026-01-05T10:00:00Z' };
const domain = () => `d${randomUUID().replaceAll('-', '')}.ch`;
const applicant = async () => idOf(await manager.post('/v1/partners', { legalName: name(), country: 'CH' }));
const ready = async () => (await fetch(`${product.addresses()[0]}/health/ready`)).status;
const isListed = async (id: string): Promise<boolean> => (await manager.get(`/v1/partners/${id}`)).status === 200;

describe('the event node', () => {
  it('given its disk is full, then it ends; given it stays away, then every command is answered 503 with when to come again; given room, then all goes on by itself', async () => {
    const sendAll = commands(
      [manager, '/v1/partners', { legalName: name(), country: 'CH' }],
      [manager, `/v1/partners/${await applicant()}/approval`, { tier: 'bronze' }],
      [manager, '/v1/accounts', { legalName: name(), country: 'CH', domains: [domain()] }],
      [partner.caller, `/v1/deals/${idOf(await draft())}/submission`, {}],
    );
    await until('the view is there', () => isListed(partner.id));

    await node.kill();
    const { ended } = await node.startWithLittleRoom();
    for (let isFull = false; !isFull;)
      isFull = await Promise.race([ended.then(() => true), applicant().then(() => false)]);
    const [answers] = await Promise.all([sendAll(), sleep(OUTAGE_MS)]);
    const [readMeanwhile, readiness] = [await auditor.get('/v1/partners'), await ready()];
    await node.start();

    for (const answer of answers) expectUnavailable(answer, 'EVENT_STORE_UNAVAILABLE');
    expect(readMeanwhile.status).toBe(200);
    expect(readiness).toBe(503);
    const again = await sendAll();
    expect(again.map(({ status }) => status)).toEqual([201, 200, 201, 201]);
    const [opened] = again;
    await until('the view has it', () => isListed(opened ? idOf(opened) : ''));
    await until('it is ready', async () => (await ready()) === 200);
    expect(product.processes()).toEqual(processes);
  });
});

describe('PostgreSQL', () => {
  it('given it is away, then commands that need no new key are accepted; what needs one, and reads, is answered 503; when it is back, the views catch up', async () => {
    const drafted = idOf(await draft());
    const filed = idOf(await draft());
    await partner.caller.post(`/v1/deals/${filed}/submission`);
    const sendKeyless = commands(
      [manager, '/v1/partners', { legalName: name(), country: 'CH' }],
      [manager, `/v1/partners/${await applicant()}/approval`, { tier: 'bronze' }],
      [manager, '/v1/accounts', { legalName: name(), country: 'CH', domains: [domain()] }],
      [partner.caller, `/v1/deals/${drafted}/submission`, {}],
      [partner.caller, `/v1/deals/${filed}/touches`, aTouch],
    );
    const sendPersonal = commands([partner.caller, '/v1/deals', aDeal(documentId)]);

    await postgres.kill();
    const gone = performance.now();
    const accepted = await sendKeyless();
    const [refused] = await sendPersonal();
    const read = await auditor.get('/v1/partners');
    await sleep(Math.max(0, OUTAGE_MS - (performance.now() - gone)));
    const acceptedLater = await sendKeyless();
    const readiness = await ready();
    await postgres.start();

    expect(accepted.map(({ status }) => status)).toEqual([201, 200, 201, 201, 201]);
    expect(acceptedLater.map(({ body }) => body as object)).toEqual(
      accepted.map(({ body }) => ({ ...(body as object), repeated: true })),
    );
    if (refused) expectUnavailable(refused, 'VAULT_UNAVAILABLE');
    expectUnavailable(read, 'DATABASE_UNAVAILABLE');
    expect(readiness).toBe(503);
    const [entered] = await sendPersonal();
    expect([entered?.status, entered?.body]).toEqual([201, expect.objectContaining({ repeated: false })]);
    const [opened] = accepted;
    await until('the view has it', () => isListed(opened ? idOf(opened) : ''));
    await until('it is ready', async () => (await ready()) === 200);
    expect(product.processes()).toEqual(processes);
  });

  it('given its disk is full, then commands that need no new key are accepted, what needs one is answered 503, reads go on, and later nothing is missing', async () => {
    const { fill, empty } = diskOf(postgres.url);
    const send = commands([partner.caller, '/v1/deals', aDeal(documentId)]);

    await fill();
    const accepted = await applicant();
    const [refused] = await send();
    const read = await auditor.get('/v1/partners');
    await empty();

    if (refused) expectUnavailable(refused, 'VAULT_UNAVAILABLE');
    expect(read.status).toBe(200);
    await until('the view has it', () => isListed(accepted));
    expect((await send()).map(({ status }) => status)).toEqual([201]);
    expect(product.processes()).toEqual(processes);
  });
});

it('given two partners who file for one customer at one instant through two API processes, then both are answered, one holds and the other is queued', async () => {
  const partners = await Promise.all([0, 1].map(enrolled));
  for (let round = 0; round < 3; round++) {
    const customer = { legalName: name(), country: 'CH', domain: domain() };
    const filings = await Promise.all(
      partners.map(async ({ caller }) => {
        const content = aDeal(await caller.handIn(), { customer });
        return { caller, path: `/v1/deals/${idOf(await caller.post('/v1/deals', content))}/submission` };
      }),
    );
    const answers = await Promise.all(filings.map(({ caller, path }) => caller.post(path)));
    const places = answers.map(({ body }) => (body as { receipt?: { place: string } }).receipt?.place);
    expect(places.sort()).toEqual(['held', 'queued']);
  }
});

it('given all that under load, when everything has come to rest, then nothing is lost, doubled or half-done', async () => {
  load.stop();
  await loaded;
  const { counts, violations } = await findingsOf(product.settings, load);
  expect(violations).toEqual([]);
  expect(counts.acknowledged).toBeGreaterThan(0);
  expect(counts.filings).toBeGreaterThan(2);
});
