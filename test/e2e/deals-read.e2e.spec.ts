import { randomUUID } from 'node:crypto';

import { docket, docketId } from '@tempore/dockets';
import { aDocketContext, aStanding, filing } from '@tempore/testing';

import { Caller, idOf } from '../harness/caller';
import { aCustomer, aDeal, type ActingPartner, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';

interface Entry {
  readonly type: string;
  readonly sequence: string | null;
  readonly actor: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}
interface DealBody {
  readonly docketId: string;
  readonly accountId: string;
  readonly timeline: readonly Entry[];
  readonly registration: { readonly contacts: readonly unknown[] };
}
interface ListBody {
  readonly items: readonly { readonly id: string; readonly dealId: string; readonly docketId: string }[];
  readonly next: string | null;
}

let system: System;
let manager: Caller;
let auditor: Caller;
/** The one who holds the place, and the one who queues behind. */
let holder: ActingPartner;
let rival: ActingPartner;
let held: string;
let queued: string;
const customer = aCustomer();

const register = async ({ caller }: ActingPartner, content: object): Promise<string> => {
  const id = idOf(await caller.post('/v1/deals', aDeal(await caller.handIn(), { ...content })));
  const { status, text } = await caller.post(`/v1/deals/${id}/submission`);
  if (status !== 201) throw new Error(text);
  return id;
};

const bodyOf = async <Body>(caller: Caller, path: string): Promise<Body> =>
  (await caller.get(path).expect(200)).body as Body;

beforeAll(async () => {
  system = await startSystem();
  manager = await system.as('channel-manager');
  auditor = await system.as('auditor');
  [holder, rival] = [await enrol(system), await enrol(system)];
  held = await register(holder, { customer, ownReference: 'NW-17' });
  queued = await register(rival, { customer });
  await manager.post(`/v1/deals/${held}/review`);
  await manager.post(`/v1/deals/${held}/approval`);
  await manager.get('/v1/deals').expect(200);
});
afterAll(() => system.stop());

const listed = async (caller: Caller, query: string): Promise<readonly string[]> =>
  (await bodyOf<ListBody>(caller, `/v1/deals?${query}`)).items.map(({ id }) => id).toSorted();

describe('registered deals in the list', () => {
  it.each([
    ['status=approved', () => [held]],
    ['status=approved,queued', () => [held, queued]],
    ['search=nw-17', () => [held]],
    ['linked=false&status=queued', () => []],
  ])('given the filter "%s", then exactly these come', async (query, expected) => {
    expect(await listed(manager, query)).toEqual(expected().toSorted());
  });

  it('given the filter for a docket, then the vendor sees all who stand there, and a partner its own', async () => {
    const { docketId: id } = await bodyOf<DealBody>(manager, `/v1/deals/${held}`);
    expect(await listed(manager, `docketId=${id}`)).toEqual([held, queued].toSorted());
    expect(await listed(rival.caller, `docketId=${id}`)).toEqual([queued]);
  });
});

describe('a draft', () => {
  it.each([
    ['channel-manager', false],
    ['finance', false],
    ['arbiter', false],
    ['service', false],
    ['admin', false],
    ['auditor', true],
  ] as const)('given the role %s, then whether it sees one is %s, in the list as by itself', async (role, sees) => {
    const id = idOf(await holder.caller.post('/v1/deals', { productLine: 'Sensor' }));
    await holder.caller.get(`/v1/deals/${id}`).expect(200);
    const caller = await system.as(role);
    expect((await caller.get(`/v1/deals/${id}`)).status).toBe(sees ? 200 : 404);
    expect((await listed(caller, 'status=draft')).includes(id)).toBe(sees);
    expect((await rival.caller.get(`/v1/deals/${id}`)).status).toBe(404);
  });
});

describe('one registered deal', () => {
  it('given its partner, then the timeline tells what happened on both streams, and of nobody else', async () => {
    const { timeline } = await bodyOf<DealBody>(holder.caller, `/v1/deals/${held}`);
    expect(timeline.map(({ type }) => type)).toEqual([
      'deal-drafted',
      'claim-filed',
      'deal-submitted',
      'review-picked-up',
      'claim-approved',
    ]);
    expect(timeline.map(({ sequence }) => sequence)).toEqual(timeline.map(() => null));
    // Who reviews is the vendor's affair; who drafted and filed is the partner's own, and one person here.
    expect(timeline.map(({ actor }) => actor === null)).toEqual([false, false, true, true, true]);
    expect(timeline[1]?.actor).toBe(timeline[0]?.actor);
    expect(Object.keys(timeline[1]?.data ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(standing|facts|terms|group|round)$/)]),
    );
    expect(JSON.stringify(timeline)).not.toContain(queued);
    expect(JSON.stringify(timeline)).not.toContain(rival.id);
  });

  it('given anybody, then people stand in the timeline by id alone', async () => {
    for (const caller of [holder.caller, manager, auditor]) {
      const { timeline } = await bodyOf<DealBody>(caller, `/v1/deals/${held}`);
      expect(timeline[0]).toMatchObject({
        type: 'deal-drafted',
        data: { content: { contacts: [{ person: { personId: expect.any(String) as string } }] } },
      });
      expect(JSON.stringify(timeline)).not.toContain('ciphertext');
    }
  });

  it('given those who may read who was named in it, then they do; given others, then they see an id', async () => {
    const readable = { name: 'Ada Lovelace', email: 'ada@contoso.ch', erased: false };
    for (const caller of [holder.caller, manager, await system.as('arbiter')])
      expect((await bodyOf<DealBody>(caller, `/v1/deals/${held}`)).registration.contacts).toMatchObject([readable]);
    for (const caller of [auditor, await system.as('finance'), await system.as('admin')])
      expect((await bodyOf<DealBody>(caller, `/v1/deals/${held}`)).registration.contacts).toMatchObject([
        { name: null, email: null, erased: false },
      ]);
  });
});

