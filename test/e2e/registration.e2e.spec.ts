import { randomUUID } from 'node:crypto';

import { account, domainKey, openingOf } from '@tempore/accounts';
import { contentToFile, deal, submissionOf } from '@tempore/deals';
import { docket, docketId } from '@tempore/dockets';
import { nameKey } from '@tempore/kernel';
import { listOpenRegistrations } from '@tempore/read-models';
import { aDocketContext, aStanding } from '@tempore/testing';

import { aCustomer, aDeal, enrol } from '../harness/registrations';
import { type Caller, idOf } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
let manager: Caller;
beforeAll(async () => {
  system = await startSystem({ reactor: true });
  manager = await system.as('channel-manager');
});
afterAll(() => system.stop());

const aPartner = async (tier = 'bronze') => {
  const { id, caller } = await enrol(system, { tier });
  return { id, caller, documentId: await caller.handIn() };
};

describe('a registration', () => {
  it('given a complete deal, when it is drafted and submitted, then it holds its place and the receipt says so', async () => {
    const { caller, documentId } = await aPartner();
    const drafted = await caller.post('/v1/deals', aDeal(documentId));
    expect([drafted.status, drafted.body]).toEqual([201, expect.objectContaining({ standing: null })]);
    const submitted = await caller.post(`/v1/deals/${idOf(drafted)}/submission`);
    expect([submitted.status, submitted.body]).toEqual([
      201,
      expect.objectContaining({
        receipt: expect.objectContaining({ place: 'held', policyVersion: 1, number: null }) as object,
        standing: expect.objectContaining({ status: 'submitted', next: 'vendor-reviews', turn: 'vendor' }) as object,
      }),
    ]);
  });

  it('given a refused submission, when its draft is given another customer and sent again under the same key, then it is filed for that one', async () => {
    const { caller, documentId } = await aPartner();
    const tooSmall = { value: { oneTime: { minorUnits: 100, currency: 'USD' } } };
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, tooSmall)));
    const key = { 'idempotency-key': randomUUID() };
    expect((await caller.post(`/v1/deals/${id}/submission`, {}, key)).status).toBe(409);
    const { customer, value } = aDeal(documentId);
    await caller.post(`/v1/deals/${id}/revisions`, { customer, value });

    expect((await caller.post(`/v1/deals/${id}/submission`, {}, key)).status).toBe(201);
    const { state } = await system.stores.runner.read(deal, id);
    const named = await manager.get(`/v1/accounts/known?domain=${customer.domain}`);
    expect(named.body).toEqual({ accountId: 'accountId' in state ? state.accountId : undefined });
  });

  it('given a draft with next to nothing, when it is submitted, then every missing field is named', async () => {
    const { caller } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', { productLine: 'Gateway' }));
    const answer = await caller.post(`/v1/deals/${id}/submission`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'DEAL_INCOMPLETE' });
    expect((answer.body as { facts: { missing: string[] } }).facts.missing).toEqual([
      'customer.legalName',
      'customer.country',
      'customer.domain or customer.registryNumber',
      'contacts (somebody named, with a lawful basis)',
      'type',
      'value.oneTime or value.annualRecurring',
      'estimatedClose',
      'businessProblem',
      'firstTouch.kind',
      'firstTouch.at',
      'firstTouch.counterpart',
    ]);
  });

  it.each([
    ['customer', null],
    ['customer', []],
    ['contacts', null],
    ['contacts', [[]]],
    ['contacts.0.email', null],
    ['contacts.0.email', 'ada@[\u0000]'],
    ['contacts.0.phone', null],
    ['contacts.0.position', null],
    ['contacts.0.name', ' '],
    ['firstTouch.counterpart.name', '\u200b'],
    ['value', []],
    ['value.oneTime', []],
    ['firstTouch', []],
    ['firstTouch.counterpart', []],
    ['evidence', null],
    ['estimatedClose', '0000-01-01'],
  ])('given a draft whose %s is %j, then the field is named', async (field, value) => {
    const { caller, documentId } = await aPartner();
    const names = field.split('.');
    const last = names.pop() ?? '';
    const content = aDeal(documentId);
    const owner = names.reduce<Record<string, unknown>>((part, name) => part[name] as Record<string, unknown>, content);
    owner[last] = value;
    const answer = await caller.post('/v1/deals', content);
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code: 'VALIDATION_FAILED' })]);
    expect(answer.text).toContain(`"field":"${field}`);
  });

  it.each([
    ['touches', { kind: 'call', direction: 'inbound', happenedAt: '2026-01-02T10:00:00Z', evidence: null }],
    ['outcome', { outcome: 'won', closedOn: '2026-01-02', evidence: null }],
  ])('given %s with null for evidence, then the field is named', async (act, body) => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    const answer = await caller.post(`/v1/deals/${id}/${act}`, body);
    expect(answer.status).toBe(400);
    expect((answer.body as { errors: { field: string }[] }).errors[0]?.field).toBe('evidence');
  });

  it('given a form with two lines, when it is sent twice under one key, then each line filed once', async () => {
    const { caller, documentId } = await aPartner();
    const { customer, contacts, estimatedClose, businessProblem, firstTouch, type, value } = aDeal(documentId);
    const form = {
      customer,
      contacts,
      estimatedClose,
      businessProblem,
      firstTouch,
      lines: [
        { productLine: 'Gateway', type, value },
        { productLine: 'Sensor', type, value: { oneTime: { minorUnits: 100, currency: 'USD' } } },
      ],
    };
    const key = { 'idempotency-key': randomUUID() };
    const first = await caller.post('/v1/registrations', form, key);
    expect(first.body).toMatchObject({
      registrations: [
        { productLine: 'Gateway', receipt: { place: 'held' }, problem: null },
        { productLine: 'Sensor', receipt: null, problem: { code: 'FILING_NOT_VALID' } },
      ],
    });
    const again = await caller.post('/v1/registrations', form, key);
    const filed = ({ body }: typeof first) =>
      (body as { registrations: { dealId: string; receipt: unknown; problem: unknown }[] }).registrations.map(
        ({ dealId, receipt, problem }) => ({ dealId, receipt, problem }),
      );
    expect(filed(again)).toEqual(filed(first));
    const [gateway] = form.lines;
    for (const lines of [[gateway], [...form.lines, { ...gateway, productLine: 'Cloud' }]])
      expect((await caller.post('/v1/registrations', { ...form, lines }, key)).body).toMatchObject({
        status: 409,
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
  });

  it('given a rehearsal, then it tells what submitting would, holds nothing, and is kept', async () => {
    const { caller, documentId } = await aPartner();
    const customer = aCustomer();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { customer })));
    const rehearsed = await caller.post(`/v1/deals/${id}/submission?dryRun=true`);
    expect([rehearsed.status, rehearsed.body]).toEqual([
      200,
      expect.objectContaining({
        outcome: 'held',
        problem: null,
        events: [expect.objectContaining({ type: 'submission-rehearsed' })],
      }),
    ]);
    const rival = await aPartner();
    const theirs = idOf(await rival.caller.post('/v1/deals', aDeal(rival.documentId, { customer })));
    expect((await rival.caller.post(`/v1/deals/${theirs}/submission`)).body).toMatchObject({
      receipt: { place: 'held' },
    });
    expect((await caller.post(`/v1/deals/${id}/submission?dryRun=true`)).body).toMatchObject({ outcome: 'queued' });
  });

  it('given a small deal of a silver partner, when it is submitted, then a rule approves it at once', async () => {
    const { caller, documentId } = await aPartner('silver');
    const value = { oneTime: { minorUnits: 2_000_000, currency: 'USD' } };
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { value })));
    expect((await caller.post(`/v1/deals/${id}/submission`)).body).toMatchObject({ standing: { status: 'approved' } });
  });

  it('given a claim in review, then question, answer, approval, stage and a confirmed win follow one another', async () => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    await caller.post(`/v1/deals/${id}/submission`);
    const act = async (who: Caller, path: string, body: object = {}): Promise<unknown[]> => {
      const { status, body: answer } = (await who.post(`/v1/deals/${id}/${path}`, body)) as {
        status: number;
        body: { standing?: { status: string } };
      };
      return [status, answer.standing?.status ?? answer];
    };
    expect(await act(manager, 'review')).toEqual([200, 'in-review']);
    expect(await act(manager, 'question', { code: 'VALUE_UNCLEAR', text: 'How is it made up?' })).toEqual([
      200,
      'action-required',
    ]);
    expect(await act(caller, 'answer', { businessProblem: 'Half hardware, half service' })).toEqual([200, 'in-review']);
    expect(await act(manager, 'approval')).toEqual([200, 'approved']);
    expect(await act(caller, 'stage', { stage: 'proposing' })).toEqual([200, 'approved']);
    expect(
      await act(caller, 'amendments', { value: { oneTime: { minorUnits: 20_000_000, currency: 'USD' } } }),
    ).toEqual([200, 'approved']);
    expect(await act(manager, 'amendment/approval')).toEqual([200, 'approved']);
    expect(await act(caller, 'outcome', { outcome: 'won', closedOn: '2026-01-05' })).toEqual([200, 'approved']);
    expect(await act(manager, 'win/confirmation')).toEqual([200, 'won']);
    expect(await act(caller, 'stage', { stage: 'contracting' })).toEqual([
      409,
      expect.objectContaining({ code: 'DEAL_ENDED' }),
    ]);
  });
});

