import { randomUUID } from 'node:crypto';

import { policyVersion1 } from '@tempore/programme';
import type { Response } from 'supertest';

import { Caller, idOf } from '../harness/caller';
import { addLine } from '../harness/lines';
import { startSystem, type System } from '../harness/system';

let system: System;
let anna: Caller;
let ben: Caller;

beforeAll(async () => {
  system = await startSystem();
  [anna, ben] = await Promise.all([system.as('channel-manager'), system.as('channel-manager')]);
  await addLine(system, 'GTX Pro');
});
afterAll(() => system.stop());

const reason = 'Agreed in the meeting of 2 March';

const proposalOf = ({ body }: Response): string => (body as { proposalId: string }).proposalId;
const factOf = ({ body }: Response): string => (body as { factId: string }).factId;
const codeOf = ({ status, body }: Response): unknown => [status, (body as { code?: string }).code];

const aPartner = async (): Promise<string> =>
  idOf(await anna.post('/v1/partners', { legalName: 'Northwind', country: 'DE' }));
const anAccount = async (): Promise<string> =>
  idOf(await anna.post('/v1/accounts', { legalName: 'Contoso AG', domains: [`c${randomUUID()}.com`] }));

/** What a route answers now, as the log has it. */
const read = async <Body>(path: string, who = anna): Promise<Body> => (await who.get(path).expect(200)).body as Body;

/** One person proposes, tries to adopt alone, and a second one adopts. */
const adoptByTwo = async (of: string, kind: string, body: object): Promise<void> => {
  const proposal = await anna.post(`${of}/proposals/${kind}`, { ...body, reason });
  expect(proposal.status).toBe(201);
  const adoption = `${of}/proposals/${proposalOf(proposal)}/adoption`;
  expect(codeOf(await anna.post(adoption))).toEqual([403, 'SECOND_PERSON_NEEDED']);
  expect((await ben.post(adoption)).status).toBe(200);
};