describe('a docket', () => {
  it('given the vendor’s people, then all claims stand in order of rank, by id as by customer and line', async () => {
    const { docketId: id, accountId } = await bodyOf<DealBody>(manager, `/v1/deals/${held}`);
    const shown = await bodyOf<object>(manager, `/v1/dockets/${id}`);
    expect(shown).toMatchObject({
      claims: [
        { dealId: held, round: 1, standing: { status: 'approved' } },
        { dealId: queued, round: 1, standing: { status: 'queued' } },
      ],
      opportunities: [],
    });
    const found = await bodyOf<{ id: string }>(manager, `/v1/dockets?accountId=${accountId}&productLine=Gateway`);
    expect(found).toMatchObject({ id, claims: [{ dealId: held }, { dealId: queued }] });
  });

  it('given a partner with a claim there, then it sees that alone; given one without, then there is no docket', async () => {
    const { docketId: id } = await bodyOf<DealBody>(manager, `/v1/deals/${held}`);
    const shown = await bodyOf<object>(rival.caller, `/v1/dockets/${id}`);
    expect(shown).toMatchObject({ claims: [{ dealId: queued, round: null }], touches: [], opportunities: null });
    expect(JSON.stringify(shown)).not.toContain(held);
    const stranger = await enrol(system);
    expect((await stranger.caller.get(`/v1/dockets/${id}`)).body).toMatchObject({ code: 'DOCKET_NOT_FOUND' });
    expect((await manager.get(`/v1/dockets/${randomUUID()}`)).body).toMatchObject({ code: 'DOCKET_NOT_FOUND' });
  });
});

