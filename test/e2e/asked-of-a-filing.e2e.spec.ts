import { addDays } from '@tempore/kernel';

import { aDeal } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { aSale, codeOf, expectDone, type Registrant, setStage, type Stage } from '../scenarios/stage';

let system: System;
let stage: Stage;
beforeAll(async () => {
  system = await startSystem({ clock: 'simulated', reactor: true });
  stage = await setStage(system);
});
afterAll(() => system.stop());

const detailOf = async ({ caller }: Registrant, dealId: string) =>
  (await caller.get(`/v1/deals/${dealId}`).expect(200)).body as {
    registration: {
      content: Record<string, unknown>;
      contacts: { basis: string | null; consentedOn: string | null }[];
      standing: Record<string, unknown>;
    };
    timeline: { type: string; actor: string | null; data: Record<string, unknown> }[];
  };

const inboxOf = async ({ caller }: Registrant) =>
  (
    (await caller.get('/v1/inbox').expect(200)).body as {
      items: { template: string; body: string; subject: string }[];
    }
  ).items;

const workOf = async ({ caller }: Registrant) =>
  ((await caller.get('/v1/work').expect(200)).body as { items: { kind: string; subject: string; until: string }[] })
    .items;

describe('the lawful basis and the purchaser', () => {
  it.each(['legitimate-interest', 'contract'])(
    'given a contact by %s and a purchaser, when the deal is submitted, then it holds its place and shows both',
    async (basis) => {
      const partner = await stage.partner();
      const purchaser = { legalName: 'Fabrikam Leasing GmbH', country: 'DE' };
      const dealId = await partner.register({ ...aSale(), purchaser, contacts: [{ name: 'Ada Lovelace', basis }] });
      const { registration } = await detailOf(partner, dealId);
      expect(registration.contacts).toMatchObject([{ name: 'Ada Lovelace', basis, consentedOn: null }]);
      expect(registration.content).toMatchObject({ purchaser });
    },
  );

  it('given a contact by consent without its day, when the deal is submitted, then what is missing is named', async () => {
    const partner = await stage.partner();
    const dealId = await partner.draft({ ...aSale(), contacts: [{ name: 'Ada Lovelace', basis: 'consent' }] });
    const refused = await partner.submit(dealId);
    expect((refused.body as { facts: { missing: string[] } }).facts.missing).toContain(
      'contacts (somebody named, with a lawful basis)',
    );
  });
});

