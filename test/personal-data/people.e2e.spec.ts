import { randomUUID } from 'node:crypto';

import { openPerson, ownerOfPerson } from '@tempore/acts';
import { deriveId, toInstant } from '@tempore/kernel';
import { person, type SealedPerson } from '@tempore/people';
import type { Role } from '@tempore/principals';
import type { Response } from 'supertest';

import type { Caller } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';
import { enterPerson } from './enter-person';

const ADA = { name: 'Ada Lovelace', email: 'ada@contoso.example', phone: '+44 20 7946 0000' };
const BECAUSE = { reason: 'The person asked by mail on 2 March' };
const DISPUTE = { reason: 'Dispute 17 is open' };

let system: System;
let manager: Caller;
let arbiter: Caller;
let partnerId: string;
let id: string;

beforeAll(async () => {
  system = await startSystem();
  [manager, arbiter] = [await system.as('channel-manager'), await system.as('arbiter')];
});
afterAll(() => system.stop());

let ada: SealedPerson;
beforeEach(async () => {
  partnerId = randomUUID();
  ada = await enterPerson(system.stores, partnerId, ADA);
  id = ada.personId;
  await until('the person is shown', async () => (await manager.get(`/v1/people/${id}`)).status === 200);
});

const codeOf = ({ body }: Response): string => (body as { code: string }).code;
const typesOf = ({ body }: Response): string[] =>
  (body as { events: { type: string }[] }).events.map(({ type }) => type);
const holdIdOf = ({ body }: Response): string => (body as { legalHolds: [{ id: string }] }).legalHolds[0].id;
const shown = async (by: Caller): Promise<unknown> => (await by.get(`/v1/people/${id}`).expect(200)).body;

const ERASED = { status: 'erased', name: null, email: null, phone: null, position: null };

describe('who reads a person', () => {
  it('given a person that a partner entered, then its own people and those who handle the case read it', async () => {
    expect(await shown(manager)).toEqual({
      id,
      status: 'kept',
      ...ADA,
      position: null,
      erasureRequestedAt: null,
      erasedAt: null,
      legalHolds: [],
    });
    expect(await shown(await system.as('partner-user', partnerId))).toMatchObject({ ...ADA, legalHolds: null });
    for (const role of ['arbiter', 'admin'] as const) expect(await shown(await system.as(role))).toMatchObject(ADA);
  });

  it('given a person that a partner entered, then another partner cannot tell it from nobody', async () => {
    const stranger = await system.as('partner-admin', randomUUID());
    const foreign = await stranger.get(`/v1/people/${id}`);
    const nobody = await stranger.get(`/v1/people/${randomUUID()}`);
    expect([foreign.status, codeOf(foreign)]).toEqual([404, 'PERSON_NOT_FOUND']);
    expect([nobody.status, codeOf(nobody)]).toEqual([404, 'PERSON_NOT_FOUND']);
  });

  it.each(['direct-rep', 'finance', 'auditor', 'service'] as const)('given a %s, then nobody is read', async (role) => {
    expect((await (await system.as(role)).get(`/v1/people/${id}`)).status).toBe(403);
  });
});

