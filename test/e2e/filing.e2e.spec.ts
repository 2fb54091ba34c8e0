import { createHash, randomUUID } from 'node:crypto';

import { aDeal, enrol } from '../harness/registrations';
import { type Caller, idOf } from '../harness/caller';
import { startSystem, type System } from '../harness/system';

let system: System;
beforeAll(async () => {
  system = await startSystem({ reactor: true });
});
afterAll(() => system.stop());

const aPartner = async () => {
  const { id, caller } = await enrol(system);
  return { id, caller, documentId: await caller.handIn() };
};

interface Receipt {
  readonly contentHash: string;
  readonly contentHashVersion: number;
}

describe('a receipt', () => {
  it('given a filing, then the partner gets the receipt again, and the very bytes that it hashes', async () => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    expect((await caller.get(`/v1/deals/${id}/receipt`)).body).toMatchObject({ code: 'DEAL_NOT_FILED' });
    const { receipt } = (await caller.post(`/v1/deals/${id}/submission`)).body as { receipt: Receipt };
    expect(receipt.contentHashVersion).toBe(2);

    expect((await caller.get(`/v1/deals/${id}/receipt`).expect(200)).body).toEqual(receipt);
    const { text, headers } = await caller.get(`/v1/deals/${id}/receipt/content`).expect(200);
    expect(headers['content-type']).toMatch('application/json');
    expect(createHash('sha256').update(text).digest('hex')).toBe(receipt.contentHash);
    expect(JSON.parse(text)).toMatchObject({
      contacts: [{ person: { fields: { name: expect.stringMatching(/^[0-9a-f]{64}$/) as string } } }],
    });

    await caller.post(`/v1/deals/${id}/amendments`, { contacts: [{ name: 'Grace Hopper' }] });
    expect((await caller.get(`/v1/deals/${id}/receipt/content`).expect(200)).text).toBe(text);
    for (const path of ['receipt', 'receipt/content'])
      await (await aPartner()).caller.get(`/v1/deals/${id}/${path}`).expect(404);
    await (await system.as('finance')).get(`/v1/deals/${id}/receipt/content`).expect(403);
  });
});

describe('a claim that is reviewed', () => {
  it('given a customer that belongs to another, then the reviewer is told of the link, and the partner is not', async () => {
    const { caller, documentId } = await aPartner();
    const manager = await system.as('channel-manager');
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    await caller.post(`/v1/deals/${id}/submission`);
    const { accountId } = (await caller.get(`/v1/deals/${id}`).expect(200)).body as { accountId: string };
    const named = { legalName: 'Contoso Holding AG', domains: [`c${randomUUID()}.com`] };
    const parentId = idOf(await manager.post('/v1/accounts', named));
    await manager.post(`/v1/accounts/${accountId}/parent`, { parentId, reason: 'As the annual report has it' });
    expect((await manager.get(`/v1/deals/${id}`).expect(200)).body).toMatchObject({
      linkedAccounts: [{ accountId: parentId, legalName: named.legalName, relation: 'parent' }],
    });
    expect((await caller.get(`/v1/deals/${id}`).expect(200)).body).toMatchObject({ linkedAccounts: null });
  });
});

describe('a filing that is sent again', () => {
  it('given a filed deal, when it is submitted under a new key, then it is a duplicate of itself; under its key, the answer comes again', async () => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    const key = { 'idempotency-key': randomUUID() };
    const { receipt } = (await caller.post(`/v1/deals/${id}/submission`, {}, key)).body as { receipt: Receipt };
    const anew = await caller.post(`/v1/deals/${id}/submission`);
    expect([anew.status, anew.body]).toEqual([
      409,
      expect.objectContaining({
        code: 'FILING_NOT_VALID',
        facts: expect.objectContaining({
          failing: [
            expect.objectContaining({
              code: 'DUPLICATE_SELF',
              fact: expect.objectContaining({ dealId: id }) as object,
            }),
          ],
        }) as object,
      }),
    ]);
    const again = await caller.post(`/v1/deals/${id}/submission`, {}, key);
    expect([again.status, again.body]).toEqual([201, expect.objectContaining({ repeated: true, receipt })]);
  });
});

const formOf = (documentId: string, lines: readonly object[]) => {
  const { customer, contacts, estimatedClose, businessProblem, firstTouch } = aDeal(documentId);
  return { customer, contacts, estimatedClose, businessProblem, firstTouch, lines };
};
const aLine = (line: object = {}) => ({
  productLine: 'Gateway',
  type: 'new',
  value: { oneTime: { minorUnits: 7_500_000, currency: 'USD' } },
  ...line,
});
const tooSmall = aLine({ productLine: 'Sensor', value: { oneTime: { minorUnits: 100, currency: 'USD' } } });

const dealsOf = async (caller: Caller): Promise<readonly { id: string; status: string }[]> =>
  ((await caller.get('/v1/deals').expect(200)).body as { items: { id: string; status: string }[] }).items;

