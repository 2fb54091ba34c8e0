import { randomUUID } from 'node:crypto';

import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';

import { startApi } from '../../apps/api/src/start';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { Caller, idOf } from '../harness/caller';
import { aKeyPair, type Issuer, startIssuer } from '../harness/issuer';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let issuer: Issuer;
let system: System;
let lifetime: Lifetime;
/** Of an API that trusts the issuer. */
let url: string;

beforeAll(async () => {
  issuer = await startIssuer();
  // Not there when the product starts, as after a power cut.
  issuer.down = true;
  system = await startSystem();
  const settings = { ...system.settings, oidc: { ...system.settings.oidc, issuer: issuer.url, audience: 'register' } };
  const logger = createLogger(settings, 'test');
  lifetime = new Lifetime(logger);
  url = await startApi(await openContext(settings, logger, lifetime));
});
afterAll(async () => {
  await lifetime.end();
  await system.stop();
  await issuer.close();
});

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

const good = () => ({
  iss: issuer.url,
  aud: 'register',
  sub: 'ada@vendor.example',
  roles: ['channel-manager'],
  iat: inSeconds(0),
  exp: inSeconds(600),
});

const goodWithout = (claim: 'aud' | 'iat' | 'exp' | 'sub'): JWTPayload =>
  Object.fromEntries(Object.entries(good()).filter(([name]) => name !== claim));

const ask = (token: string) => request(url).get('/v1/partners').auth(token, { type: 'bearer' });

