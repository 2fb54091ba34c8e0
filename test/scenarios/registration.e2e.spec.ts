import { randomUUID } from 'node:crypto';

import { addDays, parseInstant } from '@tempore/kernel';

import { type Caller, idOf } from '../harness/caller';
import { aDeal } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { aSale, codeOf, codesOf, expectDone, type Registrant, setStage, type Stage } from './stage';

let system: System;
let stage: Stage;
beforeAll(async () => {
  system = await startSystem({ clock: 'simulated', reactor: true });
  stage = await setStage(system);
});
afterAll(() => system.stop());

/** A reviewer takes a deal on, and approves it. */
const approve = async (dealId: string): Promise<void> => {
  expectDone(await stage.manager.post(`/v1/deals/${dealId}/review`));
  expectDone(await stage.manager.post(`/v1/deals/${dealId}/approval`));
};

const statusOf = async (partner: Registrant, dealId: string): Promise<string> =>
  (await partner.standing(dealId)).status;

interface TimelineBody {
  readonly accountId: string;
  readonly timeline: readonly {
    readonly type: string;
    readonly recordedAt: string;
    readonly sequence: string | null;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
}

const detailOf = async (caller: Caller, dealId: string): Promise<TimelineBody> =>
  (await caller.get(`/v1/deals/${dealId}`).expect(200)).body as TimelineBody;

it('1 · same millisecond: two partners file one new customer through two API processes; the first append holds', async () => {
  await stage.nextMonday();
  const other = await system.anotherApi();
  const [a, b] = [await stage.partner(), await stage.partner()];
  const sale = aSale();
  const drafts = [
    [a.caller, await a.draft(aDeal(await a.document(), sale))],
    [b.caller.at(other), await b.draft(aDeal(await b.document(), sale))],
  ] as const;
  const answers = await Promise.all(drafts.map(([caller, id]) => caller.post(`/v1/deals/${id}/submission`)));

  const receipts = answers.map(({ body }) => (body as { receipt: { place: string; filedAt: string } }).receipt);
  expect(receipts.map(({ place }) => place).toSorted()).toEqual(['held', 'queued']);
  expect(new Set(receipts.map(({ filedAt }) => filedAt))).toEqual(new Set([stage.now()]));
  const shown = await Promise.all(
    drafts.map(async ([, id], index) => {
      const request = stage.auditor.get(`/v1/deals/${id}`);
      return (await request.set('consistency-token', answers[index]?.get('consistency-token') ?? '').expect(200))
        .body as TimelineBody;
    }),
  );
  expect(new Set(shown.map(({ accountId }) => accountId)).size).toBe(1);
  const filings = shown.map(({ timeline }) => timeline.find(({ type }) => type === 'claim-filed'));
  expect(new Set(filings.map((filing) => filing?.recordedAt)).size).toBe(1);
  const [first, second] = filings.map((filing) => filing?.sequence);
  expect(first).toMatch(/^\d{20}$/);
  expect(second).toMatch(/^\d{20}$/);
  expect(first).not.toBe(second);
  const queued = drafts[receipts.findIndex(({ place }) => place === 'queued')];
  expect(
    (await detailOf(queued?.[0] ?? a.caller, queued?.[1] ?? '')).timeline.every(({ sequence }) => sequence === null),
  ).toBe(true);
});

it('2 · early but incomplete: who completes after a rival filed is queued as of then', async () => {
  await stage.nextMonday();
  const [a, b] = [await stage.partner(), await stage.partner()];
  const sale = aSale();
  const early = await a.draft(aDeal(await a.document(), { ...sale, contacts: [] }));
  const refused = await a.submit(early);
  expect([refused.status, codeOf(refused)]).toEqual([409, 'DEAL_INCOMPLETE']);
  await stage.wait({ hours: 1 });
  const theirs = await b.register(sale);
  await stage.wait({ hours: 1 });
  expectDone(
    await a.caller.post(`/v1/deals/${early}/revisions`, { contacts: [{ name: 'Ada', consentedOn: '2026-01-02' }] }),
  );
  const filed = expectDone(await a.submit(early));
  expect(filed.body).toMatchObject({ receipt: { place: 'queued', filedAt: stage.now() } });
  expect(await statusOf(b, theirs)).toBe('submitted');
});

describe('3 · asked for more', () => {
  const asked = async () => {
    const monday = await stage.nextMonday();
    const [a, b] = [await stage.partner(), await stage.partner()];
    const sale = aSale();
    const first = await a.register(sale);
    await stage.wait({ hours: 3 });
    expectDone(await stage.manager.post(`/v1/deals/${first}/review`));
    const question = { code: 'VALUE_UNCLEAR', text: 'How is the value made up?' };
    expectDone(await stage.manager.post(`/v1/deals/${first}/question`, question));
    await stage.wait({ hours: 1 });
    const second = await b.register(sale);
    return { a, b, first, second, monday };
  };

  it('an answer in time keeps the place', async () => {
    const { a, b, first, second } = await asked();
    await stage.wait({ hours: 1 });
    expectDone(await a.post(first, 'answer', { businessProblem: 'Two thirds hardware, one third service' }));
    expect(await statusOf(a, first)).toBe('in-review');
    expect(await statusOf(b, second)).toBe('queued');
  });

  it('silence lapses, and when nobody contests the place is offered on, with the rank of the filing', async () => {
    const { a, b, first, second, monday } = await asked();
    await stage.wait(addDays(monday, 7 + 3 / 24));
    expect(await a.standing(first)).toMatchObject({ status: 'lapsed', next: 'partner-may-contest' });
    expect(await statusOf(b, second)).toBe('queued');
    await stage.wait({ days: 2 });
    expect(await b.standing(second)).toMatchObject({ status: 'offered', next: 'partner-reconfirms' });
    const { timeline } = await detailOf(b.caller, second);
    expect(timeline.find(({ type }) => type === 'claim-filed')?.recordedAt).toBe(addDays(monday, 4 / 24));
  });
});

it('4 · bait and switch: while action is required the customer may not change', async () => {
  await stage.nextMonday();
  const a = await stage.partner();
  const id = await a.register(aSale());
  expectDone(await stage.manager.post(`/v1/deals/${id}/review`));
  expectDone(await stage.manager.post(`/v1/deals/${id}/question`, { code: 'SCOPE_UNCLEAR', text: 'What is in it?' }));
  const switched = await a.post(id, 'answer', { customer: { legalName: 'Somebody Else AG' } });
  expect([switched.status, switched.body]).toEqual([
    409,
    expect.objectContaining({ code: 'FIELD_NOT_AMENDABLE', facts: { fields: ['customer.legalName'] } }),
  ]);
  expect(await statusOf(a, id)).toBe('action-required');
});

it('9 · tender: who files after its publication is refused, who was protected before keeps it', async () => {
  await stage.nextMonday();
  const [a, c] = [await stage.partner(), await stage.partner()];
  const sale = aSale();
  const theirs = await c.register(sale);
  await approve(theirs);
  const { accountId } = await detailOf(stage.manager, theirs);
  await stage.wait({ days: 9 });
  const tender = { reference: randomUUID(), publishedAt: stage.now(), reason: 'Published in the official journal' };
  expectDone(await stage.manager.post(`/v1/accounts/${accountId}/lines/${sale.productLine}/tenders`, tender));
  await stage.wait({ days: 2 });
  const refused = await a.submit(await a.draft(aDeal(await a.document(), sale)));
  expect([refused.status, codesOf(refused)]).toEqual([409, ['TENDER_PUBLISHED']]);
  expect(await statusOf(c, theirs)).toBe('approved');
});

describe('11 · "we were already talking"', () => {
  /** The direct team opens its opportunity, before anybody files. */
  const opened = async () => {
    const monday = await stage.nextMonday();
    const sale = aSale();
    const { customer, productLine } = sale;
    const opening = { legalName: customer.legalName, country: 'CH', domains: [customer.domain] };
    const accountId = idOf(expectDone(await stage.manager.post('/v1/accounts', opening)));
    const path = `/v1/accounts/${accountId}/lines/${productLine}/direct-opportunities`;
    const answer = expectDone(await stage.direct.post(path, { reason: 'Asked for an offer' }));
    const { factId } = answer.body as { factId: string };
    const call = async (happenedAt: string, evidence: readonly string[]) =>
      expectDone(
        await stage.direct.post(`${path}/${factId}/touches`, {
          kind: 'call',
          direction: 'two-way',
          happenedAt,
          counterpart: { name: 'Ada Lovelace' },
          evidence,
        }),
      );
    return { monday, sale, call };
  };

  it('a call recorded after the filing blocks nobody, whatever day it names', async () => {
    const { monday, sale, call } = await opened();
    await stage.wait({ days: 8 });
    const a = await stage.partner();
    const id = await a.register(sale);
    await stage.wait({ days: 10 });
    await call(monday, []);
    expect(await statusOf(a, id)).toBe('submitted');
  });

  it('a two-way call with evidence, recorded before, is an active pipeline', async () => {
    const { monday, sale, call } = await opened();
    await call(monday, [await stage.direct.handIn()]);
    await stage.wait({ days: 8 });
    const a = await stage.partner();
    const refused = await a.submit(await a.draft(aDeal(await a.document(), sale)));
    expect(codesOf(refused)).toEqual(['ACTIVE_DIRECT_PIPELINE']);
  });
});

it('24 · queue: who does not reconfirm lapses, who does goes to review', async () => {
  await stage.nextMonday();
  const [holder, first, second] = [await stage.partner(), await stage.partner(), await stage.partner()];
  const sale = aSale();
  const held = await holder.register(sale);
  await approve(held);
  await stage.wait({ days: 30 });
  const [next, afterNext] = [await first.register(sale), await second.register(sale)];
  await stage.wait({ days: 60 });
  expect(await statusOf(holder, held)).toBe('expired');
  expect(await statusOf(first, next)).toBe('offered');
  expect(await statusOf(second, afterNext)).toBe('queued');
  // Five business days to reconfirm, two to contest the lapse.
  await stage.wait({ days: 11 });
  expect(await statusOf(first, next)).toBe('lapsed');
  expect(await statusOf(second, afterNext)).toBe('offered');
  expectDone(await second.post(afterNext, 'reconfirmation'));
  expect(await second.standing(afterNext)).toMatchObject({ status: 'submitted', next: 'vendor-reviews' });
});

it('25 · second sale: after a win the same partner registers an upsell in a new round', async () => {
  await stage.nextMonday();
  const a = await stage.partner();
  const sale = aSale();
  const won = await a.register(sale);
  await approve(won);
  await stage.wait({ days: 20 });
  expectDone(await a.post(won, 'outcome', { outcome: 'won', closedOn: stage.now().slice(0, 10) }));
  expectDone(await stage.manager.post(`/v1/deals/${won}/win/confirmation`));
  expect(await statusOf(a, won)).toBe('won');
  const upsell = await a.register({ ...sale, type: 'upsell' });
  expect(await statusOf(a, upsell)).toBe('submitted');
  const filings = await Promise.all(
    [won, upsell].map(async (id) =>
      (await detailOf(stage.auditor, id)).timeline.find(({ type }) => type === 'claim-filed'),
    ),
  );
  expect(filings.map((filing) => filing?.data['round'])).toEqual([1, 2]);
});

it('reminders: 30, 14, 7 and 1 days before the end of its protection a partner is told, at that instant', async () => {
  await stage.nextMonday();
  const a = await stage.partner();
  const id = await a.register(aSale());
  await approve(id);
  const { until } = await a.standing(id);
  await stage.wait({ days: 91 });
  const inbox = await a.caller.get('/v1/inbox?limit=50').expect(200);
  interface Item {
    readonly template: string;
    readonly body: string;
    readonly givenAt: string;
    readonly parameters: { readonly daysLeft?: string };
  }
  const { items } = inbox.body as { items: readonly Item[] };
  const reminders = items.filter(({ template }) => template === 'protection-ending');
  expect(reminders.map(({ parameters: { daysLeft }, givenAt }) => [daysLeft, givenAt]).reverse()).toEqual(
    [30, 14, 7, 1].map((days) => [days.toString(), addDays(parseInstant(until ?? ''), -days)]),
  );
  expect(items.map(({ body }) => body)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(`^The protection of “Gateway” for “.+” \\(deal ${id}\\) ends at `),
      expect.stringMatching(`^The registration of “Gateway” for “.+” \\(deal ${id}\\) was approved\\.`),
    ]) as object,
  );
  const seen = (await stage.manager.get('/v1/inbox?limit=100').expect(200)).body as { items: readonly Item[] };
  expect(seen.items.map(({ body }) => body)).toContainEqual(
    expect.stringMatching(
      `^The registration of “Gateway” for “.+” by “Partner .*” \\(deal ${id}\\) waits to be reviewed\\.`,
    ),
  );
});