describe('what waits', () => {
  it('given claims that wait for the vendor, then those of aligned partners come first, page by page', async () => {
    const file = async (named: 'aligned' | 'not-aligned'): Promise<string> => {
      const [accountId, dealId, name] = [randomUUID(), randomUUID(), randomUUID()];
      const now = system.clock.now();
      const meta = { commandId: randomUUID(), requestHash: '', actor: randomUUID(), now, correlationId: dealId };
      const context = aDocketContext({ partner: aStanding(name, { named }) });
      const command = filing(name, { dealId, accountId, productLine: 'Gateway' });
      await system.stores.runner.run(docket, docketId(accountId, 'gateway'), command, meta, context);
      return dealId;
    };
    const other = await file('not-aligned');
    const aligned = await file('aligned');
    // Whoever waits for what this did waits for the two filings too: they stand before it.
    await manager.post('/v1/partners', { legalName: 'Last', country: 'CH' });

    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { items, next } = await bodyOf<ListBody>(manager, `/v1/reviews?limit=1${cursor}`);
      seen.push(...items.map(({ dealId }) => dealId));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen).toEqual([aligned, other]);
    expect((await bodyOf<ListBody>(manager, '/v1/reviews?escalated=true')).items).toEqual([]);
    expect((await holder.caller.get('/v1/reviews')).status).toBe(403);
  });

  it('given a window that runs, then its docket is among the timers, page by page', async () => {
    const { docketId: id } = await bodyOf<DealBody>(manager, `/v1/deals/${held}`);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { items, next } = await bodyOf<ListBody>(manager, `/v1/timers?limit=1${cursor}`);
      seen.push(...items.map((timer) => timer.docketId));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen.filter((docketOfTimer) => docketOfTimer === id)).toHaveLength(1);
    expect((await holder.caller.get('/v1/timers')).status).toBe(403);
  });
});

describe('a win', () => {
  const totals = (who: Caller): Promise<readonly object[]> => bodyOf(who, `/v1/partners/${holder.id}/pipeline`);
  const revenue = async (): Promise<object[]> =>
    (await bodyOf<{ totals: object[] }>(manager, `/v1/partners/${holder.id}/revenue?on=2026-06-30`)).totals;
  const claim = (closedOn: string) => holder.caller.post(`/v1/deals/${held}/outcome`, { outcome: 'won', closedOn });

  it('given it is claimed, then it waits for the vendor and is no revenue; refused, then it is as if never said', async () => {
    expect((await claim('2026-01-05')).status).toBe(200);
    await manager.post('/v1/partners', { legalName: 'Last', country: 'CH' });
    const { items } = await bodyOf<ListBody>(manager, '/v1/reviews');
    expect(items.filter(({ dealId }) => dealId === held)).toMatchObject([{ winPending: true, status: 'approved' }]);
    expect(await revenue()).toEqual([]);

    expect((await manager.post(`/v1/deals/${held}/win/refusal`, { reason: 'No order yet' })).status).toBe(200);
    const after = await bodyOf<ListBody>(manager, '/v1/reviews');
    expect(after.items.filter(({ dealId }) => dealId === held)).toEqual([]);
    expect(await bodyOf<object>(manager, `/v1/deals/${held}`)).toMatchObject({ status: 'approved', closedOn: null });
  });

  it('given it is confirmed, then it counts in pipeline and revenue, and the one in line is superseded', async () => {
    expect((await claim('2026-01-06')).status).toBe(200);
    expect((await manager.post(`/v1/deals/${held}/win/confirmation`)).status).toBe(200);
    const value = { minorUnits: 7_500_000, currency: 'USD' };
    expect(await revenue()).toEqual([value]);
    // Drafts are the partner's own to see.
    expect(await totals(manager)).toEqual([{ stage: 'won', count: 1, value }]);
    expect(await listed(manager, 'status=superseded')).toEqual([queued]);
  });
});

