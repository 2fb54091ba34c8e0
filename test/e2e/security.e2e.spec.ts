import { randomUUID } from 'node:crypto';

import { partnerRoles, type Role, roles } from '@tempore/principals';
import request from 'supertest';

import { Caller, idOf } from '../harness/caller';
import { aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const partner = async (legalName: string): Promise<string> => {
  const manager = await system.as('channel-manager');
  const id = idOf(await manager.post('/v1/partners', { legalName, country: 'DE' }));
  await manager.get(`/v1/partners/${id}`).expect(200);
  return id;
};

const OPEN: Readonly<Record<string, number>> = {
  // Whoever holds a mailed link has no other token: without the link's it is no request.
  'get /v1/address-confirmations': 400,
  'post /v1/address-confirmations': 400,
  // Where no issuer signs people in, this machine does: whom they may be is seen before, and who they are has to be said.
  'get /auth/local': 200,
  'post /auth/local': 400,
};

describe('who may do what', () => {
  it('given no token, when anything but health, documentation, a mailed link and the local sign-in is asked for, then it is refused', async () => {
    const api = await request(system.url).get('/openapi.json').expect(200);
    const { paths } = api.body as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method, path]),
    );
    expect(routes.length).toBeGreaterThan(5);
    for (const [method, path] of routes) {
      const url = system.url + (path ?? '').replaceAll(/\{\w+\}/g, randomUUID());
      const { status } = await fetch(url, { method: (method ?? '').toUpperCase() });
      expect([method, path, status]).toEqual([method, path, OPEN[`${method} ${path}`] ?? 401]);
    }
    await request(system.url).get('/metrics').expect(401);
    await request(system.url).get('/health/live').expect(200);
  });

  it.each([
    ['is no token', () => Promise.resolve('nonsense')],
    ['is signed by nobody', () => Promise.resolve('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZXMiOlsiYWRtaW4iXX0.')],
    ['has expired', () => system.tokenFor('admin', { expiresAt: new Date(Date.now() - 1_000) })],
    ['is for somebody else', () => system.tokenFor('admin', { audience: 'another-product' })],
  ])('given a token that %s, then it is refused', async (_, token) => {
    const answer = await request(system.url)
      .get('/v1/partners')
      .auth(await token(), { type: 'bearer' });
    expect([answer.status, answer.body]).toEqual([401, expect.objectContaining({ code: 'UNAUTHENTICATED' })]);
  });

  it('given a partner’s own person, then they see their own organisation and nobody else', async () => {
    const [own, other] = [await partner('Own'), await partner('Other')];
    const person = await system.as('partner-user', own);

    expect((await person.get('/v1/partners')).body).toMatchObject({ items: [{ id: own }], next: null });
    await person.get(`/v1/partners/${own}`).expect(200);
    await person.get(`/v1/partners/${own}/pipeline`).expect(200);
    await person.get(`/v1/deals?partnerId=${own.toUpperCase()}`).expect(200);
    for (const path of [`/v1/partners/${other}`, `/v1/partners/${other}/pipeline`, `/v1/deals?partnerId=${other}`])
      expect((await person.get(path)).body).toMatchObject({ status: 404, code: 'PARTNER_NOT_FOUND' });
    expect((await person.post(`/v1/partners/${own}/approval`)).status).toBe(403);
  });

  it('given a role that a route does not name, then it is refused', async () => {
    const auditor = await system.as('auditor');
    const answer = await auditor.post('/v1/partners', { legalName: 'X', country: 'DE' });
    expect([answer.status, answer.body]).toEqual([403, expect.objectContaining({ code: 'FORBIDDEN' })]);
  });
});

describe('tokens of the local issuer', () => {
  it('given a subject in capitals, then it is the same person as in small letters', async () => {
    const subject = randomUUID();
    const [small, large] = await Promise.all(
      [subject, subject.toUpperCase()].map(
        async (one) => new Caller(system.url, await system.tokenFor('channel-manager', { subject: one })),
      ),
    );
    const key = { 'idempotency-key': randomUUID() };
    const body = { legalName: 'Northwind', country: 'DE' };
    const first = await small?.post('/v1/partners', body, key);
    const second = await large?.post('/v1/partners', body, key);
    expect([first?.status, second?.status]).toEqual([201, 201]);
    expect([first?.body, second?.body]).toMatchObject([
      { repeated: false },
      { repeated: true, id: (first?.body as { id: string }).id },
    ]);
  });

  it('given a subject that is no id, or a life of more than a day, then it is refused', async () => {
    const long = { expiresAt: new Date(Date.now() + 86_400_000 + 60_000) };
    for (const claims of [{ subject: 'ada@vendor.example' }, long])
      await request(system.url)
        .get('/v1/partners')
        .auth(await system.tokenFor('admin', claims), { type: 'bearer' })
        .expect(401);
  });
});