describe('policies', () => {
  interface Policies {
    items: { version: number; status: string; proposedBy?: string; adoptedBy?: string }[];
  }
  const shorter = { ...policyVersion1, protection: { ...policyVersion1.protection, windowDays: 60 } };
  const nextVersion = async () => (await read<Policies>('/v1/policies')).items.length + 1;

  it('given a fresh installation, version 1 is in force, and nobody proposed it', async () => {
    expect(await read('/v1/policies/current')).toMatchObject({ version: 1, status: 'founded', policy: policyVersion1 });
    expect(await read('/v1/policies/1')).not.toHaveProperty('proposedBy');
    expect(codeOf(await anna.get('/v1/policies/current?at=2020-01-01T00:00:00Z'))).toEqual([404, 'POLICY_NOT_FOUND']);
  });

  it('given a proposal, then it is in force only once a second person has adopted it, and says who both were', async () => {
    const version = await nextVersion();
    const before = (await read<{ version: number }>('/v1/policies/current')).version;
    const holidaySets = [{ country: 'DE', state: 'BY', years: [2026] }];
    const proposal = { version, policy: shorter, holidaySets, reason };
    expect((await anna.post('/v1/policies', proposal)).status).toBe(201);
    expect(codeOf(await anna.post(`/v1/policies/${version}/adoption`))).toEqual([403, 'SECOND_PERSON_NEEDED']);
    expect(await read('/v1/policies/current')).toMatchObject({ version: before });

    const key = { 'idempotency-key': randomUUID() };
    expect((await ben.post(`/v1/policies/${version}/adoption`, {}, key)).status).toBe(200);
    expect((await ben.post(`/v1/policies/${version}/adoption`, {}, key)).body).toMatchObject({ repeated: true });
    const current = await read<Policies['items'][number]>('/v1/policies/current');
    expect(current).toMatchObject({
      version,
      status: 'adopted',
      reason,
      policy: {
        protection: { windowDays: 60 },
        calendar: { holidays: expect.arrayContaining(['2026-01-06']) as unknown },
      },
    });
    expect(current.adoptedBy).not.toBe(current.proposedBy);
  });

  it('given more holidays than can be computed while others wait, then the field is named', async () => {
    const long = { country: 'CN', years: Array.from({ length: 11 }, (_, n) => 2026 + n) };
    const faultsOf = async (holidaySets: readonly object[]): Promise<readonly string[]> => {
      const version = await nextVersion();
      const answer = await anna.post('/v1/policies', { version, policy: policyVersion1, holidaySets, reason });
      expect(codeOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
      return (answer.body as { errors: { field: string }[] }).errors.map(({ field }) => field);
    };
    expect(await faultsOf([long, { country: 'CN', years: [2026] }])).toEqual(['holidaySets.0.years']);
    // What is too much is not looked at one by one.
    expect(await faultsOf(Array<object>(11).fill(long))).toEqual(['holidaySets']);
  });

  it('given a policy that is wrong in several places, then every field at fault is named in one answer', async () => {
    const calendar = { ...policyVersion1.calendar, opens: '18:00', timeZone: 'Mars' };
    const policy = { ...policyVersion1, calendar, colour: 'red' };
    const answer = await anna.post('/v1/policies', { version: await nextVersion(), policy, reason });
    expect(codeOf(answer)).toEqual([400, 'POLICY_INVALID']);
    const { problems } = (answer.body as { facts: { problems: { field: string }[] } }).facts;
    expect(problems.map(({ field }) => field)).toEqual(['calendar.timeZone', 'colour', 'calendar.closes']);
  });

  it('given two who propose the next version at once, then one of them is told to look at the other’s', async () => {
    const version = await nextVersion();
    const answers = await Promise.all(
      [anna, ben].map((who, index) =>
        who.post('/v1/policies', { version, policy: shorter, reason: `${reason}, ${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await ben.post(`/v1/policies/${version}/withdrawal`, { reason })).status).toBe(200);
    expect(codeOf(await ben.post(`/v1/policies/${version}/adoption`))).toEqual([409, 'POLICY_WITHDRAWN']);
  });

  it('given a partner’s own people, then they neither see nor propose a policy', async () => {
    const partner = await system.as('partner-admin', await aPartner());
    await partner.get('/v1/policies').expect(403);
    expect((await partner.post('/v1/policies', { version: 9, policy: shorter, reason })).status).toBe(403);
  });
});

describe('rates', () => {
  const euro = { currency: 'EUR', perUnit: '1.12', source: 'ECB reference rate', on: '2020-01-02' };

  it('given rates to the programme’s currency, then they count once two people have seen them', async () => {
    await adoptByTwo('/v1/rates', 'rates', { rates: [euro] });
    const later = await anna.post('/v1/rates/proposals/rates', { rates: [{ ...euro, on: '2099-01-01' }], reason });
    expect(await read('/v1/rates')).toMatchObject({
      to: 'USD',
      rates: [euro],
      proposals: [{ proposalId: proposalOf(later) }],
    });
    expect(codeOf(await anna.get('/v1/rates?at=2020-01-01T00:00:00Z'))).toEqual([404, 'POLICY_NOT_FOUND']);
  });

  it('given a rate that is none, then the field at fault is named', async () => {
    const answer = await anna.post('/v1/rates/proposals/rates', { rates: [{ ...euro, currency: 'USD' }], reason });
    expect(answer.body).toMatchObject({ code: 'RATE_INVALID', facts: { problems: [{ field: 'rates.0.currency' }] } });
  });
});

describe('partners', () => {
  it('given changes of territories and named accounts, then each takes two people', async () => {
    const [id, accountId] = await Promise.all([aPartner(), anAccount()]);
    const of = `/v1/partners/${id}`;
    await adoptByTwo(of, 'territories', {
      territories: [{ country: 'DE' }, { country: 'at', productLine: 'GTX Pro' }],
    });
    await adoptByTwo(of, 'named-accounts', { added: [accountId.toUpperCase()] });
    await adoptByTwo(of, 'named-restriction', { restricted: true });
    const waiting = await anna.post(`${of}/proposals/territories`, { territories: null, reason });

    expect(await read(`${of}/standing`)).toMatchObject({
      territories: [
        { country: 'DE', productLine: null },
        { country: 'AT', productLine: 'GTX Pro' },
      ],
      restricted: true,
      namedAccounts: [accountId],
      proposals: [{ proposalId: proposalOf(waiting), change: { of: 'territories', territories: null }, reason }],
    });
    const own = await system.as('partner-user', id);
    expect(await read(`${of}/standing`, own)).toMatchObject({ namedAccounts: [accountId], proposals: null });
    const rival = await system.as('partner-user', await aPartner());
    await rival.get(`${of}/standing`).expect(404);
    expect((await own.post(`${of}/proposals/named-restriction`, { restricted: false, reason })).status).toBe(403);
  });

  it('given an account that does not exist, when it is to be named, then the field is named', async () => {
    const answer = await anna.post(`/v1/partners/${await aPartner()}/proposals/named-accounts`, {
      added: [randomUUID()],
      reason,
    });
    expect(codeOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
    expect((answer.body as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual(['added']);
  });

  it('given group, lines and manager, then one person records them, each with the reason', async () => {
    const id = await aPartner();
    const of = `/v1/partners/${id}`;
    const [groupId, managerId] = [randomUUID(), randomUUID()];
    const lines = [{ productLine: 'GTX Pro', minimumTier: 'silver', certifiedPeople: 2 }];
    expect((await anna.post(`${of}/group`, { groupId, reason })).status).toBe(200);
    expect((await anna.post(`${of}/lines`, { lines, reason })).status).toBe(200);
    expect((await anna.post(`${of}/manager`, { managerId })).status).toBe(200);
    expect(codeOf(await anna.post(`${of}/group`, { groupId: null }))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await read(`${of}/standing`)).toMatchObject({ groupId, lines, managers: [{ managerId }] });
  });

  it('given people and certificates, then they count until revoked, and the partner sees its own only', async () => {
    const id = await aPartner();
    const of = `/v1/partners/${id}`;
    const own = await system.as('partner-admin', id);
    const personId = factOf(await own.post(`${of}/people`));
    const certificate = {
      personId,
      productLine: 'GTX Pro',
      validFrom: '2020-01-01T00:00:00Z',
      validUntil: '2120-01-01T00:00:00Z',
    };
    expect((await own.post(`${of}/certificates`, certificate)).status).toBe(403);
    const certificateId = factOf(await anna.post(`${of}/certificates`, certificate));
    expect(await read(`${of}/people`, own)).toMatchObject({
      people: [{ personId, until: null }],
      certificates: [{ certificateId, counts: true, revoked: false }],
      certified: [{ productLine: 'GTX Pro', people: 1 }],
    });

    expect((await anna.post(`${of}/certificates/${certificateId}/revocation`, { reason })).status).toBe(200);
    expect(await read(`${of}/people`)).toMatchObject({
      certificates: [{ counts: false, revoked: true }],
      certified: [],
    });
    expect((await own.post(`${of}/people/${personId}/departure`)).status).toBe(200);
    const rival = await system.as('partner-admin', await aPartner());
    expect(codeOf(await rival.post(`${of}/people`))).toEqual([404, 'PARTNER_NOT_FOUND']);
  });
});

describe('accounts', () => {
  it('given house and territory, then each takes two people, and what waits is shown', async () => {
    const of = `/v1/accounts/${await anAccount()}`;
    await adoptByTwo(of, 'house', { house: true });
    await adoptByTwo(of, 'territory', { country: 'at' });
    const waiting = await anna.post(`${of}/proposals/house`, { house: false, reason });
    expect(await read(`${of}/facts`)).toMatchObject({
      house: true,
      territory: 'AT',
      proposals: [{ proposalId: proposalOf(waiting), change: { of: 'house', house: false } }],
    });
    expect((await ben.post(`${of}/proposals/${proposalOf(waiting)}/withdrawal`, { reason })).status).toBe(200);
    expect(await read(`${of}/facts`)).toMatchObject({ house: true, proposals: [] });
  });

  it('given terms, letters and a parent, then one person records them, and they can be withdrawn', async () => {
    const [id, parentId, partnerId] = await Promise.all([anAccount(), anAccount(), aPartner()]);
    const of = `/v1/accounts/${id}`;
    const term = { productLine: 'GTX Pro', from: '2025-01-01T00:00:00Z', partnerOfRecord: partnerId, reason };
    const termId = factOf(await anna.post(`${of}/terms`, term));
    const letterId = factOf(await anna.post(`${of}/letters`, { productLine: 'GTX Pro', partnerId, reason }));
    expect((await anna.post(`${of}/parent`, { parentId, reason })).status).toBe(200);
    expect(await read(`${of}/facts`)).toMatchObject({
      terms: [{ termId, from: '2025-01-01T00:00:00.000Z', until: null, partnerOfRecord: partnerId }],
      letters: [{ letterId, partnerId, documentId: null }],
      parentId,
    });

    expect((await anna.post(`${of}/terms/${termId}/withdrawal`, { reason })).status).toBe(200);
    expect((await anna.post(`${of}/letters/${letterId}/withdrawal`, { reason })).status).toBe(200);
    expect((await anna.post(`${of}/parent`, { parentId: null, reason })).status).toBe(200);
    expect(await read(`${of}/facts`)).toMatchObject({ terms: [], letters: [], parentId: null });
    expect(codeOf(await anna.post(`${of}/parent`, { parentId: id, reason }))).toEqual([400, 'PARENT_IS_SELF']);
    expect(codeOf(await anna.post(`${of}/parent`, { parentId: randomUUID(), reason }))).toEqual([
      400,
      'VALIDATION_FAILED',
    ]);
  });

  it('given customers that belong to one another, when one is to belong to whom it owns, then it is refused, at whatever distance', async () => {
    const [top, middle, bottom] = [await anAccount(), await anAccount(), await anAccount()];
    const link = (id: string, parentId: string | null) => anna.post(`/v1/accounts/${id}/parent`, { parentId, reason });
    expect((await link(bottom, middle)).status).toBe(200);
    expect((await link(middle, top)).status).toBe(200);
    for (const below of [middle, bottom]) expect(codeOf(await link(top, below))).toEqual([409, 'PARENT_IN_CIRCLE']);
    expect((await link(middle, null)).status).toBe(200);
    expect((await link(top, bottom)).status).toBe(200);
  });

  it('given two links at one moment that would close a circle together, then no customer is its own ancestor', async () => {
    const parentOf = async (id: string) =>
      (await read<{ parentId: string | null }>(`/v1/accounts/${id}/facts`)).parentId;
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await anAccount(), await anAccount()];
      const answers = await Promise.all([
        anna.post(`/v1/accounts/${one}/parent`, { parentId: other, reason }),
        ben.post(`/v1/accounts/${other}/parent`, { parentId: one, reason }),
      ]);
      const links = [await parentOf(one), await parentOf(other)].filter((parentId) => parentId !== null);
      expect(links.length).toBeLessThan(2);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(links.length);
    }
  });

  it('given a letter, when it names a document, then there has to be one', async () => {
    const [id, partnerId] = await Promise.all([anAccount(), aPartner()]);
    const letter = { productLine: 'GTX Pro', partnerId, reason };
    const verify = (documentId: string) => anna.post(`/v1/accounts/${id}/letters`, { ...letter, documentId });
    expect((await verify(randomUUID())).body).toMatchObject({ status: 400, errors: [{ field: 'documentId' }] });
    expect((await verify(await anna.handIn('We want them to renew'))).status).toBe(201);
  });
});

describe('stakes', () => {
  it('given somebody declares a stake, then it counts at once; that it ends takes two others', async () => {
    const subject = randomUUID();
    const cora = new Caller(system.url, await system.tokenFor('channel-manager', { subject }));
    const accountId = await anAccount();
    const stakeId = factOf(await cora.post('/v1/stakes', { on: 'account', id: accountId, reason }));
    expect(await read('/v1/stakes', cora)).toMatchObject({
      id: subject,
      stakes: [{ stakeId, on: 'account', id: accountId, kind: 'declared', until: null }],
    });

    const of = `/v1/principals/${subject}`;
    const proposal = await anna.post(`${of}/proposals/stake-ends`, { stakeId, reason });
    const adoption = `${of}/proposals/${proposalOf(proposal)}/adoption`;
    expect(codeOf(await cora.post(adoption))).toEqual([403, 'STAKE_OWN']);
    expect(codeOf(await anna.post(adoption))).toEqual([403, 'SECOND_PERSON_NEEDED']);
    expect((await ben.post(adoption)).status).toBe(200);
    const { stakes } = await read<{ stakes: { until: string | null }[] }>(`${of}/stakes`);
    expect(stakes.map(({ until }) => until)).toEqual([expect.any(String)]);
  });

  it('given what is said of somebody else, then it takes two people', async () => {
    const [subject, id] = [randomUUID(), await aPartner()];
    await adoptByTwo(`/v1/principals/${subject}`, 'stakes', { on: 'partner', id, kind: 'quota' });
    expect(await read(`/v1/principals/${subject}/stakes`)).toMatchObject({
      stakes: [{ on: 'partner', id, kind: 'quota', until: null }],
    });
  });
});

describe('what waits for a second person', () => {
  const waiting = async (who: Caller, query: string) => {
    const { items } = await read<{ items: { proposalId: string; status: string }[] }>(`/v1/proposals?${query}`, who);
    return items;
  };

  it('given proposals of all kinds, then each who may adopt them finds them, until they are closed', async () => {
    const [partnerId, accountId, subject] = [await aPartner(), await anAccount(), randomUUID()];
    const cora = new Caller(system.url, await system.tokenFor('channel-manager', { subject }));
    const change = await anna.post(`/v1/partners/${partnerId}/proposals/territories`, { territories: [], reason });
    const house = await anna.post(`/v1/accounts/${accountId}/proposals/house`, { house: true, reason });
    const stake = { on: 'partner', id: partnerId, kind: 'quota', reason };
    const stakes = await anna.post(`/v1/principals/${subject}/proposals/stakes`, stake);
    const all = [change, house, stakes].map(proposalOf);

    const seenBy = async (who: Caller) =>
      (await waiting(who, 'adoptable=true&limit=500'))
        .map(({ proposalId }) => proposalId)
        .filter((id) => all.includes(id));
    // Whoever reads next reads what the last command did.
    await anna.get('/v1/proposals').expect(200);
    expect(await seenBy(ben)).toEqual(all);
    expect(await seenBy(cora)).toEqual(all.slice(0, 2));
    expect(await seenBy(anna)).toEqual([]);
    // Who has a stake in what is no matter of finance, nor is which customers the vendor keeps for itself.
    expect(await seenBy(await system.as('finance'))).toEqual([proposalOf(change)]);
    const finance = await system.as('finance');
    expect(await waiting(finance, 'kind=principal&limit=500')).toEqual([]);

    await ben.post(`/v1/accounts/${accountId}/proposals/${proposalOf(house)}/adoption`);
    expect(await seenBy(ben)).toEqual([proposalOf(change), proposalOf(stakes)]);
    const adopted = (await waiting(ben, 'kind=account&status=adopted&limit=500')).find(
      ({ proposalId }) => proposalId === proposalOf(house),
    );
    expect(adopted).toMatchObject({
      about: { kind: 'account', id: accountId },
      change: { of: 'house', house: true },
      reason,
      closedBy: expect.any(String) as unknown,
    });
  });

  it('given more than fit a page, then each comes once', async () => {
    const pages: string[] = [];
    let cursor = '';
    do {
      const page = await read<{ items: { proposalId: string; about: { id: string } }[]; next: string | null }>(
        `/v1/proposals?limit=3${cursor}`,
      );
      pages.push(...page.items.map(({ about, proposalId }) => `${about.id} ${proposalId}`));
      cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== '');
    expect(pages.length).toBeGreaterThan(3);
    expect(new Set(pages).size).toBe(pages.length);
  });
});

it('given the API’s description, then every command on facts asks for a key, and says what it answers', async () => {
  interface Operation {
    readonly parameters?: readonly { name: string; required: boolean }[];
    readonly responses: Record<string, { content?: Record<string, { schema?: object }> }>;
  }
  const { paths } = await read<{ paths: Record<string, { post?: Operation }> }>('/openapi.json');
  const commands = Object.entries(paths)
    .filter(([path]) => /policies|rates|proposals|stakes|certificates|terms|letters/.test(path))
    .flatMap(([, { post }]) => post ?? []);
  expect(commands.length).toBeGreaterThan(15);
  for (const { parameters = [], responses } of commands) {
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', required: true }));
    const answer = responses['200'] ?? responses['201'];
    expect(answer?.content?.['application/json']?.schema).toBeDefined();
  }
});

describe('what waits at the vendor’s', () => {
  it('given a proposal that its partner is not shown, then no ETag and no instant that it sees moves', async () => {
    const partnerId = await aPartner();
    const admin = await system.as('partner-admin', partnerId);
    const seen = () =>
      Promise.all(
        ['', '/standing', '/people'].map(async (path) => {
          const answer = await admin.get(`/v1/partners/${partnerId}${path}`).expect(200);
          return [answer.get('etag'), answer.body as object];
        }),
      );
    await admin.post(`/v1/partners/${partnerId}/people`, { name: 'Ada Lovelace' });
    const before = await seen();
    const proposed = await anna.post(`/v1/partners/${partnerId}/proposals/territories`, { territories: [], reason });
    expect(proposed.status).toBe(201);
    // The views have to have come by it.
    await read(`/v1/partners/${partnerId}`, anna);
    expect(await seen()).toEqual(before);

    const [, , [etag]] = (await seen()) as [unknown, unknown, [string]];
    const added = await admin.post(`/v1/partners/${partnerId}/people`, { name: 'Bob' }, { 'if-match': etag });
    expect([added.status, added.get('etag')]).toEqual([201, undefined]);
    const late = await admin.post(`/v1/partners/${partnerId}/people`, { name: 'Cid' }, { 'if-match': etag });
    expect(codeOf(late)).toEqual([412, 'CHANGED_MEANWHILE']);
  });
});

describe('who states facts', () => {
  it('given a declared stake in a customer, then its owner puts no facts on record that block or free it', async () => {
    const cora = await system.as('channel-manager');
    const [accountId, partnerId] = [await anAccount(), await aPartner()];
    const of = `/v1/accounts/${accountId}`;
    const term = { productLine: 'GTX Pro', from: '2025-01-01T00:00:00Z', reason };
    const termId = factOf(await anna.post(`${of}/terms`, term));
    const letterId = factOf(await anna.post(`${of}/letters`, { productLine: 'GTX Pro', partnerId, reason }));
    const house = proposalOf(await anna.post(`${of}/proposals/house`, { house: true, reason }));
    const named = `/v1/partners/${partnerId}/proposals`;
    const naming = proposalOf(await anna.post(`${named}/named-accounts`, { added: [accountId], reason }));
    await cora.post('/v1/stakes', { on: 'account', id: accountId, reason });

    for (const [path, body] of [
      [`${of}/terms`, term],
      [`${of}/terms/${termId}/withdrawal`, { reason }],
      [`${of}/letters`, { productLine: 'GTX Pro', partnerId, reason }],
      [`${of}/letters/${letterId}/withdrawal`, { reason }],
      [`${of}/proposals/territory`, { country: 'at', reason }],
      [`${of}/proposals/${house}/adoption`, {}],
      [`${of}/proposals/${house}/withdrawal`, { reason }],
      [`${named}/named-accounts`, { removed: [accountId], reason }],
      [`${named}/${naming}/adoption`, {}],
      [`${of}/lines/Gateway/direct-opportunities`, { reason }],
      [`${of}/lines/Gateway/tenders`, { reference: 'T-1', publishedAt: '2026-01-01T00:00:00Z', reason }],
    ] as const)
      expect([path, codeOf(await cora.post(path, body))]).toEqual([path, [403, 'STATED_WITH_STAKE']]);
    expect(await read(`${of}/facts`)).toMatchObject({ house: false, terms: [{ termId }], letters: [{ letterId }] });
  });

  it('given somebody recorded among a partner’s people, then they verify no letter for it, whatever their role', async () => {
    const subject = randomUUID();
    const cora = new Caller(system.url, await system.tokenFor('channel-manager', { subject }));
    const [accountId, partnerId] = [await anAccount(), await aPartner()];
    await anna.post(`/v1/partners/${partnerId}/people`, { personId: subject });
    const letter = { productLine: 'GTX Pro', partnerId, reason };
    expect(codeOf(await cora.post(`/v1/accounts/${accountId}/letters`, letter))).toEqual([403, 'STATED_WITH_STAKE']);
  });
});