describe('a registration that somebody else looks at', () => {
  it('given a rival in line, then nobody learns of the other, and a foreign deal is not there', async () => {
    const [a, b] = [await aPartner(), await aPartner()];
    const customer = aCustomer();
    const [theirs, ours] = [
      idOf(await a.caller.post('/v1/deals', aDeal(a.documentId, { customer }))),
      idOf(await b.caller.post('/v1/deals', aDeal(b.documentId, { customer }))),
    ];
    await a.caller.post(`/v1/deals/${theirs}/submission`);
    const etag = (await a.caller.get(`/v1/deals/${theirs}`).expect(200)).get('etag') ?? '';
    const queued = await b.caller.post(`/v1/deals/${ours}/submission`);
    expect(queued.body).toMatchObject({ receipt: { place: 'queued' }, standing: { next: 'partner-waits-in-line' } });

    const seen = await b.caller.get(`/v1/deals/${ours}`).expect(200);
    expect(JSON.stringify([queued.body, seen.body])).not.toContain(theirs);
    expect(JSON.stringify([queued.body, seen.body])).not.toContain(a.id);
    expect((await a.caller.get(`/v1/deals/${theirs}`).expect(200)).get('etag')).toBe(etag);
    const { docketId: onDocket } = seen.body as { docketId: string };
    expect((await b.caller.get(`/v1/dockets/${onDocket}`).expect(200)).body).toMatchObject({
      claims: [{ dealId: ours }],
      opportunities: null,
    });
    await (await aPartner()).caller.get(`/v1/dockets/${onDocket}`).expect(404);
    await b.caller.get(`/v1/deals/${theirs}`).expect(404);
    for (const act of ['touches', 'withdrawal', 'outcome', 'answer'])
      expect((await b.caller.post(`/v1/deals/${theirs}/${act}`, bodyOf(act))).status).toBe(404);
  });

  it('given a draft, then its partner and auditors see it, and nobody else', async () => {
    const { id: partnerId, caller, documentId } = await aPartner();
    const drafted = await caller.post('/v1/deals', aDeal(documentId));
    const id = idOf(drafted);
    const at = { 'consistency-token': drafted.get('consistency-token') ?? '' };
    await caller.get(`/v1/deals/${id}`).expect(200);
    const auditor = await system.as('auditor');
    await auditor.get(`/v1/deals/${id}`).set(at).expect(200);
    await manager.get(`/v1/deals/${id}`).set(at).expect(404);
    const listed = async (who: Caller) =>
      ((await who.get(`/v1/deals?partnerId=${partnerId}`).set(at).expect(200)).body as { items: unknown[] }).items
        .length;
    expect([await listed(caller), await listed(auditor), await listed(manager)]).toEqual([1, 1, 0]);
    expect((await manager.post(`/v1/deals/${id}/review`)).status).toBe(404);
  });

  it('given two colleagues say something else of a draft at the same moment, then both stand', async () => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    const said = [{ ownReference: 'NW-1' }, { projectReference: 'P-7' }, { site: 'Bern' }];
    const answers = await Promise.all(said.map((change) => caller.post(`/v1/deals/${id}/revisions`, change)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { events } = await system.stores.eventStore.load(`deal-${id}`);
    expect(events.at(-1)?.data).toMatchObject({ content: Object.assign({}, ...said) as object });
  });

  it('given the ETag of an earlier look, when the deal has moved since, then a change is refused', async () => {
    const { caller, documentId } = await aPartner();
    const drafted = await caller.post('/v1/deals', aDeal(documentId));
    const id = idOf(drafted);
    const stale = { 'if-match': drafted.get('etag') ?? '' };
    const revised = await caller.post(`/v1/deals/${id}/revisions`, { ownReference: 'NW-1' }, stale);
    expect(revised.status).toBe(200);
    const late = await caller.post(`/v1/deals/${id}/revisions`, { ownReference: 'NW-2' }, stale);
    expect([late.status, late.body]).toEqual([412, expect.objectContaining({ code: 'CHANGED_MEANWHILE' })]);
    const current = { 'if-match': revised.get('etag') ?? '' };
    expect((await caller.post(`/v1/deals/${id}/submission`, {}, stale)).status).toBe(412);
    expect((await caller.post(`/v1/deals/${id}/submission`, {}, current)).status).toBe(201);
  });
});

const bodyOf = (act: string): object =>
  ({
    touches: { kind: 'call', direction: 'two-way', happenedAt: '2026-01-02T10:00:00Z' },
    withdrawal: { reason: 'Wrong line' },
    outcome: { outcome: 'lost', closedOn: '2026-01-05', reason: 'Cheaper' },
  })[act] ?? {};

it('given a reviewer with a stake in the customer, when they decide, then they are refused each time, and it is kept', async () => {
  const { caller, documentId } = await aPartner();
  const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
  await caller.post(`/v1/deals/${id}/submission`);
  const { accountId } = (await manager.get(`/v1/deals/${id}`)).body as { accountId: string };
  const biased = await system.as('channel-manager');
  await biased.post('/v1/stakes', { on: 'account', id: accountId, reason: 'A brother works there' });
  const key = { 'idempotency-key': randomUUID() };
  for (const headers of [key, key, {}])
    expect((await biased.post(`/v1/deals/${id}/review`, {}, headers)).body).toMatchObject({
      status: 403,
      code: 'DECIDER_HAS_STAKE',
    });
  expect((await manager.post(`/v1/deals/${id}/review`)).status).toBe(200);
  const { timeline } = (await manager.get(`/v1/deals/${id}`)).body as { timeline: { type: string }[] };
  expect(timeline.filter(({ type }) => type === 'decision-refused')).toHaveLength(1);
});

it('given a holder, when a rival spells line and site otherwise, then it is the same sale, and taken', async () => {
  const [a, b] = [await aPartner(), await aPartner()];
  const customer = aCustomer();
  const register = async ({ caller, documentId }: typeof a, productLine: string, site: string) => {
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { customer, productLine, site })));
    return (await caller.post(`/v1/deals/${id}/submission`)).body as { receipt: { place: string } };
  };
  expect(await register(a, 'Gateway', 'Plant Basel')).toMatchObject({ receipt: { place: 'held' } });
  const asked = { customer: { domain: customer.domain }, productLine: 'gateway ', site: 'PLANT BASEL' };
  expect((await b.caller.post('/v1/availability-checks', asked)).body).toMatchObject({ availability: 'taken' });
  expect(await register(b, 'G\u0430teway', 'plant b\u0430sel')).toMatchObject({ receipt: { place: 'queued' } });
});

