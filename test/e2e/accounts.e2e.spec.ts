import { randomUUID } from 'node:crypto';

import { verify } from '@tempore/projections';
import { accountsView, possibleConflictsView } from '@tempore/read-models';

import { startApi } from '../../apps/api/src/start';
import { Lifetime } from '../../apps/composition/src/lifetime';
import { createLogger } from '../../apps/composition/src/logger';
import { openContext } from '../../apps/composition/src/run-app';
import { logSource } from '../../apps/composition/src/views';
import { type Caller, idOf } from '../harness/caller';
import { enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
let manager: Caller;
/** A second API process: with connections, folds and queues of its own. */
let elsewhere: Caller;
let lifetime: Lifetime;

beforeAll(async () => {
  system = await startSystem();
  manager = await system.as('channel-manager');
  const logger = createLogger(system.settings, 'test');
  lifetime = new Lifetime(logger);
  elsewhere = manager.at(await startApi(await openContext(system.settings, logger, lifetime)));
});
afterAll(async () => {
  await lifetime.end();
  await system.stop();
});

/** A domain that no other test of the run opens a customer by. */
const aDomain = (): string => `d${randomUUID().replaceAll('-', '')}.com`;

const open = async (body: object, at = manager) => {
  const answer = await at.post('/v1/accounts', body);
  expect([200, 201]).toContain(answer.status);
  return answer;
};

const search = async (text: string): Promise<unknown> =>
  ((await manager.get(`/v1/accounts?search=${encodeURIComponent(text)}`).expect(200)).body as { items: unknown }).items;

describe('opening a customer', () => {
  it('given nobody knows it, then it is opened, and is read back with its names and keys', async () => {
    const domain = aDomain();
    const registryNumber = { country: 'DE', number: `HRB ${Date.now()}` };
    const answer = await open({
      legalName: 'Fabrikam GmbH',
      country: 'DE',
      registryNumber,
      domains: [`www.${domain}`],
    });

    expect([answer.status, answer.body]).toMatchObject([201, { opened: true, repeated: false }]);
    const found = await manager.get(`/v1/accounts/${idOf(answer)}`).expect(200);
    expect(found.body).toMatchObject({
      id: idOf(answer),
      legalName: 'Fabrikam GmbH',
      country: 'DE',
      source: null,
      names: [{ kind: 'legal', name: 'Fabrikam GmbH', validFrom: null, validUntil: null }],
      keys: [
        { kind: 'domain', value: domain },
        { kind: 'registry', value: `DE:${registryNumber.number.replace(' ', '')}` },
      ],
    });
  });

  it('given one of its keys names an open customer, then it is found, also by another API process', async () => {
    const domain = aDomain();
    const first = await open({ legalName: 'Adatum', domains: [domain] });
    const second = await open({ legalName: 'ADATUM CORP.', domains: [`shop.${domain}`] }, elsewhere);

    expect([second.status, second.body]).toMatchObject([200, { id: idOf(first), opened: false, events: [] }]);
    await elsewhere.get(`/v1/accounts/${idOf(second)}`).expect(200);
  });

  it('given the request is sent again under its key, then the answer is the same, but for saying so', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { legalName: 'Proseware', domains: [aDomain()] };
    const first = await manager.post('/v1/accounts', body, key);
    const again = await elsewhere.post('/v1/accounts', body, key);

    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual({ ...(first.body as object), repeated: true });
  });

  it('given many open it at once through two API processes, by keys that overlap, then there is one account', async () => {
    const domains = [aDomain(), aDomain(), aDomain()];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const known = domains.filter((_domain, at) => at === 1 || at === index % 3);
        return open({ legalName: `Trey Research ${index}`, domains: known }, index % 2 ? manager : elsewhere);
      }),
    );

    expect(new Set(answers.map(idOf)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('given its keys name two customers, then it is refused, naming both', async () => {
    const [one, other] = [aDomain(), aDomain()];
    const ids = [
      idOf(await open({ legalName: 'One', domains: [one] })),
      idOf(await open({ legalName: 'Two', domains: [other] })),
    ];
    const answer = await manager.post('/v1/accounts', { legalName: 'Both', domains: [one, other] });

    expect(answer.body).toMatchObject({ status: 409, code: 'ACCOUNT_KEYS_DISAGREE' });
    expect(new Set((answer.body as { facts: { accountIds: string[] } }).facts.accountIds)).toEqual(new Set(ids));
  });

  it.each([
    ['no name', { domains: ['contoso.com'] }, 'legalName'],
    ['an empty name', { legalName: '', domains: ['contoso.com'] }, 'legalName'],
    ['a control character', { legalName: 'a\u0000b', domains: ['contoso.com'] }, 'legalName'],
    ['no country', { legalName: 'X', country: 'Atlantis', domains: ['contoso.com'] }, 'country'],
    ['a number without its country', { legalName: 'X', registryNumber: { number: '1' } }, 'registryNumber.country'],
    ['domains that are none', { legalName: 'X', domains: 'contoso.com' }, 'domains'],
    ['a field that is not known', { legalName: 'X', domains: ['contoso.com'], vat: '1' }, 'vat'],
  ])('given %s, then the answer names the field', async (_, body, field) => {
    const answer = await manager.post('/v1/accounts', body);

    expect(answer.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect((answer.body as { errors: { field: string }[] }).errors.map((error) => error.field)).toContain(field);
  });

  it.each([
    ['no key at all', {}, 'ACCOUNT_WITHOUT_IDENTITY'],
    ['a domain that is a suffix', { domains: ['co.uk'] }, 'DOMAIN_INVALID'],
    ['a domain that is open to everybody', { domains: ['gmail.com'] }, 'DOMAIN_IS_FREE_MAIL'],
    ['a number without a digit', { registryNumber: { country: 'DE', number: 'HRB' } }, 'REGISTRY_NUMBER_INVALID'],
  ])('given %s, then it is refused with what to do', async (_, body, code) => {
    const answer = await manager.post('/v1/accounts', { legalName: 'X', ...body });

    expect(answer.body).toMatchObject({ status: 400, code, remedy: expect.any(String) as string });
  });
});

describe('names of a customer', () => {
  it('given an alias and a rename, then each name finds it, and says when it was valid', async () => {
    const mark = randomUUID().slice(0, 8);
    const id = idOf(await open({ legalName: `Margie Reisen ${mark}`, domains: [aDomain()] }));
    const since = '2020-05-01T00:00:00.000Z';
    const until = '2021-01-01T00:00:00.000Z';
    const renamed = '2024-01-01T00:00:00.000Z';
    const aliased = await manager.post(`/v1/accounts/${id}/aliases`, {
      name: `Voyages Élysée ${mark}`,
      validFrom: '2020-05-01T02:00:00+02:00',
      validUntil: until,
    });
    await manager.post(`/v1/accounts/${id}/renames`, { name: `Margie Travel ${mark}`, validFrom: renamed });

    expect(aliased.body).toMatchObject({ id, events: [{ type: 'account-alias-added' }] });
    for (const name of ['margie reisen', 'MARGIE TRAVEL', 'voyages elysee'])
      expect(await search(`${name} ${mark}`)).toMatchObject([{ id, legalName: `Margie Travel ${mark}` }]);
    const body: unknown = (await manager.get(`/v1/accounts/${id}`)).body;
    expect(body).toMatchObject({
      names: [
        { kind: 'legal', name: `Margie Reisen ${mark}`, validFrom: null, validUntil: renamed },
        { kind: 'alias', name: `Voyages Élysée ${mark}`, validFrom: since, validUntil: until },
        { kind: 'legal', name: `Margie Travel ${mark}`, validFrom: renamed, validUntil: null },
      ],
    });
  });

  it('given a date-time without its offset, or none at all, then the answer names the field', async () => {
    const id = idOf(await open({ legalName: 'Lucerne', domains: [aDomain()] }));
    for (const validFrom of ['2020-01-01T00:00:00', '2020-02-30T00:00:00Z', '2020-01-01', 7, undefined]) {
      const body: unknown = (await manager.post(`/v1/accounts/${id}/aliases`, { name: 'Luzern', validFrom })).body;
      expect(body).toMatchObject({ status: 400, errors: [{ field: 'validFrom' }] });
    }
  });
});

describe('keys of a customer', () => {
  it('given a further domain and number, then they find it, and open nobody else', async () => {
    const id = idOf(await open({ legalName: 'Wingtip', domains: [aDomain()] }));
    const domain = aDomain();
    const number = `CHE-${Date.now()}`;
    const added = await manager.post(`/v1/accounts/${id}/keys`, { domain });
    await manager.post(`/v1/accounts/${id}/keys`, { registryNumber: { country: 'CH', number } });

    expect(added.body).toMatchObject({ id, events: [{ type: 'account-key-added' }], repeated: false });
    expect(await search(domain)).toMatchObject([{ id }]);
    expect(await search(number.toLowerCase())).toMatchObject([{ id }]);
    expect((await open({ legalName: 'Wingtip Toys', domains: [domain] })).body).toMatchObject({ id, opened: false });
  });

  it('given the request is sent again, then it took effect once; given another key under it, then it is refused', async () => {
    const id = idOf(await open({ legalName: 'Litware', domains: [aDomain()] }));
    const key = { 'idempotency-key': randomUUID() };
    const body = { domain: aDomain() };
    const first = await manager.post(`/v1/accounts/${id}/keys`, body, key);
    const again = await elsewhere.post(`/v1/accounts/${id}/keys`, body, key);
    const other = aDomain();
    const refused = await elsewhere.post(`/v1/accounts/${id}/keys`, { domain: other }, key);

    expect(again.body).toEqual({ ...(first.body as object), repeated: true });
    expect(refused.body).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await open({ legalName: 'Somebody else', domains: [other] })).status).toBe(201);
  });

  it('given the key names another customer, or the customer changed since, then nothing is claimed', async () => {
    const domain = aDomain();
    const other = idOf(await open({ legalName: 'Northwind', domains: [domain] }));
    const id = idOf(await open({ legalName: 'Southridge', domains: [aDomain()] }));
    const free = aDomain();

    expect((await manager.post(`/v1/accounts/${id}/keys`, { domain })).body).toMatchObject({
      status: 409,
      code: 'ACCOUNT_KEY_TAKEN',
      facts: { accountId: other },
    });
    expect((await manager.post(`/v1/accounts/${id}/keys`, { domain: free }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await open({ legalName: 'Free', domains: [free] })).status).toBe(201);
  });

  it.each([[{}], [{ domain: 'a.com', registryNumber: { country: 'DE', number: '1' } }]])(
    'given %j instead of one key, then the answer names the fields',
    async (body) => {
      const id = idOf(await open({ legalName: 'Tailspin', domains: [aDomain()] }));
      expect((await manager.post(`/v1/accounts/${id}/keys`, body)).body).toMatchObject({
        status: 400,
        errors: [{ field: 'domain' }, { field: 'registryNumber' }],
      });
    },
  );
});

describe('who sees customers', () => {
  it('given an id that is nobody’s, then 404; given a text that is no id, then 400', async () => {
    const nobody = randomUUID();
    await manager.get(`/v1/accounts/${nobody}`).expect(404);
    for (const [route, body] of [
      ['aliases', { name: 'X', validFrom: '2020-01-01T00:00:00Z' }],
      ['renames', { name: 'X', validFrom: '2020-01-01T00:00:00Z' }],
      ['keys', { domain: aDomain() }],
    ] as const)
      expect((await manager.post(`/v1/accounts/${nobody}/${route}`, body)).body).toMatchObject({
        status: 404,
        code: 'ACCOUNT_NOT_FOUND',
      });
    await manager.get('/v1/accounts/7').expect(400);
  });

  it('given a partner’s person, then they see no customer, no conflict and no candidate', async () => {
    const person = await system.as('partner-admin', randomUUID());
    for (const path of ['accounts', `accounts/${randomUUID()}`, 'accounts/candidates?name=x', 'possible-conflicts'])
      await person.get(`/v1/${path}`).expect(403);
    expect((await person.post('/v1/accounts', { legalName: 'X', domains: [aDomain()] })).status).toBe(403);
  });

  it('given the direct team, then it sees the vendor’s own customers, and of others whether they are known', async () => {
    const direct = await system.as('direct-rep');
    const reason = 'As agreed';
    const open = async () => {
      const domain = aDomain();
      const opened = await manager.post('/v1/accounts', { legalName: `Lead ${domain}`, domains: [domain] });
      return { domain, id: idOf(opened) };
    };
    const [lead, termed, pursued, kept, named] = await Promise.all([open(), open(), open(), open(), open()]);
    const term = { productLine: 'Gateway', from: '2025-01-01T00:00:00Z', reason };
    await manager.post(`/v1/accounts/${termed.id}/terms`, term);
    expect((await direct.get(`/v1/accounts/known?domain=www.${pursued.domain}`)).body).toEqual({
      accountId: pursued.id,
    });
    const pursuit = `/v1/accounts/${pursued.id}/lines/Gateway/direct-opportunities`;
    expect((await direct.post(pursuit, { reason })).status).toBe(201);
    const second = await system.as('admin');
    const { id: partnerId } = await enrol(system);
    for (const [of, proposal] of [
      [`/v1/accounts/${kept.id}/proposals`, ['house', { house: true, reason }]],
      [`/v1/partners/${partnerId}/proposals`, ['named-accounts', { added: [named.id], reason }]],
    ] as const) {
      const proposed = await manager.post(`${of}/${proposal[0]}`, proposal[1]);
      await second.post(`${of}/${(proposed.body as { proposalId: string }).proposalId}/adoption`);
    }
    await until('the views know', async () => {
      const { status } = await direct.get(`/v1/accounts/${named.id}`);
      return status === 200 && (await direct.get(`/v1/accounts/${kept.id}`)).status === 200;
    });

    for (const { id } of [termed, pursued, kept, named]) await direct.get(`/v1/accounts/${id}/facts`).expect(200);
    for (const path of [`accounts/${lead.id}`, `accounts/${lead.id}/facts`])
      expect((await direct.get(`/v1/${path}`)).body).toMatchObject({ status: 404, code: 'ACCOUNT_NOT_FOUND' });
    const found = await direct.get(`/v1/accounts?search=${lead.domain}`).expect(200);
    expect(found.body).toEqual({ items: [], next: null });
    expect((await direct.get(`/v1/accounts/known?domain=${lead.domain}`)).body).toEqual({ accountId: lead.id });
    expect((await direct.get(`/v1/accounts/known?domain=${aDomain()}`)).body).toEqual({ accountId: null });
    expect((await direct.get('/v1/accounts/known?registryNumber=1')).body).toMatchObject({
      status: 400,
      errors: [{ field: 'domain' }],
    });
    for (const path of [
      'possible-conflicts',
      `accounts/${termed.id}/possible-conflicts`,
      'accounts/candidates?name=Lead',
    ])
      await direct.get(`/v1/${path}`).expect(403);
    await manager.get(`/v1/accounts/${lead.id}`).expect(200);
  });

  it('given somebody of the vendor who only looks, then they read and change nothing', async () => {
    for (const role of ['arbiter', 'auditor'] as const) {
      const reader = await system.as(role);
      await reader.get('/v1/accounts').expect(200);
      await reader.get('/v1/possible-conflicts').expect(200);
      expect((await reader.post('/v1/accounts', { legalName: 'X', domains: [aDomain()] })).status).toBe(403);
    }
  });

  it('given more customers than a page holds, then the pages together show each once, by name', async () => {
    const mark = `pages-${randomUUID().slice(0, 8)}`;
    for (let index = 0; index < 5; index++) await open({ legalName: `${mark} ${4 - index}`, domains: [aDomain()] });
    const names: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await manager.get(`/v1/accounts?search=${mark}&limit=2${next && `&cursor=${next}`}`).expect(200);
      const { items, next: following } = page.body as { items: { legalName: string }[]; next: string | null };
      names.push(...items.map(({ legalName }) => legalName));
      next = following;
    }
    expect(names).toEqual([0, 1, 2, 3, 4].map((index) => `${mark} ${index}`));
  });
});