describe('the revocation of tokens', () => {
  const revoke = async (principalId: string) => {
    const admin = await system.as('admin');
    return admin.post('/v1/token-revocations', { principalId: principalId.toUpperCase(), reason: 'Lost a laptop' });
  };
  const ask = (token: string, url = system.url) => request(url).get('/v1/partners').auth(token, { type: 'bearer' });

  it('given a token that was good a moment ago, when its bearer’s tokens are revoked, then no API process lets it in, and it is on record why', async () => {
    const subject = randomUUID();
    const token = await system.tokenFor('channel-manager', { subject });
    const another = await system.anotherApi();
    await ask(token).expect(200);
    await ask(token, another).expect(200);

    expect((await revoke(subject)).status).toBe(201);
    await until('it is refused everywhere', async () => {
      const answers = await Promise.all([ask(token), ask(token, another)]);
      return answers.every(({ status }) => status === 401);
    });
    expect((await ask(token)).body).toMatchObject({ code: 'UNAUTHENTICATED', detail: 'The token is revoked.' });
    const { events } = await system.stores.eventStore.load(`principal-${subject}`);
    expect(events).toMatchObject([{ type: 'principal-tokens-revoked', data: { reason: 'Lost a laptop' } }]);
  });

  it('given tokens were revoked, then an API process that starts later refuses them, and one issued since lets in', async () => {
    const subject = randomUUID();
    const token = await system.tokenFor('channel-manager', { subject });
    await revoke(subject);
    const later = await system.anotherApi();
    await ask(token, later).expect(401);
    const since = new Date(Date.now() + 2_000);
    await ask(await system.tokenFor('channel-manager', { subject, issuedAt: since }), later).expect(200);
    await ask(await system.tokenFor('channel-manager'), later).expect(200);
  });

  it('given a role that may not revoke, then it is refused', async () => {
    const manager = await system.as('channel-manager');
    const answer = await manager.post('/v1/token-revocations', { principalId: randomUUID(), reason: 'A quarrel' });
    expect(answer.status).toBe(403);
  });
});

describe('what a partner’s people may do while it is not active', () => {
  const asking = ['/v1/deals', {}] as const;
  const checking = ['/v1/availability-checks', { customer: { domain: 'contoso.ch' }, productLine: 'Gateway' }] as const;
  const registering = ['/v1/registrations', { lines: [{ productLine: 'Gateway' }] }] as const;
  const codeOf = async (person: Caller, [path, body]: readonly [string, object]) => {
    const answer = await person.post(path, body);
    return (answer.body as { code?: string }).code ?? answer.status;
  };

  it('given a partner that has only applied, or that nobody knows, then they neither ask, draft nor upload', async () => {
    for (const [id, code] of [
      [await partner('Applied'), 'PARTNER_NOT_APPROVED'],
      [randomUUID(), 'PARTNER_UNKNOWN'],
    ] as const) {
      const person = await system.as('partner-admin', id);
      for (const act of [asking, checking, registering]) expect(await codeOf(person, act)).toBe(code);
      await expect(person.handIn()).rejects.toThrow('403');
    }
  });

  it('given a suspended one, then they neither ask, draft nor file, and withdraw and hand in evidence', async () => {
    const manager = await system.as('channel-manager');
    const { id, caller } = await enrol(system);
    const deal = idOf(await caller.post('/v1/deals', aDeal(await caller.handIn())));
    expect((await caller.post(`/v1/deals/${deal}/submission`)).status).toBe(201);
    const draft = idOf(await caller.post('/v1/deals', {}));
    await manager.post(`/v1/partners/${id}/suspension`, { reason: 'Audit' });
    for (const act of [asking, checking, registering, [`/v1/deals/${draft}/submission`, {}]] as const)
      expect(await codeOf(caller, act)).toBe('PARTNER_SUSPENDED');
    expect(await caller.handIn()).toEqual(expect.any(String));
    expect(await codeOf(caller, [`/v1/deals/${deal}/withdrawal`, { reason: 'No budget' }])).toBe(200);
  });

  it('given one whose agreement ended, then they read their own, and act no more', async () => {
    const manager = await system.as('channel-manager');
    const { id, caller } = await enrol(system);
    const deal = idOf(await caller.post('/v1/deals', aDeal(await caller.handIn())));
    expect((await caller.post(`/v1/deals/${deal}/submission`)).status).toBe(201);
    await manager.post(`/v1/partners/${id}/end`, { reason: 'mutual' });
    await caller.get(`/v1/deals/${deal}`).expect(200);
    for (const act of [asking, checking, [`/v1/deals/${deal}/withdrawal`, { reason: 'No budget' }]] as const)
      expect(await codeOf(caller, act)).toBe('PARTNER_ENDED');
  });
});