describe('forgetting a person', () => {
  it('given no hold, when erasure is asked for, then nobody reads the person again, in any process', async () => {
    const elsewhere = manager.at(await system.anotherApi());
    const answer = await manager.post(`/v1/people/${id}/erasure`, BECAUSE);
    expect([answer.status, typesOf(answer)]).toEqual([
      200,
      ['erasure-requested', 'erasure-begun', 'personal-data-erased'],
    ]);
    expect(answer.body).toMatchObject({ id, status: 'erased', legalHolds: [] });
    for (const reader of [manager, elsewhere, await system.as('partner-user', partnerId)])
      expect(await shown(reader)).toMatchObject(ERASED);
    expect(await shown(manager)).toMatchObject({ erasedAt: expect.any(String) as string });
  });

  it('given an erased person, then what stands in the log stands, and opens no more', async () => {
    await manager.post(`/v1/people/${id}/erasure`, BECAUSE);
    const stored: unknown[] = [];
    for await (const event of system.stores.eventStore.readAll({
      categories: ['docket'],
      signal: new AbortController().signal,
    }))
      stored.push(event.data);
    expect(JSON.stringify(stored)).toContain(JSON.stringify(ada));
    expect(await openPerson(system.stores.vault, ada)).toBe('erased');
  });

  it('given an erasure, when it is asked for again, under the same key or another, then it took effect once', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await manager.post(`/v1/people/${id}/erasure`, BECAUSE, headers);
    const again = await manager.post(`/v1/people/${id}/erasure`, BECAUSE, headers);
    expect(again.body).toMatchObject({ repeated: true, status: 'erased' });
    expect(typesOf(again)).toEqual(typesOf(first).slice(0, 2));
    expect(typesOf(await manager.post(`/v1/people/${id}/erasure`, BECAUSE))).toEqual([]);
  });

  it('given an erasure that a crash left begun, when it is asked for again, then it is ended', async () => {
    await begin();
    expect(await shown(manager)).toMatchObject({ status: 'kept' });
    const answer = await manager.post(`/v1/people/${id}/erasure`, BECAUSE);
    expect([typesOf(answer), (answer.body as { status: string }).status]).toEqual([['personal-data-erased'], 'erased']);
    expect(await shown(manager)).toMatchObject(ERASED);
  });

  it('given an erasure that a crash left with its key destroyed, then nobody reads the person, and it is ended', async () => {
    await begin();
    await system.stores.vault.destroy(ownerOfPerson(id), toInstant(new Date()));
    expect(await shown(manager)).toMatchObject(ERASED);
    expect(typesOf(await manager.post(`/v1/people/${id}/erasure`, BECAUSE))).toEqual(['personal-data-erased']);
  });

  it('given nobody of that id, or no reason, then it is refused', async () => {
    expect(codeOf(await manager.post(`/v1/people/${randomUUID()}/erasure`, BECAUSE))).toBe('PERSON_NOT_FOUND');
    expect(codeOf(await manager.post(`/v1/people/${id}/erasure`, {}))).toBe('VALIDATION_FAILED');
  });

  it.each([
    ['partner-admin', 'erasure'],
    ['auditor', 'erasure'],
    ['channel-manager', 'legal-holds'],
    ['partner-admin', 'legal-holds'],
  ] as const)('given a %s, then %s is not theirs to command', async (role: Role, act) => {
    const somebody = await system.as(role, role === 'partner-admin' ? partnerId : undefined);
    expect((await somebody.post(`/v1/people/${id}/${act}`, BECAUSE)).status).toBe(403);
  });
});

describe('holding an erasure up', () => {
  it('given a legal hold, when erasure is asked for, then it waits and says why; when it is lifted, it is done', async () => {
    const held = await arbiter.post(`/v1/people/${id}/legal-holds`, DISPUTE);
    expect(held.status).toBe(201);

    const asked = await manager.post(`/v1/people/${id}/erasure`, BECAUSE);
    expect(typesOf(asked)).toEqual(['erasure-requested']);
    expect(asked.body).toMatchObject({ status: 'erasure-requested', legalHolds: [{ ...DISPUTE, until: null }] });
    expect(await shown(manager)).toMatchObject({
      status: 'kept',
      ...ADA,
      erasureRequestedAt: expect.any(String) as string,
      legalHolds: [{ ...DISPUTE, liftedAt: null }],
    });

    const lifted = await arbiter.post(`/v1/people/${id}/legal-holds/${holdIdOf(held)}/lift`, {
      reason: 'Dispute 17 is closed',
    });
    expect(typesOf(lifted)).toEqual(['legal-hold-lifted', 'erasure-begun', 'personal-data-erased']);
    expect(await shown(arbiter)).toMatchObject({ ...ERASED, legalHolds: [{ liftedAt: expect.any(String) as string }] });
  });

  it('given an erased person, when a hold is placed, then it comes too late and is told so', async () => {
    await manager.post(`/v1/people/${id}/erasure`, BECAUSE);
    expect(codeOf(await arbiter.post(`/v1/people/${id}/legal-holds`, DISPUTE))).toBe('PERSON_ERASED');
  });

  it('given an end that is no instant, or past, then it is refused', async () => {
    const place = async (until: string) =>
      codeOf(await arbiter.post(`/v1/people/${id}/legal-holds`, { ...DISPUTE, until }));
    expect(await place('tomorrow')).toBe('VALIDATION_FAILED');
    expect(await place('2020-01-01T00:00:00Z')).toBe('LEGAL_HOLD_PAST');
  });
});

/** An erasure as far as it gets before somebody ends it. */
const begin = async (): Promise<void> => {
  const commandId = deriveId('begin', id);
  await system.stores.runner.run(
    person,
    id,
    { type: 'RequestErasure', data: BECAUSE },
    { commandId, requestHash: '', actor: randomUUID(), now: toInstant(new Date()), correlationId: commandId },
    { known: true },
  );
};
