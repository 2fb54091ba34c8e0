import { createHash, randomUUID } from 'node:crypto';

import { aDeal, enrol } from '../harness/registrations';
import { idOf } from '../harness/caller';
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