describe('what is sent', () => {
  it('given several wrong fields, then each is named', async () => {
    const manager = await system.as('channel-manager');
    const answer = await manager.post('/v1/partners', { legalName: '', country: 'Germany', tier: 'gold' });
    expect(answer.status).toBe(400);
    expect(answer.get('content-type')).toContain('application/problem+json');
    expect((answer.body as { errors: { field: string }[] }).errors.map(({ field }) => field).sort()).toEqual([
      'country',
      'legalName',
      'tier',
    ]);
  });

  it.each([
    ['no idempotency key', {}, { 'idempotency-key': '' }, 'IDEMPOTENCY_KEY_MALFORMED'],
    ['a malformed ETag', {}, { 'if-match': 'three' }, 'IF_MATCH_MALFORMED'],
  ])('given %s, then the header is named', async (_, body, headers, code) => {
    const manager = await system.as('channel-manager');
    const answer = await manager.post(`/v1/partners/${randomUUID()}/approval`, body, headers);
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code })]);
  });

  it.each([
    ['a cursor of another list', '/v1/partners?cursor=WyJ4Il0', 'CURSOR_UNKNOWN'],
    ['a limit beyond all bounds', '/v1/partners?limit=100000', 'VALIDATION_FAILED'],
    ['an id that is none', '/v1/partners/42', 'ID_MALFORMED'],
    ['a version that is none', '/v1/policies/first', 'VERSION_MALFORMED'],
    ['a NUL to search for', '/v1/partners?search=%00', 'VALUE_UNUSABLE'],
  ])('given %s, then it is refused as a problem of the request', async (_, path, code) => {
    const manager = await system.as('channel-manager');
    expect((await manager.get(path)).body).toMatchObject({ status: 400, code });
  });

  it('given a forged consistency token, then it is refused', async () => {
    const manager = await system.as('channel-manager');
    const answer = await manager.get('/v1/partners').set('consistency-token', Buffer.alloc(69).toString('base64url'));
    expect(answer.body).toMatchObject({ status: 400, code: 'CONSISTENCY_TOKEN_UNKNOWN' });
  });

  it.each([
    ['a line without a name', '%20', 'LINE_MALFORMED'],
    ['a line with a name beyond all bounds', 'x'.repeat(1_000), 'LINE_MALFORMED'],
    ['a path beyond all bounds', 'x'.repeat(5_000), 'PATH_TOO_LONG'],
    ['a path that nobody can read', '%E0%A4%A', 'REQUEST_MALFORMED'],
  ])('given %s, then it is refused with what to do about it', async (_, line, code) => {
    const direct = await system.as('direct-rep');
    const path = `/v1/accounts/${randomUUID()}/lines/${line}/direct-opportunities`;
    const answer = await direct.post(path, { reason: 'A call' });
    expect(answer.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code, remedy: expect.any(String) as string });
  });

  it('given nothing at an address, or nothing for the caller, then the refusal says what to do about it', async () => {
    const person = await system.as('partner-user', await partner('Asking'));
    for (const path of ['/v1/nowhere', `/v1/deals/${randomUUID()}`, '/v1/reviews'])
      expect((await person.get(path)).body).toMatchObject({ remedy: expect.any(String) as string });
  });

  it('given half of a character in a text, then it is refused, wherever it stands', async () => {
    const manager = await system.as('channel-manager');
    const apply = (legalName: string) => manager.post('/v1/partners', { legalName, country: 'DE' });
    const refused = await apply('\ud83d');
    expect(refused.body).toMatchObject({ status: 400, code: 'TEXT_NOT_UNICODE' });
    expect(refused.text).toContain('legalName holds half');
    const named = await manager.post('/v1/partners', { legalName: 'Northwind', country: 'DE', 'a\udc00': 1 });
    expect(named.body).toMatchObject({ status: 400, code: 'TEXT_NOT_UNICODE' });
    expect((await apply('\ud83d\ude00 & Co, \\ud83d')).status).toBe(201);
  });

  it('given numbers beyond all bounds, or nesting without end, then it is refused as a problem of the request', async () => {
    const token = await system.tokenFor('channel-manager');
    const send = (country: string) =>
      request(system.url)
        .post('/v1/partners')
        .auth(token, { type: 'bearer' })
        .set({ 'content-type': 'application/json', 'idempotency-key': randomUUID() })
        .send(`{"legalName":"X","country":${country}}`);
    const deep = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
    expect((await send('{"code":[1e400]}')).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ field: 'country.code.0' }],
    });
    expect((await send(deep(32))).body).toMatchObject({ status: 400, code: 'BODY_TOO_DEEP' });
    expect((await send(deep(3_000))).body).toMatchObject({ status: 400, code: 'BODY_TOO_DEEP' });
    expect((await send(deep(31))).body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  });

  it('given a body that is no JSON, or too large, then it is refused as a problem of the request', async () => {
    const token = await system.tokenFor('channel-manager');
    const send = (body: string) =>
      request(system.url)
        .post('/v1/partners')
        .auth(token, { type: 'bearer' })
        .set({ 'content-type': 'application/json', 'idempotency-key': randomUUID() })
        .send(body);
    expect((await send('{')).body).toMatchObject({ status: 400, code: 'BODY_MALFORMED' });
    expect((await send(`{"legalName":"${'x'.repeat(1_100_000)}"}`)).body).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
    });
  });
});