describe('what shows the first touch', () => {
  const touch = { kind: 'meeting', at: '2026-01-02T10:00:00Z', counterpart: { name: 'Ada Lovelace' } };
  const worth = (units: number) => ({ oneTime: { minorUnits: units * 100, currency: 'USD' } });
  const without = { firstTouch: touch, value: worth(75_000) };

  it('given a small deal, when it is filed without, then it holds, is told by when it is due, and hands it in with one call', async () => {
    const partner = await stage.partner();
    const filedAt = await stage.nextMonday();
    const dealId = await partner.register({ ...aSale(), ...without });
    const due = addDays(filedAt, 14);
    expect(await partner.standing(dealId)).toMatchObject({ status: 'submitted', documentDueAt: due });
    await stage.wait({ hours: 1 });
    expect((await inboxOf(partner)).map(({ body }) => body).join()).toContain(
      `Hand in what shows the first touch by ${due.slice(0, 10)} 09:00 UTC`,
    );
    expect(await workOf(partner)).toMatchObject([{ kind: 'document', subject: `deal/${dealId}`, until: due }]);

    const documentId = await partner.document('Minutes');
    const handIn = () => partner.post(dealId, 'first-touch-document', { documentId });
    expect(expectDone(await handIn()).body).toMatchObject({ standing: { status: 'submitted', documentDueAt: null } });
    expect(expectDone(await handIn()).body).toMatchObject({ events: [] });
    const { registration, timeline } = await detailOf(partner, dealId);
    expect(registration).toMatchObject({ firstTouchDocument: { documentId } });
    expect(timeline.find(({ type }) => type === 'first-touch-documented')).toMatchObject({ data: { dealId } });
    expect(await workOf(partner)).toEqual([]);
    await stage.wait({ days: 15 });
    expect((await partner.standing(dealId)).status).toBe('submitted');
  });

  it('given an approved deal whose document never comes, then it lapses after ten business days and the next is offered the place', async () => {
    const [first, second] = [await stage.partner(), await stage.partner()];
    await stage.nextMonday();
    const sale = aSale();
    const dealId = await first.register({ ...sale, ...without });
    expectDone(await stage.manager.post(`/v1/deals/${dealId}/review`));
    expectDone(await stage.manager.post(`/v1/deals/${dealId}/approval`));
    const behind = await second.register(sale);
    await stage.wait({ days: 14 });
    expect(await first.standing(dealId)).toMatchObject({ status: 'lapsed', next: 'partner-may-contest' });
    expect((await second.standing(behind)).status).toBe('queued');
    const documentId = await first.document('Minutes');
    expect(codeOf(await first.post(dealId, 'first-touch-document', { documentId }))).toBe('DEADLINE_PASSED');
    await stage.wait({ days: 2 });
    expect((await second.standing(behind)).status).toBe('offered');
  });

  it('given a project over the threshold, when it is filed without, then it is named among all that is missing, and nothing is held', async () => {
    const partner = await stage.partner();
    const great = aDeal('', { ...aSale(), firstTouch: touch, value: worth(100_001) });
    const missingOf = async (content: object) => {
      const answer = await partner.submit(await partner.draft(content));
      return (answer.body as { facts: { missing: string[] } }).facts.missing;
    };
    expect(await missingOf(great)).toEqual(['firstTouch.document']);
    const rehearsed = await partner.post(await partner.draft(great), 'submission?dryRun=true');
    expect(rehearsed.body).toMatchObject({ outcome: 'incomplete', problem: { code: 'DEAL_INCOMPLETE' } });
    const businessProblem = 'Branches lose orders when the line is down';
    const { customer, productLine } = great;
    const bare = { customer, productLine, value: worth(100_001), businessProblem };
    expect(await missingOf(bare)).toEqual(expect.arrayContaining(['type', 'estimatedClose', 'firstTouch.document']));
    expect(await missingOf({ ...bare, value: worth(100_000) })).not.toContain('firstTouch.document');
  });

  it('given a form of small lines that is over the threshold as a whole, when it is sent without, then no line is filed', async () => {
    const partner = await stage.partner();
    const { customer } = aSale();
    const form = {
      customer,
      contacts: [{ name: 'Ada Lovelace', basis: 'contract' }],
      estimatedClose: '2027-12-31',
      businessProblem: 'Branches lose orders when the line is down',
      firstTouch: touch,
      lines: [60_000, 60_000].map((units, index) => ({
        productLine: `Part ${index} of ${customer.legalName}`,
        type: 'new',
        value: worth(units),
      })),
    };
    const refused = await partner.caller.post('/v1/registrations', form);
    const problem = { code: 'DEAL_INCOMPLETE', facts: { missing: ['firstTouch.document'] } };
    expect(refused.body).toMatchObject({
      code: 'FORM_REFUSED',
      facts: { registrations: [{ problem }, { problem }] },
    });
  });

  it('given a suspended partner, then it still hands in what is due of it: it is its claim that lapses without', async () => {
    const partner = await stage.partner();
    const dealId = await partner.register({ ...aSale(), ...without });
    expectDone(await stage.manager.post(`/v1/partners/${partner.id}/suspension`, { reason: 'Audit' }));
    const documentId = await partner.document('Minutes');
    const handedIn = await partner.post(dealId, 'first-touch-document', { documentId });
    expect(expectDone(handedIn).body).toMatchObject({ standing: { documentDueAt: null } });
  });

  it('given somebody else’s document, when it is handed in, then there is none', async () => {
    const [partner, other] = [await stage.partner(), await stage.partner()];
    const dealId = await partner.register({ ...aSale(), ...without });
    const documentId = await other.document('Minutes');
    const refused = await partner.post(dealId, 'first-touch-document', { documentId });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('"field":"documentId"')]);
  });
});