it('given a number of one customer and a domain of another, then the number’s takes the filing, a person looks, and the partner is told neither', async () => {
  const [a, b, c] = [await aPartner('silver'), await aPartner('silver'), await aPartner('silver')];
  const small = { value: { oneTime: { minorUnits: 2_000_000, currency: 'USD' } } };
  const register = async ({ caller, documentId }: typeof a, customer: object, query = '') => {
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId, { customer, ...small })));
    const answer = await caller.post(`/v1/deals/${id}/submission${query}`);
    return { id, body: answer.body as object };
  };
  const registryNumber = `CHE-${Date.now()}`;
  const numbered = { ...aCustomer(), domain: null, registryNumber };
  const named = aCustomer();
  // Both are approved at once by the rule, on lines of their own.
  await register(a, numbered);
  const byDomain = await register(b, named);
  const both = { ...named, registryNumber };
  expect((await register(c, both, '?dryRun=true')).body).toMatchObject({ outcome: 'queued', problem: null });
  const asked = { customer: { country: 'CH', domain: named.domain, registryNumber }, productLine: 'Gateway' };
  expect((await c.caller.post('/v1/availability-checks', asked)).body).toMatchObject({ availability: 'taken' });
  const { id, body } = await register(c, both);
  expect(body).toMatchObject({ receipt: { place: 'queued' } });
  const other = aDeal(c.documentId, { customer: both, productLine: 'Sensor', ...small });
  const sensor = idOf(await c.caller.post('/v1/deals', other));
  expect((await c.caller.post(`/v1/deals/${sensor}/submission`)).body).toMatchObject({
    standing: { status: 'submitted', next: 'vendor-reviews' },
  });

  await until('the pair is among the possible conflicts', async () => {
    const [mine, theirs] = await Promise.all(
      [id, byDomain.id].map(async (deal) => ((await manager.get(`/v1/deals/${deal}`)).body as Filed).accountId),
    );
    expect(mine).not.toBe(theirs);
    const conflicts = await manager.get(`/v1/accounts/${mine ?? ''}/possible-conflicts`);
    return (conflicts.body as { items: { score: number; accounts: { id: string }[] }[] }).items.some(
      ({ score, accounts }) => score === 1 && accounts.some((account) => account.id === theirs),
    );
  });
});