it('22 · erasure: a contact is forgotten; the file shows an erased person, and every hash still checks', async () => {
  await stage.nextMonday();
  const a = await stage.partner();
  const id = await a.register(aSale());
  interface Body {
    readonly registration: {
      readonly contentHash: string;
      readonly contacts: readonly {
        readonly personId: string;
        readonly name: string | null;
        readonly erased: boolean;
      }[];
    };
  }
  const read = async () => ((await a.caller.get(`/v1/deals/${id}`).expect(200)).body as Body).registration;
  const before = await read();
  const [contact] = before.contacts;
  expect(contact).toMatchObject({ name: 'Ada Lovelace', erased: false });
  const admin = await system.as('admin');
  const held = { reason: 'Lawsuit 17/2026', until: addDays(stage.now(), 30) };
  const personId = contact?.personId ?? '';
  const arbiter = await system.as('arbiter');
  expectDone(await arbiter.post(`/v1/people/${personId}/legal-holds`, held));
  expectDone(await admin.post(`/v1/people/${personId}/erasure`, { reason: 'Asked for by mail' }));
  expect((await read()).contacts[0]).toMatchObject({ name: 'Ada Lovelace', erased: false });
  await stage.wait({ days: 31 });
  const after = await read();
  expect(after.contacts[0]).toMatchObject({ personId, name: null, erased: true });
  expect(after.contentHash).toBe(before.contentHash);
});
