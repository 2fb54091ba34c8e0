import { randomUUID } from 'node:crypto';

import { type Caller, idOf } from '../harness/caller';
import { startSystem, type System } from '../harness/system';

const northwind = { legalName: 'Northwind Systems GmbH', country: 'DE', website: 'https://www.northwind.example/en' };

let system: System;
let manager: Caller;

beforeAll(async () => {
  system = await startSystem();
  manager = await system.as('channel-manager');
});
afterAll(() => system.stop());

const apply = async (legalName = northwind.legalName): Promise<string> => {
  return idOf(await manager.post('/v1/partners', { ...northwind, legalName }));
};

describe('partners', () => {
  it('given an application, when it is read with the consistency token, then it stands in the list as it was sent', async () => {
    const answer = await manager.post('/v1/partners', northwind);
    expect(answer.status).toBe(201);
    const id = idOf(answer);

    const found = await manager.get(`/v1/partners/${id}`).expect(200);
    expect(found.body).toMatchObject({
      id,
      status: 'applied',
      legalName: northwind.legalName,
      website: 'northwind.example',
    });
    expect(found.get('etag')).toBe(answer.get('etag'));
  });

  it('given a request, when it is sent three times under one key, then it took effect once and is answered alike', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => manager.post('/v1/partners', northwind, key)));
    const [first] = answers;
    for (const answer of answers) {
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ id: first && idOf(first) });
      expect((answer.body as { events: unknown }).events).toEqual((first?.body as { events: unknown }).events);
    }
  });

  it('given a key, when it comes with another body, then it is refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    await manager.post('/v1/partners', northwind, key);
    const answer = await manager.post('/v1/partners', { ...northwind, country: 'FR' }, key);
    expect([answer.status, answer.body]).toEqual([409, expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED' })]);
  });

  it('given a partner, when it goes through its life, then every step shows and the end is final', async () => {
    const id = await apply();
    const steps: [string, object, string][] = [
      ['approval', { tier: 'silver' }, 'active'],
      ['suspension', { reason: 'Audit' }, 'suspended'],
      ['reactivation', {}, 'active'],
      ['end', { reason: 'mutual' }, 'ended'],
    ];
    for (const [step, body, status] of steps) {
      expect((await manager.post(`/v1/partners/${id}/${step}`, body)).status).toBe(200);
      expect((await manager.get(`/v1/partners/${id}`)).body).toMatchObject({ status });
    }
    const answer = await manager.post(`/v1/partners/${id}/reactivation`);
    expect([answer.status, answer.body]).toEqual([409, expect.objectContaining({ code: 'PARTNER_ENDED' })]);
  });

  it('given a partner, when its name, its country and its tier change, then each shows, with the date of the agreement', async () => {
    const id = await apply();
    await manager.post(`/v1/partners/${id}/approval`);
    const reason = 'As the commercial register has it';
    const name = { legalName: 'Northwind Systems AG', country: 'CH', reason };
    expect((await manager.post(`/v1/partners/${id}/corrections`, name)).status).toBe(200);
    const tier = await manager.post(`/v1/partners/${id}/tier`, { tier: 'silver', reason });
    expect(tier.status).toBe(200);
    const [event] = (tier.body as { events: { type: string; occurredAt: string }[] }).events;
    expect((await manager.get(`/v1/partners/${id}`)).body).toMatchObject({
      legalName: name.legalName,
      country: 'CH',
      agreement: { tier: 'silver', from: event?.occurredAt },
    });
    const own = await system.as('partner-admin', id);
    expect((await own.post(`/v1/partners/${id}/tier`, { tier: 'gold', reason })).status).toBe(403);
    const future = { tier: 'gold', from: '2999-01-01T00:00:00Z', reason };
    expect((await manager.post(`/v1/partners/${id}/tier`, future)).body).toMatchObject({ code: 'FACT_NOT_YET' });
  });

  it('given two people with one ETag, when both act on it, then the second is told that it changed', async () => {
    const id = await apply();
    const etag = (await manager.get(`/v1/partners/${id}`)).get('etag') ?? '';
    expect((await manager.post(`/v1/partners/${id}/approval`, {}, { 'if-match': etag })).status).toBe(200);
    const late = await manager.post(`/v1/partners/${id}/end`, { reason: 'mutual' }, { 'if-match': etag });
    expect([late.status, late.body]).toEqual([412, expect.objectContaining({ code: 'CHANGED_MEANWHILE' })]);
  });

  it('given several partners, when they are listed by pages, then each comes once and in order of name', async () => {
    const tag = randomUUID();
    for (const letter of ['c', 'a', 'e', 'b', 'd']) await apply(`${tag} ${letter}`);
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await manager
        .get(`/v1/partners?limit=2&search=${tag}${cursor ? `&cursor=${cursor}` : ''}`)
        .expect(200);
      const { items, next } = page.body as { items: { legalName: string }[]; next: string | null };
      names.push(...items.map(({ legalName }) => legalName));
      cursor = next;
    } while (cursor);
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e'].map((letter) => `${tag} ${letter}`));
  });
});
