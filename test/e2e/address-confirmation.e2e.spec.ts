import { randomUUID } from 'node:crypto';

import { addDays } from '@tempore/kernel';
import request from 'supertest';

import { type Caller, idOf } from '../harness/caller';
import { giveNotice } from '../harness/give-notice';
import { type MailServer, startMailServer } from '../harness/mail-server';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

const PUBLIC_URL = 'https://register.example/tempore/';

let server: MailServer;
let system: System;
let manager: Caller;
beforeAll(async () => {
  server = await startMailServer();
  system = await startSystem({
    reactor: true,
    clock: 'simulated',
    environment: {
      TEMPORE_SMTP_URL: server.url,
      TEMPORE_MAIL_FROM: 'Tempore <register@tempore.example>',
      TEMPORE_PUBLIC_URL: PUBLIC_URL,
    },
  });
  manager = await system.as('channel-manager');
});
afterAll(async () => {
  await system.stop();
  await server.stop();
});

const aPartner = async (): Promise<{ readonly id: string; readonly admin: Caller }> => {
  const id = idOf(await manager.post('/v1/partners', { legalName: 'Northwind Systems', country: 'DE' }));
  await manager.post(`/v1/partners/${id}/approval`);
  return { id, admin: await system.as('partner-admin', id) };
};

const anAddress = (): string => `${randomUUID()}@partner.example`;

/** Adds somebody, and answers who they are. */
const add = async (by: Caller, partnerId: string, email: string): Promise<string> => {
  const answer = await by.post(`/v1/partners/${partnerId}/people`, { name: 'Ann Example', email });
  expect(answer.status).toBe(201);
  return (answer.body as { factId: string }).factId;
};