describe('possible conflicts', () => {
  it('given two customers whose names are alike, then the pair is shown with score, reasons and when it was found', async () => {
    const brand = `zq${randomUUID().slice(0, 6)}`;
    const one = idOf(await open({ legalName: `${brand} Logistics GmbH`, domains: [aDomain()] }));
    const other = idOf(await open({ legalName: `THE ${brand.toUpperCase()} LOGISTICS CO.`, domains: [aDomain()] }));
    const body: unknown = (await manager.get(`/v1/accounts/${one}/possible-conflicts`).expect(200)).body;

    const [first, second] = [one, other].sort();
    expect(body).toMatchObject({
      items: [{ accounts: [{ id: first }, { id: second }], score: 1, reasons: ['same-but-for-legal-form'] }],
      next: null,
    });
    const { sequence } = (body as { items: { sequence: string }[] }).items[0] ?? {};
    const { rows } = await system.stores.readSide.pool.query<{ subject: string }>(
      'SELECT subject FROM rm.sequence WHERE sequence = $1',
      [sequence],
    );
    expect(rows).toEqual([{ subject: other }]);
    expect((await manager.get(`/v1/accounts/${other}/possible-conflicts`)).body).toEqual(body);
  });

  it('given an alias that is like another customer’s name, then they come up; one customer’s own names do not', async () => {
    const brand = `xk${randomUUID().slice(0, 6)}`;
    const one = idOf(await open({ legalName: `${brand} Foods`, domains: [aDomain()] }));
    const other = idOf(await open({ legalName: `Unlike ${randomUUID().slice(0, 8)}`, domains: [aDomain()] }));
    await manager.post(`/v1/accounts/${one}/aliases`, { name: `${brand} Food`, validFrom: '2020-01-01T00:00:00Z' });
    expect((await manager.get(`/v1/accounts/${one}/possible-conflicts`)).body).toMatchObject({ items: [] });

    await manager.post(`/v1/accounts/${other}/aliases`, { name: `${brand} Foods`, validFrom: '2020-01-01T00:00:00Z' });
    expect((await manager.get(`/v1/accounts/${one}/possible-conflicts`)).body).toMatchObject({ items: [{ score: 1 }] });
  });

  it('given a name with a slip, when candidates are asked for, then the customer comes first, with the place of the view', async () => {
    const brand = `vj${randomUUID().replaceAll('-', '').slice(0, 8)}`;
    const id = idOf(await open({ legalName: `${brand} Instruments Inc.`, domains: [aDomain()] }));
    const slip = brand.slice(0, 4) + brand.slice(5);
    const body: unknown = (await manager.get(`/v1/accounts/candidates?name=${slip}%20Instruments`).expect(200)).body;

    expect(body).toMatchObject({ candidates: [{ accountId: id, name: `${brand} Instruments Inc.` }] });
    expect((body as { sequence: string }).sequence).toMatch(/^\d{20}$/);
    const nobody = await manager.get('/v1/accounts/candidates?name=qqqqqqq').expect(200);
    expect(nobody.body).toMatchObject({ candidates: [] });
    await manager.get('/v1/accounts/candidates').expect(400);
  });

  it('given many pairs, then pages show the most alike first, and only from the score asked for', async () => {
    const brand = `wp${randomUUID().slice(0, 6)}`;
    for (const tail of ['Bank', 'Bank Group', 'Bank Trading', 'Insurance'])
      await open({ legalName: `${brand} ${tail}`, domains: [aDomain()] });
    const scores: number[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await manager
        .get(`/v1/possible-conflicts?minScore=0.6&limit=2${next && `&cursor=${next}`}`)
        .expect(200);
      const { items, next: following } = page.body as { items: { score: number }[]; next: string | null };
      scores.push(...items.map(({ score }) => score));
      next = following;
    }
    expect(scores.length).toBeGreaterThan(3);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0.6);
  });
});

it('given all that, when the views of customers are held against a fresh replay, then they are equal row by row', async () => {
  const { eventStore, readSide } = system.stores;
  for (const view of [accountsView, possibleConflictsView]) {
    const { equal, tables } = await verify({ database: readSide, source: logSource(eventStore), view });
    expect([view.name, equal, tables]).toEqual([view.name, true, tables]);
  }
});
