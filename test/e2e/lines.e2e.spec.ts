import { randomUUID } from 'node:crypto';

import type { Response } from 'supertest';

import { type Caller, idOf } from '../harness/caller';
import { addLine } from '../harness/lines';
import { aCustomer, aDeal, type ActingPartner, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';

let system: System;
let anna: Caller;
let ben: Caller;
let northwind: ActingPartner;
let documentId: string;

beforeAll(async () => {
  system = await startSystem();
  [anna, ben] = [await system.as('channel-manager'), await system.as('admin')];
  northwind = await enrol(system);
  documentId = await northwind.caller.handIn();
});
afterAll(() => system.stop());

const reason = 'As the programme sells it';

interface Line {
  readonly code: string;
  readonly name: string;
  readonly open: boolean;
}
interface Catalogue {
  readonly lines: readonly Line[];
  readonly proposals: readonly { proposalId: string; change: object }[] | null;
}

const codeOf = ({ status, body }: Response): unknown => [status, (body as { code?: string }).code];
const catalogue = async (who = anna): Promise<Catalogue> => (await who.get('/v1/lines').expect(200)).body as Catalogue;
const byTwo = async (path: string, body: object = {}): Promise<void> => {
  const proposed = await anna.post(`/v1/lines/${path}`, { reason, ...body });
  expect(proposed.status).toBe(201);
  const { proposalId } = proposed.body as { proposalId: string };
  expect(codeOf(await anna.post(`/v1/lines/proposals/${proposalId}/adoption`))).toEqual([403, 'SECOND_PERSON_NEEDED']);
  expect((await ben.post(`/v1/lines/proposals/${proposalId}/adoption`)).status).toBe(200);
};

const drafted = async (given: object): Promise<string> =>
  idOf(await northwind.caller.post('/v1/deals', aDeal(documentId, { ...given })));
const submit = (id: string, query = '') => northwind.caller.post(`/v1/deals/${id}/submission${query}`);
const file = async (given: object): Promise<Response> => submit(await drafted(given));

describe('the catalogue', () => {
  it('given a fresh installation that is no production, then it has lines to try', async () => {
    const { lines } = await catalogue();
    expect(lines.slice(0, 3).map(({ code, open }) => [code, open])).toEqual([
      ['Gateway', true],
      ['Sensor', true],
      ['Edge', true],
    ]);
  });

  it('given a line that one proposes, then it waits for a second person, and is filed under once it has one', async () => {
    const router = { code: 'Router', name: 'Branch Router', spellings: ['BR-1'], family: 'Edge' };
    const proposed = await anna.post('/v1/lines/proposals/additions', { ...router, reason });
    const { proposalId } = proposed.body as { proposalId: string };
    expect((await catalogue()).proposals).toEqual([
      { proposalId, change: { of: 'line-added', ...router }, reason, proposedBy: expect.any(String) as string },
    ]);
    const listed = await ben.get('/v1/proposals?kind=lines&status=open').expect(200);
    expect((listed.body as { items: object[] }).items).toMatchObject([
      { proposalId, about: { kind: 'lines', id: 'programme' } },
    ]);
    expect(codeOf(await file({ productLine: 'BR-1' }))).toEqual([400, 'LINE_UNKNOWN']);
    expect((await ben.post(`/v1/lines/proposals/${proposalId}/adoption`)).status).toBe(200);
    expect((await northwind.caller.get('/v1/lines/br-1').expect(200)).body).toEqual({ ...router, open: true });
    expect((await file({ productLine: 'br-1' })).status).toBe(201);
  });

  it('given a partner, then it reads the lines and not what is proposed, and proposes nothing', async () => {
    expect((await catalogue(northwind.caller)).proposals).toBeNull();
    const refused = await northwind.caller.post('/v1/lines/proposals/additions', { code: 'Ours', reason });
    expect(refused.status).toBe(403);
  });

  it('given a name that people would take for a line, then it is no other line', async () => {
    const refused = await anna.post('/v1/lines/proposals/additions', { code: 'Sens\u043er', reason });
    expect(codeOf(refused)).toEqual([409, 'LINE_EXISTS']);
  });

  it('given a proposal, when it is withdrawn, then nobody adopts it', async () => {
    const proposed = await anna.post('/v1/lines/Sensor/proposals/closing', { reason });
    const { proposalId } = proposed.body as { proposalId: string };
    expect((await anna.post(`/v1/lines/proposals/${proposalId}/withdrawal`, { reason })).status).toBe(200);
    expect(codeOf(await ben.post(`/v1/lines/proposals/${proposalId}/adoption`))).toEqual([409, 'PROPOSAL_WITHDRAWN']);
  });

  it.each([
    [{ code: '\u200b' }, 'code'],
    [{ code: 'Cloud', spellings: [7] }, 'spellings'],
    [{ code: 'Cloud', spellings: ['x'.repeat(201)] }, 'spellings'],
  ])('given %j, then it is refused, and the field is named', async (body, field) => {
    const refused = await anna.post('/v1/lines/proposals/additions', { ...body, reason });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(field);
  });
});

describe('filings', () => {
  it('given a spelling of a line, then the draft keeps it, and what is filed names the code', async () => {
    const id = await drafted({ productLine: 'GATEWAY\u00a0' });
    const typed = await northwind.caller.get(`/v1/deals/${id}`).expect(200);
    expect(typed.body).toMatchObject({ productLine: 'GATEWAY' });
    expect((await submit(id)).status).toBe(201);
    const filed = await northwind.caller.get(`/v1/deals/${id}`).expect(200);
    expect(filed.body).toMatchObject({ productLine: 'Gateway' });
    const listed = await northwind.caller.get('/v1/deals?productLine=gateway').expect(200);
    expect((listed.body as { items: { id: string }[] }).items.map((deal) => deal.id)).toContain(id);
  });

  it('given a line that the catalogue lacks, then it is refused with the lines to choose from, and opens no customer', async () => {
    const customer = aCustomer();
    const id = await drafted({ productLine: 'Toaster', customer });
    const refused = await submit(id);
    expect(codeOf(refused)).toEqual([400, 'LINE_UNKNOWN']);
    expect(refused.body).toMatchObject({
      facts: { lines: expect.arrayContaining([{ code: 'Gateway', name: 'Gateway' }]) as object },
    });
    const found = await anna.get(`/v1/accounts?search=${customer.legalName}`).expect(200);
    expect((found.body as { items: object[] }).items).toEqual([]);
    const rehearsed = await submit(id, '?dryRun=true');
    expect(rehearsed.body).toMatchObject({ outcome: 'refused', problem: { code: 'LINE_UNKNOWN' } });
  });

  it('given a line that is closed, then what stands goes on, nothing new comes, and a repeat is answered as it was', async () => {
    await addLine(system, 'Fax');
    const id = await drafted({ productLine: 'Fax' });
    const key = { 'idempotency-key': randomUUID() };
    const filed = await northwind.caller.post(`/v1/deals/${id}/submission`, {}, key);
    expect(filed.status).toBe(201);
    await byTwo('Fax/proposals/closing');

    const repeated = await northwind.caller.post(`/v1/deals/${id}/submission`, {}, key);
    expect([repeated.status, (repeated.body as { receipt: object }).receipt]).toEqual([
      201,
      (filed.body as { receipt: object }).receipt,
    ]);
    expect((await anna.post(`/v1/deals/${id}/review`)).status).toBe(200);
    const refused = await file({ productLine: 'fax' });
    expect(codeOf(refused)).toEqual([409, 'LINE_CLOSED']);
    expect(JSON.stringify(refused.body)).not.toContain('"Fax"');
    const asked = { customer: { domain: aCustomer().domain }, productLine: 'Fax' };
    expect(codeOf(await northwind.caller.post('/v1/availability-checks', asked))).toEqual([409, 'LINE_CLOSED']);
    const accountId = idOf(await anna.post('/v1/accounts', { legalName: 'Contoso AG', domains: [aCustomer().domain] }));
    const direct = await anna.post(`/v1/accounts/${accountId}/lines/Fax/direct-opportunities`, { reason });
    expect(codeOf(direct)).toEqual([409, 'LINE_CLOSED']);

    await byTwo('FAX/proposals/reopening');
    expect((await file({ productLine: 'fax' })).status).toBe(201);
  });

  it('given a line that people call otherwise now, then the new name and the old one both file', async () => {
    await addLine(system, 'Probe');
    await byTwo('Probe/proposals/description', { name: 'Feeler', spellings: ['Feeler One'] });
    expect(await catalogue()).toMatchObject({
      lines: expect.arrayContaining([
        { code: 'Probe', name: 'Feeler', spellings: ['Feeler One'], family: null, open: true },
      ]) as object,
    });
    for (const productLine of ['Probe', 'feeler', 'Feeler One']) expect((await file({ productLine })).status).toBe(201);
  });
});

describe('agreements, certificates and facts', () => {
  const partner = () => `/v1/partners/${northwind.id}`;

  it.each([
    ['an agreement', () => anna.post(`${partner()}/lines`, { lines: [{ productLine: 'Toaster' }], reason })],
    [
      'a territory',
      () =>
        anna.post(`${partner()}/proposals/territories`, {
          territories: [{ country: 'CH', productLine: 'Toaster' }],
          reason,
        }),
    ],
    [
      'a certificate',
      () =>
        anna.post(`${partner()}/certificates`, {
          personId: randomUUID(),
          productLine: 'Toaster',
          validFrom: '2026-01-01T00:00:00Z',
          validUntil: '2099-01-01T00:00:00Z',
        }),
    ],
    [
      'a check of availability',
      () =>
        northwind.caller.post('/v1/availability-checks', {
          customer: { domain: aCustomer().domain },
          productLine: 'Toaster',
        }),
    ],
    [
      'a tender',
      async () => {
        const id = idOf(await anna.post('/v1/accounts', { legalName: 'Contoso AG', domains: [aCustomer().domain] }));
        const tender = { reference: 'T-1', publishedAt: '2026-01-01T00:00:00Z', reason };
        return anna.post(`/v1/accounts/${id}/lines/Toaster/tenders`, tender);
      },
    ],
    [
      'a term',
      async () => {
        const id = idOf(await anna.post('/v1/accounts', { legalName: 'Contoso AG', domains: [aCustomer().domain] }));
        return anna.post(`/v1/accounts/${id}/terms`, { productLine: 'Toaster', from: '2026-01-01T00:00:00Z', reason });
      },
    ],
    [
      'a letter',
      async () => {
        const id = idOf(await anna.post('/v1/accounts', { legalName: 'Contoso AG', domains: [aCustomer().domain] }));
        return anna.post(`/v1/accounts/${id}/letters`, { productLine: 'Toaster', partnerId: northwind.id, reason });
      },
    ],
  ])('given %s of a line that the catalogue lacks, then it is refused', async (_what, sent) =>
    expect(codeOf(await sent())).toEqual([400, 'LINE_UNKNOWN']),
  );

  it('given an agreement under another spelling, then the code is recorded, and a filing under a third is judged by it', async () => {
    const { id, caller } = await enrol(system);
    const lines = [{ productLine: 'SENSOR', minimumTier: 'gold' }];
    expect((await anna.post(`/v1/partners/${id}/lines`, { lines, reason })).status).toBe(200);
    expect((await anna.get(`/v1/partners/${id}/standing`).expect(200)).body).toMatchObject({
      lines: [{ productLine: 'Sensor' }],
    });
    const deal = aDeal(await caller.handIn(), { productLine: 'S\u0435nsor' });
    const refused = await caller.post(`/v1/deals/${idOf(await caller.post('/v1/deals', deal))}/submission`);
    expect(refused.body).toMatchObject({ facts: { failing: [{ code: 'NOT_AUTHORISED' }] } });
  });
});