/** The texts of what was mailed to an address. */
const mailedTo = (address: string): readonly string[] =>
  server.taken
    .filter(({ to }) => to === address)
    .map(({ source }) =>
      source
        .replaceAll(/=\r?\n/g, '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    );

/** What the link that was mailed last carries. */
const linkFor = async (address: string, mails = 1): Promise<string> => {
  await until('the question is mailed', () => Promise.resolve(mailedTo(address).length >= mails));
  const link = /https:\/\/\S+/.exec(mailedTo(address).at(-1) ?? '')?.[0] ?? '';
  expect(link).toContain(`${PUBLIC_URL}v1/address-confirmations?token=`);
  return new URL(link).searchParams.get('token') ?? '';
};

const confirm = (token: string) => request(system.url).post('/v1/address-confirmations').send({ token });

const addressOf = async (by: Caller, partnerId: string, personId: string): Promise<unknown> => {
  const { body } = (await by.get(`/v1/partners/${partnerId}/people`)) as {
    body: { people: { personId: string; address: string }[] };
  };
  return body.people.find((one) => one.personId === personId)?.address;
};

describe('the address of one of a partner’s people', () => {
  it('given it is not confirmed, when the partner is told something, then nothing of it is mailed there; once it is, the next is', async () => {
    const { id, admin } = await aPartner();
    const email = anAddress();
    const personId = await add(admin, id, email);
    const token = await linkFor(email);
    expect(mailedTo(email)[0]).toContain('Northwind Systems');
    expect(await addressOf(admin, id, personId)).toBe('unconfirmed');

    await giveNotice(system, { kind: 'partner', id });
    expect((await confirm(token)).body).toEqual({ address: 'confirmed' });
    expect(await addressOf(admin, id, personId)).toBe('confirmed');
    const confirmedBy = await system.stores.eventStore.load(`partner-${id}`);
    expect(confirmedBy.events.at(-1)).toMatchObject({ metadata: { actor: personId } });

    await giveNotice(system, { kind: 'partner', id });
    await until('the notice is mailed', () => Promise.resolve(mailedTo(email).length > 1));
    expect(mailedTo(email)[1]).toContain('Subject: Your registration is queued');
  });

  it('given somebody follows the link, then a page asks, and nothing has happened yet', async () => {
    const { id, admin } = await aPartner();
    const email = anAddress();
    const personId = await add(admin, id, email);
    const token = await linkFor(email);
    const page = await request(system.url).get('/v1/address-confirmations').query({ token }).expect(200);
    expect(page.get('content-type')).toContain('text/html');
    expect(page.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.get('cache-control')).toContain('no-store');
    expect(page.text).toContain('<button>');
    expect(await addressOf(admin, id, personId)).toBe('unconfirmed');
  });

  it('given the link is confirmed twice, then it took effect once', async () => {
    const { id, admin } = await aPartner();
    const email = anAddress();
    await add(admin, id, email);
    const token = await linkFor(email);
    const answers = await Promise.all([confirm(token), confirm(token)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await confirm(token)).status).toBe(200);
    const { events } = await system.stores.eventStore.load(`partner-${id}`);
    expect(events.filter(({ type }) => type === 'partner-person-address-confirmed')).toHaveLength(1);
  });

  it.each([
    ['that nobody mailed', () => 'eyJwYXJ0bmVySWQiOiIxIn0.c2lnbmVkIGJ5IG5vYm9keQ'],
    ['that is no token', () => 'token'],
    ['for somebody else', (token: string) => `${Buffer.from('{}').toString('base64url')}.${token.split('.')[1] ?? ''}`],
  ])('given a link %s, then it is refused', async (_, spoil) => {
    const { id, admin } = await aPartner();
    const email = anAddress();
    const personId = await add(admin, id, email);
    const spoilt = spoil(await linkFor(email));
    expect((await confirm(spoilt)).body).toMatchObject({ status: 400, code: 'LINK_UNKNOWN' });
    expect((await request(system.url).get('/v1/address-confirmations').query({ token: spoilt })).status).toBe(400);
    expect(await addressOf(admin, id, personId)).toBe('unconfirmed');
  });

  it('given the link is a week old, then it is refused; invited again, its reader confirms by the new one', async () => {
    const { id, admin } = await aPartner();
    const email = anAddress();
    const personId = await add(admin, id, email);
    const token = await linkFor(email);
    const invitations = `/v1/partners/${id}/people/${personId}/invitations`;
    expect((await admin.post(invitations)).body).toMatchObject({ status: 409, code: 'INVITED_BEFORE' });
    const clock = await system.as('admin');
    await clock.post('/v1/clock', { to: addDays(system.clock.now(), 7) });
    expect((await confirm(token)).body).toMatchObject({ status: 409, code: 'LINK_EXPIRED' });

    const rival = await aPartner();
    expect((await rival.admin.post(invitations)).status).toBe(404);
    expect((await admin.post(invitations)).status).toBe(200);
    expect((await confirm(await linkFor(email, 2))).status).toBe(200);
    expect(await addressOf(admin, id, personId)).toBe('confirmed');
  });

  it('given a rival’s person, when a partner adds them by their id, then nothing is ever mailed to them for it', async () => {
    const [own, rival] = [await aPartner(), await aPartner()];
    const email = anAddress();
    const personId = await add(own.admin, own.id, email);
    expect((await confirm(await linkFor(email))).status).toBe(200);

    expect((await rival.admin.post(`/v1/partners/${rival.id}/people`, { personId })).status).toBe(201);
    expect(await addressOf(rival.admin, rival.id, personId)).toBe('none');
    const toRival = await giveNotice(system, { kind: 'partner', id: rival.id });
    const toOwn = await giveNotice(system, { kind: 'partner', id: own.id });
    await until('their own notice is mailed', () => Promise.resolve(mailedTo(email).length > 1));
    await until('both are done with', async () => {
      const { rowCount } = await system.stores.readSide.pool.query(
        'SELECT FROM ops.mail_queue WHERE notice_id = ANY($1)',
        [[toRival, toOwn]],
      );
      return rowCount === 0;
    });
    expect(mailedTo(email)).toHaveLength(2);
  });
});