describe('resale or referral', () => {
  it('given an agreement to resell, when a deal says nothing else, then it is for resale; what it says itself goes first', async () => {
    const partner = await stage.partner();
    const ofPartner = `/v1/partners/${partner.id}`;
    const referred = await partner.register(aSale());
    expectDone(await stage.manager.post(`${ofPartner}/kind`, { kind: 'resale', reason: 'Annex 2' }));
    expect((await partner.caller.get(`${ofPartner}/standing`).expect(200)).body).toMatchObject({ kind: 'resale' });
    const resold = await partner.register(aSale());
    const referredAllTheSame = await partner.register({ ...aSale(), kind: 'referral' });
    for (const [dealId, kind] of [
      [referred, 'referral'],
      [resold, 'resale'],
      [referredAllTheSame, 'referral'],
    ] as const)
      expect((await detailOf(partner, dealId)).registration.standing).toMatchObject({ kind });
  });

  it('given a partner, when it wants to change its own agreement, then it may not', async () => {
    const partner = await stage.partner();
    const answer = await partner.caller.post(`/v1/partners/${partner.id}/kind`, { kind: 'resale', reason: 'Please' });
    expect(answer.status).toBe(403);
  });
});

describe('waiting in line', () => {
  it('given a queued partner, then it learns what it may do, is asked every 30 days, and one click keeps its place', async () => {
    const [holder, waiting] = [await stage.partner(), await stage.partner()];
    const sale = aSale();
    const first = await holder.register(sale);
    expectDone(await stage.manager.post(`/v1/deals/${first}/review`));
    expectDone(await stage.manager.post(`/v1/deals/${first}/approval`));
    const filedAt = stage.now();
    const dealId = await waiting.register(sale);
    expect(expectDone(await waiting.post(dealId, 'interest')).body).toMatchObject({ events: [] });

    await stage.wait({ days: 30 });
    const [asked, queued] = await inboxOf(waiting);
    expect(queued).toMatchObject({ template: 'claim-queued' });
    expect(queued?.body).toContain('You may sell without the benefits of a registration');
    expect(asked).toMatchObject({ template: 'interest-asked', subject: `deal/${dealId}` });
    expect((await waiting.standing(dealId)).next).toBe('partner-confirms-interest');
    expect(await workOf(waiting)).toMatchObject([
      { kind: 'interest', subject: `deal/${dealId}`, turn: 'partner', until: addDays(filedAt, 90) },
    ]);

    expect(expectDone(await waiting.post(dealId, 'interest')).body).toMatchObject({
      standing: { status: 'queued', next: 'partner-waits-in-line', until: addDays(stage.now(), 90) },
    });
    expect(await workOf(waiting)).toEqual([]);
    const { timeline } = await detailOf(waiting, dealId);
    expect(timeline.map(({ type, actor }) => [type, actor !== null])).toEqual(
      expect.arrayContaining([
        ['interest-asked', false],
        ['interest-confirmed', true],
      ]),
    );
  });

  it('given a queued partner that says nothing, then it is asked twice, and its claim lapses 90 days after its filing', async () => {
    const [holder, waiting] = [await stage.partner(), await stage.partner()];
    const sale = aSale();
    await holder.register(sale);
    const dealId = await waiting.register(sale);
    await stage.wait({ days: 89 });
    expect((await waiting.standing(dealId)).status).toBe('queued');
    await stage.wait({ days: 1 });
    expect((await waiting.standing(dealId)).status).toBe('lapsed');
    expect((await inboxOf(waiting)).map(({ template }) => template).toReversed()).toEqual([
      'claim-queued',
      'interest-asked',
      'interest-asked',
      'claim-lapsed',
    ]);
    expect(codeOf(await waiting.post(dealId, 'interest'))).toBe('CLAIM_ENDED');
  });

  it('given who has the place, when it says that it wants it, then there was nothing to ask', async () => {
    const holder = await stage.partner();
    const dealId = await holder.register(aSale());
    expect(codeOf(await holder.post(dealId, 'interest'))).toBe('CLAIM_NOT_QUEUED');
  });
});