interface Filed {
  readonly accountId: string;
}

describe('an availability check', () => {
  const check = async (caller: Caller, customer: object, headers = {}) => {
    const answer = await caller.post('/v1/availability-checks', { customer, productLine: 'Gateway' }, headers);
    expect(answer.status).toBe(200);
    return answer;
  };
  const answerOf = async (...asked: Parameters<typeof check>) =>
    ((await check(...asked)).body as { availability: string }).availability;

  it('given a customer, then it is free until somebody holds it, and tells nobody who does', async () => {
    const [a, b] = [await aPartner(), await aPartner()];
    const customer = aCustomer();
    const { domain } = customer;
    const key = { 'idempotency-key': randomUUID() };
    expect(await answerOf(b.caller, { domain }, key)).toBe('free');
    const dealId = idOf(await a.caller.post('/v1/deals', aDeal(a.documentId, { customer })));
    expect(await answerOf(b.caller, { domain })).toBe('free');
    await a.caller.post(`/v1/deals/${dealId}/submission`);
    const taken = await check(b.caller, { domain });
    expect(taken.body).toMatchObject({ availability: 'taken', events: [{ type: 'availability-checked' }] });
    expect(JSON.stringify(taken.body)).not.toContain(a.id);
    const ours = idOf(await b.caller.post('/v1/deals', aDeal(b.documentId, { customer })));
    await b.caller.post(`/v1/deals/${ours}/submission`);
    expect(await answerOf(b.caller, { domain })).toBe('queued');
    expect(await answerOf(b.caller, { domain }, key)).toBe('free');
  });

  it('given too many checks in a minute, then the next one of the organisation is refused, and commands go on', async () => {
    const { id, caller } = await aPartner();
    const colleague = await system.as('partner-admin', id);
    const asked = [];
    const limit = system.settings.perMinute['availability checks'];
    for (let count = 0; count <= limit; count++)
      asked.push(
        await (count % 2 === 0 ? caller : colleague).post('/v1/availability-checks', {
          customer: { domain: 'contoso.ch' },
          productLine: 'Gateway',
        }),
      );
    expect(asked.slice(0, -1).every(({ status }) => status === 200)).toBe(true);
    expect(asked.map((answer) => Number(answer.get('ratelimit-remaining')))).toEqual([
      ...Array.from({ length: limit }, (_, index) => limit - 1 - index),
      0,
    ]);
    const last = asked.at(-1);
    expect([last?.status, last?.body]).toEqual([429, expect.objectContaining({ code: 'RATE_LIMITED' })]);
    expect(Number(last?.get('retry-after'))).toBeGreaterThan(0);
    const drafted = await caller.post('/v1/deals', {});
    expect(drafted.status).toBe(201);
    // A rehearsal would tell the same.
    expect((await caller.post(`/v1/deals/${idOf(drafted)}/submission?dryRun=true`)).status).toBe(429);
    expect((await caller.post(`/v1/deals/${idOf(drafted)}/submission`)).body).toMatchObject({
      code: 'DEAL_INCOMPLETE',
    });
  });

  it.each(['productLine', 'site'])('given a blank %s, then the field is named', async (field) => {
    const { caller } = await aPartner();
    const asked = { customer: { domain: 'contoso.ch' }, productLine: 'Gateway', [field]: ' ' };
    expect((await caller.post('/v1/availability-checks', asked)).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field }],
    });
  });

  it('given no key of a customer, then the field is named', async () => {
    const { caller } = await aPartner();
    const answer = await caller.post('/v1/availability-checks', { customer: {}, productLine: 'Gateway' });
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'customer' })] }),
    ]);
  });
});