describe('what nobody else may learn from an answer', () => {
  let seller: ActingPartner;
  beforeAll(async () => {
    seller = await enrol(system);
  });

  it('given a claim that gives its place up, then its partner is told of that, also on a repeat, and not who is offered it', async () => {
    const sold = aCustomer();
    const id = await register(seller, { customer: sold });
    await register(await enrol(system), { customer: sold });
    const key = { 'idempotency-key': randomUUID() };
    const body = { reason: 'No budget' };
    const first = await seller.caller.post(`/v1/deals/${id}/withdrawal`, body, key);
    const again = await seller.caller.post(`/v1/deals/${id}/withdrawal`, body, key);
    for (const { body: answer } of [first, again])
      expect((answer as { events: { type: string }[] }).events.map(({ type }) => type)).toEqual(['claim-withdrawn']);
  });

  it('given a decider who is barred, then the vendor’s ETag moves, and the partner’s does not', async () => {
    const id = await register(seller, { customer: aCustomer() });
    const { accountId } = await bodyOf<DealBody>(manager, `/v1/deals/${id}`);
    const biased = await system.as('channel-manager');
    await biased.post('/v1/stakes', { on: 'account', id: accountId, reason: 'A brother works there' });
    const etags = async () => [
      (await seller.caller.get(`/v1/deals/${id}`)).get('etag'),
      (await manager.get(`/v1/deals/${id}`)).get('etag'),
    ];
    const [partners, vendors] = await etags();
    expect((await biased.post(`/v1/deals/${id}/review`)).status).toBe(403);
    expect(await etags()).toEqual([partners, expect.not.stringMatching(`^${vendors ?? ''}$`)]);
  });

  it('given what a draft said before it was filed, then the vendor’s deciders see what was filed alone', async () => {
    const deal = aDeal(await seller.caller.handIn());
    const id = idOf(await seller.caller.post('/v1/deals', { ...deal, businessProblem: 'Between us' }));
    await seller.caller.post(`/v1/deals/${id}/revisions`, { businessProblem: 'Orders are lost' });
    await seller.caller.post(`/v1/deals/${id}/submission?dryRun=true`);
    const filed = await seller.caller.post(`/v1/deals/${id}/submission`);
    const seen = { 'consistency-token': filed.get('consistency-token') ?? '' };
    const tellsOf = async (caller: Caller) => (await caller.get(`/v1/deals/${id}`).set(seen).expect(200)).text;
    expect(await tellsOf(manager)).not.toMatch(/Between us|submission-rehearsed/);
    expect(await tellsOf(manager)).toContain('deal-content-revised');
    expect(await tellsOf(auditor)).toMatch(/Between us.*submission-rehearsed/s);
  });
});

describe('who decides', () => {
  it('given the same person with a token of the partner and one of the vendor, then they decide nothing of what they filed', async () => {
    const subject = randomUUID();
    const { id: partnerId } = await enrol(system);
    const seller = new Caller(system.url, await system.tokenFor('partner-user', { subject, partnerId }));
    const id = idOf(await seller.post('/v1/deals', aDeal(await seller.handIn(), { customer: aCustomer() })));
    expect((await seller.post(`/v1/deals/${id}/submission`)).status).toBe(201);
    const vendor = new Caller(system.url, await system.tokenFor('channel-manager', { subject }));
    expect((await vendor.post(`/v1/deals/${id}/review`)).body).toMatchObject({ code: 'DECIDER_HAS_STAKE' });
    const { timeline } = await bodyOf<DealBody>(manager, `/v1/deals/${id}`);
    expect(timeline.at(-1)).toMatchObject({
      type: 'decision-refused',
      data: { decision: 'pick-up', stakes: [{ on: 'partner', id: partnerId, kind: 'acted' }] },
    });
  });

  it('given a manager recorded among the partner’s people, then they decide nothing of its deals, nor beside them', async () => {
    const subject = randomUUID();
    const [own, other, sold] = [await enrol(system), await enrol(system), aCustomer()];
    await manager.post(`/v1/partners/${own.id}/people`, { personId: subject });
    const first = await register(other, { customer: sold });
    await register(own, { customer: sold });
    const partial = new Caller(system.url, await system.tokenFor('channel-manager', { subject }));
    expect((await partial.post(`/v1/deals/${first}/review`)).body).toMatchObject({ code: 'DECIDER_HAS_STAKE' });
  });
});
