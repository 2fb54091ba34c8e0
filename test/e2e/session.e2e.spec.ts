import { randomUUID } from 'node:crypto';

import request, { type Response } from 'supertest';

import { enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
let northwind: string;
beforeAll(async () => {
  system = await startSystem();
  northwind = (await enrol(system, { name: 'Northwind' })).id;
});
afterAll(() => system.stop());

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

const signIn = (
  body: object = { role: 'partner-user', partnerId: northwind },
  headers: Readonly<Record<string, string>> = SAME_ORIGIN,
) => request(system.url).post('/auth/local').set(headers).send(body);

const cookieIn = (response: Response): string => (response.get('set-cookie')?.[0] ?? '').split(';')[0] ?? '';

const signedIn = async (): Promise<string> => cookieIn(await signIn().expect(200));

const me = (cookie: string) => request(system.url).get('/auth/me').set('cookie', cookie);

describe('signing in on this machine', () => {
  it('given no issuer, when it is asked who one may be, then the people of each partner and of the vendor are there', async () => {
    const known = await request(system.url).get('/auth/local').expect(200);
    expect(known.body).toMatchObject({
      people: expect.arrayContaining([
        { role: 'partner-user', partnerId: northwind, partnerName: 'Northwind' },
        { role: 'channel-manager', partnerId: null, partnerName: null },
      ]) as unknown,
    });
  });

  it('given who somebody is, when they sign in, then the session is theirs, and the cookie out of reach of scripts and other hosts', async () => {
    const answer = await signIn().expect(200);
    expect(answer.get('set-cookie')?.[0]).toMatch(
      /^__Host-tempore=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    );
    const known = await me(cookieIn(answer)).expect(200);
    expect(known.body).toMatchObject({
      roles: ['partner-user'],
      partner: { id: northwind, legalName: 'Northwind' },
      clock: { simulated: false },
    });
  });

  it('given somebody who signs in twice, then they are the same person, whose tokens are on record', async () => {
    const [first, second] = [await me(await signedIn()), await me(await signedIn())];
    const { id } = first.body as { id: string };
    expect(second.body).toMatchObject({ id });
    const { events } = await system.stores.eventStore.load(`principal-${id}`);
    expect(events.filter(({ type }) => type === 'token-minted').length).toBeGreaterThanOrEqual(2);
  });

  it('given a partner’s role without a partner that there is, when it is asked for, then it is refused', async () => {
    const known = await signIn({ role: 'partner-user', partnerId: randomUUID() }).expect(400);
    expect(known.body).toMatchObject({ code: 'PARTNER_UNKNOWN' });
  });

  it('given a page that leads a name of its own to this machine, then nobody signs in there', async () => {
    await signIn(undefined, { ...SAME_ORIGIN, host: 'evil.example' }).expect(404);
  });

  it('given an address to come back to at another site, when the sign-in begins, then it leads nowhere but here', async () => {
    const answer = await request(system.url).get('/auth/login?returnTo=//evil.example/x').expect(302);
    expect(answer.get('location')).toBe('/sign-in?returnTo=%2F');
    const good = await request(system.url).get('/auth/login?returnTo=/deals?find=x').expect(302);
    expect(good.get('location')).toBe('/sign-in?returnTo=%2Fdeals%3Ffind%3Dx');
  });
});

describe('a session', () => {
  const draft = (cookie: string, headers: Readonly<Record<string, string>>) =>
    request(system.url)
      .post('/v1/deals')
      .set({ cookie, 'idempotency-key': randomUUID(), ...headers })
      .send({ productLine: 'Gateway' });

  it('given a page of this address, when it sends a command, then it is taken', async () => {
    await draft(await signedIn(), SAME_ORIGIN).expect(201);
  });

  it.each([
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
  ])(
    'given a request that another page may have sent (%p), when it brings the cookie along, then it is refused',
    async (headers) => {
      const known = await draft(await signedIn(), headers).expect(403);
      expect(known.body).toMatchObject({ code: 'CROSS_SITE' });
    },
  );

  it('given an older browser, when it says that the page came from here, then the command is taken', async () => {
    await draft(await signedIn(), { origin: system.url }).expect(201);
  });

  it('given a token beside the cookie, then the token says who asks', async () => {
    const known = await me(await signedIn())
      .auth(await system.tokenFor('auditor'), { type: 'bearer' })
      .expect(200);
    expect(known.body).toMatchObject({ roles: ['auditor'], partner: null });
    await me(await signedIn())
      .auth('nonsense', { type: 'bearer' })
      .expect(401);
  });

  it('given somebody who signs out, then the cookie stands for nobody any more', async () => {
    const cookie = await signedIn();
    const out = await request(system.url)
      .post('/auth/logout')
      .set({ cookie, ...SAME_ORIGIN })
      .expect(200);
    expect(out.body).toEqual({ next: null });
    expect(out.get('set-cookie')?.[0]).toMatch(/^__Host-tempore=; .*Max-Age=0$/);
    await me(cookie).expect(401);
  });

  it('given another site’s page, when it signs somebody out, then they stay', async () => {
    const cookie = await signedIn();
    await request(system.url).post('/auth/logout').set({ cookie, 'sec-fetch-site': 'cross-site' }).expect(403);
    await me(cookie).expect(200);
  });

  it('given a person whose tokens are revoked, then their sessions end', async () => {
    const cookie = await signedIn();
    const { id } = (await me(cookie)).body as { id: string };
    const admin = await system.as('admin');
    const revoked = await admin.post('/v1/token-revocations', { principalId: id, reason: 'A lost machine' });
    expect(revoked.status).toBeLessThan(300);
    await until('the session has ended', async () => (await me(cookie)).status === 401);
  });

  it('given what the database holds, then no secret of a browser is in it', async () => {
    const cookie = await signedIn();
    const [, secret = ''] = cookie.split('=');
    const rows = await system.stores.database.query<{ row: string }>('SELECT s::text AS row FROM ops.session s');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ row }) => row).join()).not.toContain(secret);
    expect(rows.map(({ row }) => row).join()).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it.each([
    ['nobody has used for eight hours', `seen_at = now() - interval '481 minutes'`],
    ['is a day old', `created_at = now() - interval '1441 minutes'`],
    ['has a token that is over, and nothing to renew it with', `expires_at = now() - interval '1 second'`],
  ])('given a session that %s, then it stands for nobody', async (_, set) => {
    const cookie = await signedIn();
    await system.stores.database.query(`UPDATE ops.session SET ${set}`);
    await me(cookie).expect(401);
  });
});

describe('the portal’s files', () => {
  const page = (path: string) => request(system.url).get(path).set('accept', 'text/html');

  it('given a browser that goes to any page, then it gets the page, which lets nothing in from elsewhere', async () => {
    for (const path of ['/', '/deals', `/deals/${randomUUID()}`]) {
      const answer = await page(path).expect(200);
      expect(answer.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; ` +
          `form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; ` +
          `require-trusted-types-for 'script'; trusted-types default`,
      );
      expect(answer.get('cache-control')).toBe('no-cache');
      expect(answer.text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=/);
    }
  });

  it('given its files, then they are kept for ever, and come compressed', async () => {
    const { text } = await page('/').expect(200);
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(text) ?? [];
    const answer = await request(system.url).get(script).set('accept-encoding', 'br').expect(200);
    expect(answer.get('content-encoding')).toBe('br');
    expect(answer.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('given who asks for no page, then an address that is not there is a problem as before', async () => {
    const known = await request(system.url).get('/nowhere').expect(404);
    expect(known.body).toMatchObject({ code: 'NOT_FOUND' });
    await page('/v1/nowhere').expect(404);
    await page('/assets/nowhere.js').expect(404);
  });
});