it('given a filing whose process died before the deal knew of it, then the reactor goes on with it', async () => {
  const { runner } = system.stores;
  const { id: partnerId, caller, documentId } = await aPartner();
  const content = aDeal(documentId);
  const id = idOf(await caller.post('/v1/deals', content));
  const accountId = randomUUID();
  const commandId = randomUUID();
  const now = system.clock.now();
  const meta = { commandId, requestHash: '', actor: randomUUID(), now, correlationId: commandId };
  const { legalName, country, domain } = content.customer;
  const opening = openingOf({ legalName, country, keys: [domainKey(domain)], source: null });
  await runner.run(account, accountId, { type: 'OpenAccount', data: opening }, meta, {});
  const { state } = await runner.read(deal, id);
  const { productLine, site, dealType, estimatedClose, documented, amounts } = submissionOf(state, new Set());
  const said = { productLine, site, dealType, estimatedClose, documented, amounts, content: contentToFile(state) };
  const data = { dealId: id, accountId, ...said, form: null, elsewhere: null };
  const partner = { ...aStanding('northwind'), partnerId, group: partnerId };
  const filing = { type: 'FileClaim', data } as const;
  await runner.run(docket, docketId(accountId, nameKey(productLine)), filing, meta, aDocketContext({ partner }));

  await until('the deal knows of its filing', async () => (await runner.read(deal, id)).state.status === 'filed');
  await until('nothing is left to do', async () => {
    const open = await listOpenRegistrations(system.stores.database, '9999-01-01T00:00:00.000Z', 100);
    return !open.some(({ dealId }) => dealId === id);
  });
});