describe('tokens of an OIDC issuer', () => {
  it('given an issuer that is down, then a token is neither accepted nor refused; once it is back, it is accepted', async () => {
    const token = await issuer.sign(good());
    const answer = await ask(token);
    expect([answer.status, answer.body]).toEqual([503, expect.objectContaining({ code: 'ISSUER_UNAVAILABLE' })]);
    expect(Number(answer.get('retry-after'))).toBeGreaterThan(0);
    issuer.down = false;
    await ask(token).expect(200);
  });

  it('given a person whom the issuer knows by their address, then the log knows them by a pseudonym', async () => {
    const manager = new Caller(url, await issuer.sign(good()));
    const id = idOf(await manager.post('/v1/partners', { legalName: 'Northwind', country: 'DE' }));
    const { events } = await system.stores.eventStore.load(`partner-${id}`);
    expect(events).toMatchObject([{ metadata: { actor: expect.stringMatching(/^[0-9a-f-]{36}$/) as string } }]);
    expect(JSON.stringify(events, (_, value: unknown) => (typeof value === 'bigint' ? '' : value))).not.toContain(
      'ada@',
    );
  });

  it('given a person whom an administrator knows by their address, when their tokens are revoked by it, then none lets them in, and the address stands nowhere', async () => {
    const token = await issuer.sign({ ...good(), sub: 'carl@vendor.example' });
    await ask(token).expect(200);
    const admin = new Caller(url, await issuer.sign({ ...good(), sub: 'root', roles: ['admin'] }));
    const revoked = await admin.post('/v1/token-revocations', { subject: 'carl@vendor.example', reason: 'Left' });
    expect(revoked.status).toBe(201);
    await until('it is refused', async () => (await ask(token)).status === 401);
    await ask(await issuer.sign(good())).expect(200);
    const { events } = await system.stores.eventStore.load(`principal-${idOf(revoked)}`);
    expect(JSON.stringify(events, (_, value: unknown) => (typeof value === 'bigint' ? '' : value))).not.toContain(
      'carl',
    );
  });

  it.each([[{}], [{ subject: 'ada@vendor.example', principalId: '3f4dbd2c-9f6c-4c53-a74f-1f2c0a9c8e11' }]])(
    'given a revocation that names nobody, or somebody twice, then both fields are named',
    async (body) => {
      const admin = new Caller(url, await issuer.sign({ ...good(), roles: ['admin'] }));
      const answer = await admin.post('/v1/token-revocations', { ...body, reason: 'Left' });
      expect(answer.body).toMatchObject({ errors: [{ field: 'principalId' }, { field: 'subject' }] });
    },
  );

  it.each(['at+jwt', 'application/at+jwt', 'AT+JWT', undefined])(
    'given an access token of the type %s, then it is accepted',
    async (typ) => {
      await ask(await issuer.sign(good(), undefined, typ)).expect(200);
    },
  );

  it('given a role of the token, then it may do what the role may, and no more', async () => {
    const auditor = new Caller(url, await issuer.sign({ ...good(), roles: ['auditor'] }));
    await auditor.get('/v1/partners').expect(200);
    expect((await auditor.post('/v1/partners', { legalName: 'X', country: 'DE' })).status).toBe(403);
  });

  it.each<[string, () => Promise<string>]>([
    ['for somebody else', () => issuer.sign({ ...good(), aud: 'another-product' })],
    ['for nobody', () => issuer.sign(goodWithout('aud'))],
    ['of another issuer', () => issuer.sign({ ...good(), iss: 'https://elsewhere.example' })],
    ['that was issued for longer than a day', () => issuer.sign({ ...good(), exp: inSeconds(24 * 3_600 + 1) })],
    ['that does not say when it was issued', () => issuer.sign(goodWithout('iat'))],
    ['that was issued tomorrow', () => issuer.sign({ ...good(), iat: inSeconds(86_400), exp: inSeconds(86_500) })],
    ['that is an ID token', () => issuer.sign(good(), undefined, 'JWT')],
    ['that ends a session', () => issuer.sign(good(), undefined, 'logout+jwt')],
    ['that has expired', () => issuer.sign({ ...good(), exp: inSeconds(-60) })],
    ['that never expires', () => issuer.sign(goodWithout('exp'))],
    ['that is not valid yet', () => issuer.sign({ ...good(), nbf: inSeconds(600) })],
    ['without a subject', () => issuer.sign(goodWithout('sub'))],
    ['without a role', () => issuer.sign({ ...good(), roles: [] })],
    ['with a role that is none', () => issuer.sign({ ...good(), roles: ['emperor'] })],
    ['whose partner is no id', () => issuer.sign({ ...good(), roles: ['partner-user'], partner_id: '42' })],
    ['with a partner’s role and no partner', () => issuer.sign({ ...good(), roles: ['partner-admin'] })],
    ['with a vendor’s role and a partner', () => issuer.sign({ ...good(), partner_id: randomUUID() })],
    [
      'with roles of both sides',
      () => issuer.sign({ ...good(), roles: ['partner-user', 'channel-manager'], partner_id: randomUUID() }),
    ],
    ['signed by nobody', () => Promise.resolve(new UnsecuredJWT(good()).encode())],
    ['signed by another key under the same name', async () => issuer.sign(good(), (await aKeyPair()).privateKey)],
    [
      'whose secret is the public key',
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
          .sign(new TextEncoder().encode(await issuer.publicKey())),
    ],
    [
      'whose key the issuer does not have',
      async () => {
        const { privateKey } = await aKeyPair();
        return new SignJWT(good()).setProtectedHeader({ alg: 'RS256', kid: 'key-2' }).sign(privateKey);
      },
    ],
    [
      'whose content was changed',
      async () => {
        const [head, , signature] = (await issuer.sign({ ...good(), roles: ['auditor'] })).split('.');
        const body = Buffer.from(JSON.stringify({ ...good(), roles: ['admin'] })).toString('base64url');
        return [head, body, signature].join('.');
      },
    ],
    ['of the local issuer', () => system.tokenFor('admin', { audience: 'register' })],
  ])('given a token %s, then it is refused', async (_, sign) => {
    const answer = await ask(await sign());
    expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
    expect(answer.get('www-authenticate')).toBe('Bearer');
  });
});