describe('a form', () => {
  it('given a form that was filed, when it is sent again under a new key, then it points to the first, and leaves no draft', async () => {
    const { caller, documentId } = await aPartner();
    const form = formOf(documentId, [aLine()]);
    const first = await caller.post('/v1/registrations', form);
    const [filed] = (first.body as { registrations: { dealId: string }[] }).registrations;
    const again = await caller.post('/v1/registrations', form);
    expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'FORM_REFUSED' })]);
    expect(again.body).toMatchObject({
      facts: {
        registrations: [
          {
            dealId: null,
            receipt: null,
            problem: { facts: { failing: [{ code: 'DUPLICATE_SELF', fact: { dealId: filed?.dealId } }] } },
          },
        ],
      },
    });
    expect((await dealsOf(caller)).map(({ id }) => id)).toEqual([filed?.dealId]);
  });

  it('given a form of which no line can be filed, when it is sent, then it is refused; its drafts wait to be mended', async () => {
    const { caller, documentId } = await aPartner();
    const key = { 'idempotency-key': randomUUID() };
    const form = formOf(documentId, [tooSmall]);
    const refused = await caller.post('/v1/registrations', form, key);
    expect(refused.body).toMatchObject({ status: 409, code: 'FORM_REFUSED' });
    expect((await caller.post('/v1/registrations', form, key)).body).toMatchObject({ code: 'FORM_REFUSED' });
    const { registrations } = (refused.body as { facts: { registrations: { dealId: string }[] } }).facts;
    const dealId = registrations[0]?.dealId ?? '';
    await caller.post(`/v1/deals/${dealId}/revisions`, {
      value: { oneTime: { minorUnits: 700_000, currency: 'USD' } },
    });
    expect(await dealsOf(caller)).toMatchObject([{ id: dealId, status: 'draft' }]);
    const again = await caller.post('/v1/registrations', form, key);
    expect([again.status, again.body]).toEqual([
      201,
      {
        registrations: [
          expect.objectContaining({ dealId, receipt: expect.objectContaining({ place: 'held' }) as object }),
        ],
      },
    ]);
  });

  it('given a form of which one line says what cannot be, when it is sent, then nothing of it is recorded', async () => {
    const { caller, documentId } = await aPartner();
    const form = formOf(documentId, [aLine(), aLine({ productLine: 'Sensor', estimatedClose: '2001-01-01' })]);
    const answer = await caller.post('/v1/registrations', form);
    expect(answer.body).toMatchObject({ status: 400, code: 'DEAL_CONTENT_INVALID' });
    expect(await dealsOf(caller)).toEqual([]);
  });
});

describe('a draft', () => {
  it('given a draft, when it is discarded, then it stands in no list, and nothing more can be done with it', async () => {
    const { caller, documentId } = await aPartner();
    const drafted = await caller.post('/v1/deals', aDeal(documentId));
    const id = idOf(drafted);
    const rival = await aPartner();
    expect((await rival.caller.post(`/v1/deals/${id}/discard`)).status).toBe(404);
    const insisting = { 'idempotency-key': randomUUID(), 'if-match': drafted.get('etag') ?? '' };
    const discarded = await caller.post(`/v1/deals/${id}/discard`, {}, insisting);
    expect([discarded.status, discarded.body]).toEqual([
      200,
      expect.objectContaining({ events: [expect.objectContaining({ type: 'deal-discarded' })], repeated: false }),
    ]);
    expect((await caller.post(`/v1/deals/${id}/discard`, {}, insisting)).body).toMatchObject({ repeated: true });
    expect(await dealsOf(caller)).toEqual([]);
    await caller.get(`/v1/deals/${id}`).expect(404);
    for (const act of ['submission', 'revisions'])
      expect((await caller.post(`/v1/deals/${id}/${act}`)).body).toMatchObject({ code: 'DEAL_DISCARDED' });
  });

  it('given a deal that was filed, when it is to be discarded, then it is refused', async () => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    await caller.post(`/v1/deals/${id}/submission`);
    expect((await caller.post(`/v1/deals/${id}/discard`)).body).toMatchObject({ status: 409, code: 'DEAL_FILED' });
  });

  it('given a contact who was forgotten, when the draft is submitted, then they complete nothing', async () => {
    const { caller, documentId } = await aPartner();
    const id = idOf(await caller.post('/v1/deals', aDeal(documentId)));
    const { registration } = (await caller.get(`/v1/deals/${id}`).expect(200)).body as {
      registration: { contacts: { personId: string }[] };
    };
    const manager = await system.as('channel-manager');
    const personId = registration.contacts[0]?.personId ?? '';
    expect((await manager.post(`/v1/people/${personId}/erasure`, { reason: 'Asked by mail' })).status).toBe(200);
    expect((await caller.post(`/v1/deals/${id}/submission`)).body).toMatchObject({
      code: 'DEAL_INCOMPLETE',
      facts: { missing: [expect.stringMatching(/^contacts/) as string] },
    });
    await caller.post(`/v1/deals/${id}/revisions`, { contacts: [{ name: 'Grace Hopper', consentedOn: '2026-01-02' }] });
    expect((await caller.post(`/v1/deals/${id}/submission`)).status).toBe(201);
  });
});
