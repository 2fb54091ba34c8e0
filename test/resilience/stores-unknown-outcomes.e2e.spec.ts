import { randomUUID } from 'node:crypto';

import type { Response } from 'supertest';

import { type Caller, idOf } from '../harness/caller';
import { aDeal } from '../harness/registrations';
import { type Fate, lasting, type OwnNode, type Relay, startOwnNode, startRelay } from '../stores';
import type { Request } from './history/history';
import { findingsOf } from './outage-check';
import { type Product, startProduct } from './outage-product';
import { type OwnPostgres, startOwnPostgres } from './outage-stores';

let node: OwnNode;
let relay: Relay;
let postgres: OwnPostgres;
let product: Product;
let partner: Caller;
let documentId: string;

const PASS: Fate = { reachesStore: true, told: 'answer' };

const hold = lasting();

beforeAll(async () => {
  [node, postgres] = await Promise.all([
    hold(startOwnNode({ sync: false }), (one) => one.remove()),
    hold(startOwnPostgres(), (one) => one.remove()),
  ]);
  relay = await hold(startRelay(node), (one) => {
    one.close();
  });
  const stores = { eventStoreUrl: relay.url, databaseUrl: postgres.url };
  // Without a reactor nobody else ends what a command has begun.
  product = await hold(startProduct(stores, ['api', 'projector']), (one) => one.stop());
  const manager = await product.as('channel-manager');
  const id = idOf(await manager.post('/v1/partners', { legalName: 'Northwind', country: 'CH' }));
  await manager.post(`/v1/partners/${id}/approval`, { tier: 'silver' });
  partner = await product.as('partner-user', id);
  documentId = await partner.handIn();
});

const requests: (Request & { readonly answers: unknown[] })[] = [];

const sent = async (path: string, body: object): Promise<Response> => {
  const key = randomUUID();
  const response = await partner.post(path, body, { 'idempotency-key': key });
  const { events = [] } = response.body as { events?: readonly { id: string }[] };
  requests.push({
    key,
    path: `POST ${path}`,
    answers: [{ status: response.status, events: events.map((event) => event.id) }],
  });
  return response;
};

const SMALL = { oneTime: { minorUnits: 2_000_000, currency: 'USD' } };

/** Registers a deal of a new customer, which a rule approves: several appends to several streams. */
const register = async (): Promise<number[]> => {
  const drafted = await sent('/v1/deals', aDeal(documentId, { value: SMALL }));
  const submitted = await sent(`/v1/deals/${idOf(drafted)}/submission`, {});
  return [drafted.status, submitted.status];
};

/** Lets each append that is tried for the first time meet a fate, and its next try pass. */
const everyAppendMeets = (fate: Fate): (() => number) => {
  let arrived = 0;
  relay.decide = () => (arrived++ % 2 === 0 ? fate : PASS);
  return () => arrived;
};

const OUTCOMES = (['time-out', 'cancelled', 'unavailable', 'deadline exceeded', 'internal error'] as const).flatMap(
  (told) => [
    { told, reachesStore: true, place: 'after the store did it' },
    { told, reachesStore: false, place: 'before it reached the store' },
  ],
);

it.each(OUTCOMES)(
  'given every append of a registration is told $told $place, then it is answered, and stands once',
  async (fate) => {
    const arrived = everyAppendMeets(fate);
    expect(await register()).toEqual([201, 201]);
    expect(arrived()).toBeGreaterThan(2 * 4);
  },
);

it.each([
  { reachesStore: true, place: 'after the store did it' },
  { reachesStore: false, place: 'before it reached the store' },
])(
  'given one append of every kind of stream is never answered $place, when many register, then all are answered, and stand once',
  async ({ reachesStore }) => {
    const hung = new Set<string>();
    relay.decide = (stream) => {
      const [category = ''] = stream.split('-');
      if (hung.has(category)) return PASS;
      hung.add(category);
      return { reachesStore, told: 'nothing' };
    };
    const registered = await Promise.all(Array.from({ length: 5 }, register));
    expect(registered).toEqual(registered.map(() => [201, 201]));
    expect([...hung].sort()).toEqual(['account', 'accountkey', 'deal', 'docket']);
  },
);

it.each([
  { reachesStore: true, place: 'after the store did it' },
  { reachesStore: false, place: 'before it reached the store' },
])(
  'given the filing is told that another node leads $place, then it is answered, and stands once',
  async ({ reachesStore }) => {
    let told = 0;
    relay.decide = (stream) =>
      stream.startsWith('docket-') && told++ === 0 ? { reachesStore, told: 'not leader' } : PASS;
    expect(await register()).toEqual([201, 201]);
    // From here on the API asks the leader, until it is lost.
    expect(told).toBe(1);
    await node.kill();
    await node.start();
  },
);

it('given all that, when everything has come to rest, then nothing is lost, doubled or half-done', async () => {
  relay.decide = () => PASS;
  const { counts, violations } = await findingsOf({ ...product.settings, eventStoreUrl: node.url }, { requests });
  expect(violations).toEqual([]);
  expect(counts.acknowledged).toBe(requests.length);
  expect(counts.filings).toBe(requests.length / 2);
});
