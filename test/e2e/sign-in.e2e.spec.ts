import { setTimeout as sleep } from 'node:timers/promises';

import request, { type Response } from 'supertest';

import { startApi } from '../../apps/api/src/start';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { type Issuer, startIssuer } from '../harness/issuer';
import { startSystem, type System } from '../harness/system';

let issuer: Issuer;
let system: System;
let lifetime: Lifetime;
/** Of an API whose people sign in at the issuer. */
let url: string;

beforeAll(async () => {
  issuer = await startIssuer();
  system = await startSystem();
  const client = { id: 'portal', secret: undefined, scope: 'openid profile offline_access' };
  const settings = { ...system.settings, oidc: { issuer: issuer.url, audience: 'register', client } };
  const logger = createLogger(settings, 'test');
  lifetime = new Lifetime(logger);
  url = await startApi(await openContext(settings, logger, lifetime));
});
afterAll(async () => {
  await lifetime.end();
  await system.stop();
  await issuer.close();
});

const cookies = (response: Response): readonly string[] => (response.headers['set-cookie'] ?? []) as readonly string[];
const cookieOf = (response: Response, name: string): string =>
  cookies(response)
    .find((one) => one.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

/** What the browser does: to the issuer and back. Answers where it is sent back to, and what it remembers. */
const toTheIssuer = async (): Promise<{ readonly back: string; readonly remembers: string }> => {
  const begun = await request(url).get('/auth/login?returnTo=/deals').expect(302);
  const { headers } = await fetch(begun.get('location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(headers.get('location') ?? '');
  return { back: `${pathname}${search}`, remembers: cookieOf(begun, '__Host-tempore-sign-in') };
};

const signedIn = async (): Promise<string> => {
  const { back, remembers } = await toTheIssuer();
  const finished = await request(url).get(back).set('cookie', remembers).expect(302);
  expect(finished.get('location')).toBe('/deals');
  return cookieOf(finished, '__Host-tempore');
};

const me = (cookie: string) => request(url).get('/auth/me').set('cookie', cookie);

describe('signing in at the issuer', () => {
  it('given somebody whom the issuer knows, when they come back, then the session is theirs, and no token reaches the browser', async () => {
    const { back, remembers } = await toTheIssuer();
    const finished = await request(url).get(back).set('cookie', remembers).expect(302);
    expect(JSON.stringify([finished.headers, finished.text])).not.toMatch(/eyJ/);
    const known = await me(cookieOf(finished, '__Host-tempore')).expect(200);
    expect(known.body).toMatchObject({ name: 'Ada Lovelace', roles: ['channel-manager'], partner: null });
  });

  it.each<[string, (back: string, remembers: string) => readonly [string, string]]>([
    ['a browser that began no sign-in', (back) => [back, '']],
    ['another state', (back, remembers) => [back.replace(/state=[^&]+/, 'state=other'), remembers]],
    ['another code', (back, remembers) => [back.replace(/code=[^&]+/, 'code=other'), remembers]],
    ['what was remembered, changed', (back, remembers) => [back, `${remembers.slice(0, -4)}AAAA`]],
  ])('given %s, then nobody is signed in', async (_, change) => {
    const { back, remembers } = await toTheIssuer();
    const [path, cookie] = change(back, remembers);
    const finished = await request(url).get(path).set('cookie', cookie).expect(302);
    expect(finished.get('location')).toBe('/sign-in?failed=true');
    expect(cookieOf(finished, '__Host-tempore')).toBe('');
  });

  it('given a code that was used, when it comes again, then nobody is signed in', async () => {
    const { back, remembers } = await toTheIssuer();
    await request(url).get(back).set('cookie', remembers).expect(302);
    const again = await request(url).get(back).set('cookie', remembers).expect(302);
    expect(again.get('location')).toBe('/sign-in?failed=true');
  });

  it('given an issuer, then nobody says on this machine who they are', async () => {
    await request(url).get('/auth/local').expect(404);
    await request(url).post('/auth/local').set('sec-fetch-site', 'same-origin').send({ role: 'admin' }).expect(404);
  });
});

describe('a session of the issuer’s', () => {
  afterEach(() => {
    issuer.lifeS = 600;
    issuer.person = { ...issuer.person, roles: ['channel-manager'] };
  });

  it('given a token that is over, when several ask at once, then the session is renewed once, and knows the roles of now', async () => {
    issuer.lifeS = 1;
    const cookie = await signedIn();
    issuer.lifeS = 600;
    issuer.person = { ...issuer.person, roles: ['auditor'] };
    await sleep(1_100);
    const answers = await Promise.all([me(cookie), me(cookie), me(cookie)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0].body).toMatchObject({ roles: ['auditor'], name: 'Ada Lovelace' });
    await me(cookie).expect(200);
  });

  it('given somebody who signs out, then they are sent to where the issuer’s session ends', async () => {
    const cookie = await signedIn();
    const out = await request(url).post('/auth/logout').set({ cookie, 'sec-fetch-site': 'same-origin' }).expect(200);
    expect((out.body as { next: string }).next).toMatch(new RegExp(`^${issuer.url}/end\\?`));
    await me(cookie).expect(401);
  });
});