describe('what nobody asked for', () => {
  type Operation = { readonly parameters?: readonly { readonly name: string; readonly in: string }[] };

  const operations = async (): Promise<readonly { method: string; path: string }[]> => {
    const answer = await request(system.url).get('/openapi.json').expect(200);
    const { paths } = answer.body as { paths: Record<string, Record<string, Operation>> };
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    );
  };

  const PARTNERS: ReadonlySet<Role> = new Set(partnerRoles);
  let known: string;
  beforeAll(async () => {
    known = (await enrol(system)).id;
  });

  /** Asks as each in turn until it is somebody who may. */
  const ask = async (method: string, path: string, sent: object = {}): Promise<Response> => {
    let answer: Response | undefined;
    const tokens = await Promise.all(
      roles.map((role) => system.tokenFor(role, PARTNERS.has(role) ? { partnerId: known } : {})),
    );
    for (const token of tokens) {
      answer = await fetch(system.url + path.replace('{version}', '1').replaceAll(/\{\w+\}/g, randomUUID()), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'idempotency-key': randomUUID(),
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        },
        ...(method === 'GET' ? {} : { body: JSON.stringify(sent) }),
      });
      if (answer.status !== 403) return answer;
    }
    throw new Error(`Nobody may ${method} ${path}`);
  };

  it('given a parameter that no route knows, then every route refuses it by name, and keeps no answer', async () => {
    for (const { method, path } of await operations())
      for (const name of ['asOf', 'constructor', 'toString']) {
        const form = method === 'POST' && path === '/v1/documents';
        const answer = await ask(method, `${path}?${name}=1`);
        expect([method, path, answer.status]).toEqual([method, path, form ? 415 : 400]);
        expect(answer.headers.get('cache-control')).toBe('no-store');
        if (!form)
          expect(await answer.json()).toMatchObject({
            code: 'VALIDATION_FAILED',
            errors: expect.arrayContaining([{ field: name, message: 'is not known here' }]) as unknown,
          });
      }
  });

  it('given a field that no route knows, or that every object has, then it is refused by name', async () => {
    for (const { method, path } of await operations()) {
      if (method === 'GET' || path === '/v1/documents') continue;
      for (const name of ['asOf', 'hasOwnProperty', '__proto__']) {
        const answer = await ask(method, path, JSON.parse(`{"${name}":1}`) as object);
        expect([method, path, answer.status]).toEqual([method, path, 400]);
        expect(await answer.json()).toMatchObject({
          errors: expect.arrayContaining([{ field: name, message: 'is not known here' }]) as unknown,
        });
      }
    }
  });

  it('given a method that an address does not know, then it says which it does', async () => {
    const known = new Map<string, string[]>();
    for (const { method, path } of await operations()) known.set(path, [...(known.get(path) ?? []), method]);
    const token = await system.tokenFor('admin');
    for (const [path, methods] of known)
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
        if (methods.includes(method)) continue;
        const url = system.url + path.replaceAll(/\{\w+\}/g, randomUUID());
        const answer = await fetch(url, { method, headers: { authorization: `Bearer ${token}` } });
        const { code } = (await answer.json()) as { code: string };
        expect([method, path, answer.status, code]).toEqual([method, path, 405, 'METHOD_NOT_ALLOWED']);
        expect((answer.headers.get('allow') ?? '').split(', ')).toEqual(expect.arrayContaining(methods));
      }
  });
});

describe('a body', () => {
  const sendAs = async (token: string | undefined, path: string, type: string, body: string | Buffer) => {
    const asking = request(system.url).post(path).set({ 'content-type': type, 'idempotency-key': randomUUID() });
    // As it is: what sends would write a buffer as JSON.
    asking.serialize(() => body as string);
    return (token === undefined ? asking : asking.auth(token, { type: 'bearer' })).send(body);
  };

  it('given nobody who says who they are, then nothing of what they send is read', async () => {
    for (const [type, body] of [
      ['application/json', '{'],
      ['text/plain', 'x'],
      ['application/json', 'x'.repeat(1_100_000)],
    ] as const)
      expect((await sendAs(undefined, '/v1/partners', type, body)).body).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('given JSON that is not UTF-8, then it is refused, and not recorded as another text', async () => {
    const token = await system.tokenFor('channel-manager');
    const latin = Buffer.from('{"legalName":"Ørsted","country":"DK"}', 'latin1');
    const answer = await sendAs(token, '/v1/partners', 'application/json', latin);
    expect(answer.body).toMatchObject({ status: 400, code: 'BODY_NOT_UTF8' });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'given %s where JSON is expected, then it is refused',
    async (type) => {
      const token = await system.tokenFor('channel-manager');
      const answer = await sendAs(token, '/v1/partners', type, '{"legalName":"X","country":"DE"}');
      expect(answer.body).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
    },
  );

  const elements = (count: number, element: string): string => Array.from({ length: count }, () => element).join(',');

  it.each([
    ['elements without end', `{"lines":[${elements(300_000, '{}')}]}`, 'BODY_TOO_LONG', 0],
    ['fields without end', `{${Array.from({ length: 90_000 }, (_, n) => `"x${n}":1`).join(',')}}`, 'BODY_TOO_LONG', 0],
    [
      '4,900 unknown fields',
      `{${Array.from({ length: 4_900 }, (_, n) => `"x${n}":1`).join(',')}}`,
      'VALIDATION_FAILED',
      50,
    ],
    ['a field with a name of 900,000 letters', `{"${'x'.repeat(900_000)}":1}`, 'VALIDATION_FAILED', 50],
    [
      'an instant of 900,000 letters',
      `{"firstTouch":{"at":"${'2026-01-01T'.repeat(80_000)}"}}`,
      'VALIDATION_FAILED',
      50,
    ],
    ['4,900 lines', `{"lines":[${elements(4_900, '{}')}]}`, 'VALIDATION_FAILED', 1],
    [
      '20 lines of 240 contacts',
      `{"lines":[${elements(20, `{"contacts":[${elements(240, '7')}]}`)}]}`,
      'VALIDATION_FAILED',
      50,
    ],
  ])('given %s, then it costs little and is answered in few words', async (_, body, code, most) => {
    const token = await system.tokenFor('partner-user', { partnerId: (await enrol(system)).id });
    const before = process.cpuUsage();
    const answer = await sendAs(token, '/v1/registrations', 'application/json', body);
    const { user, system: kernel } = process.cpuUsage(before);
    expect(answer.body).toMatchObject({ status: 400, code });
    expect(answer.text.length).toBeLessThan(20_000);
    const { errors = [] } = answer.body as { errors?: readonly unknown[] };
    expect(errors.length).toBeLessThanOrEqual(most);
    // Of the whole product and of this client; what this mends took twenty seconds.
    expect((user + kernel) / 1_000_000).toBeLessThan(3);
  });
});
