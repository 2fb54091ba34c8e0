import { randomUUID } from 'node:crypto';

import { parseDay, parseInstant } from '@tempore/kernel';

import { type Caller, idOf } from '../harness/caller';
import { aSale, recordSales } from '../harness/sales';
import { startSystem, type System } from '../harness/system';

interface DealItem {
  readonly id: string;
  readonly source: { readonly reference: string };
}
interface DealPage {
  readonly items: readonly DealItem[];
  readonly next: string | null;
}

const usd = (minorUnits: number) => ({ minorUnits, currency: 'USD' });
const eur = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });

let system: System;
let auditor: Caller;

const aPartner = async (legalName: string): Promise<string> => {
  const manager = await system.as('channel-manager');
  const id = idOf(await manager.post('/v1/partners', { legalName, country: 'DE' }));
  await manager.get(`/v1/partners/${id}`).expect(200);
  return id;
};

beforeAll(async () => {
  system = await startSystem();
  auditor = await system.as('auditor');
});
afterAll(() => system.stop());

describe('the deals of a partner', () => {
  let partnerId: string;
  let otherId: string;
  const accountId = randomUUID();

  beforeAll(async () => {
    [partnerId, otherId] = [await aPartner('Northwind'), await aPartner('Woodgrove')];
    const unlinked = { accountId: null, accountName: null };
    const open = { closedOn: null, value: null };
    const closed = (day: string) => ({ closedOn: parseDay(day) });
    await recordSales(system, [
      aSale({ reference: 'A-1', partnerId, accountId, ...closed('2025-06-15'), value: usd(100_000) }),
      aSale({ reference: 'B-2', partnerId, ...closed('2025-06-16'), value: eur(50_000), accountName: 'Litware' }),
      aSale({
        reference: 'C-3',
        partnerId,
        ...closed('2025-06-17'),
        stage: 'lost',
        productLine: 'Router',
        value: usd(7),
      }),
      aSale({ reference: 'D_4', partnerId, ...unlinked, ...open, stage: 'engaging', productLine: 'Router' }),
      aSale({ reference: 'E-5', partnerId, ...open, stage: 'prospecting', accountName: '100% Wool' }),
      aSale({ reference: 'F-6', partnerId, ...closed('2025-07-01'), value: usd(1) }),
      aSale({ reference: 'Z-9', partnerId: otherId, ...closed('2025-06-16'), value: usd(999) }),
    ]);
  });

  const listed = async (query: string): Promise<readonly string[]> => {
    const answer = await auditor.get(`/v1/deals?partnerId=${partnerId}${query}`).expect(200);
    return (answer.body as DealPage).items.map(({ source }) => source.reference).sort();
  };

  it.each([
    ['', ['A-1', 'B-2', 'C-3', 'D_4', 'E-5', 'F-6']],
    ['&stage=won', ['A-1', 'B-2', 'F-6']],
    ['&stage=lost,engaging', ['C-3', 'D_4']],
    ['&stage=lost&stage=prospecting', ['C-3', 'E-5']],
    ['&productLine=Router', ['C-3', 'D_4']],
    ['&productLine=ROUTER', ['C-3', 'D_4']],
    ['&productLine=Switch', []],
    ['&stage=lost&productLine=Router', ['C-3']],
    ['&closedFrom=2025-06-16', ['B-2', 'C-3', 'F-6']],
    ['&closedTo=2025-06-16', ['A-1', 'B-2']],
    ['&closedFrom=2025-06-16&closedTo=2025-06-17', ['B-2', 'C-3']],
    ['&closedFrom=2025-06-16&closedTo=2025-06-16', ['B-2']],
    ['&closedFrom=2025-06-17&closedTo=2025-06-16', []],
    ['&linked=true', ['A-1', 'B-2', 'C-3', 'E-5', 'F-6']],
    ['&linked=false', ['D_4']],
    ['&search=litwa', ['B-2']],
    ['&search=ROUT', ['C-3', 'D_4']],
    ['&search=b-2', ['B-2']],
    // What would stand for anything in a pattern stands for itself.
    ['&search=%25', ['E-5']],
    ['&search=_', ['D_4']],
    ['&search=%5C', []],
    ['&search=nobody', []],
  ])('given the filter "%s", then exactly these come: %j', async (query, references) => {
    expect(await listed(query)).toEqual(references);
  });

  it('given the filter for one account, then exactly its deals come', async () => {
    expect(await listed(`&accountId=${accountId}`)).toEqual(['A-1']);
  });

  it.each([
    ['&stage=sold', 'stage'],
    ['&closedFrom=16.06.2025', 'closedFrom'],
    ['&closedTo=2025-02-30', 'closedTo'],
    ['&linked=perhaps', 'linked'],
    ['&limit=0', 'limit'],
    ['&colour=red', 'colour'],
  ])('given the filter "%s", then it is refused by the name of its field', async (query, field) => {
    const answer = await auditor.get(`/v1/deals?partnerId=${partnerId}${query}`);
    expect(answer.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ field }] });
  });

  it('given its pipeline, then counts and sums stand by stage and currency, and deals without a value by themselves', async () => {
    const answer = await auditor.get(`/v1/partners/${partnerId}/pipeline`).expect(200);
    expect(answer.body).toEqual([
      { stage: 'engaging', count: 1, value: null },
      { stage: 'lost', count: 1, value: usd(7) },
      { stage: 'prospecting', count: 1, value: null },
      { stage: 'won', count: 1, value: eur(50_000) },
      { stage: 'won', count: 2, value: usd(100_001) },
    ]);
  });

  it('given another partner’s person, then list and pipeline are closed to them, and their own list shows their own', async () => {
    const stranger = await system.as('partner-user', otherId);
    for (const path of [
      `/v1/deals?partnerId=${partnerId}`,
      `/v1/partners/${partnerId}/pipeline`,
      `/v1/partners/${partnerId}/revenue`,
    ])
      expect((await stranger.get(path)).body).toMatchObject({ status: 404, code: 'PARTNER_NOT_FOUND' });
    const own = (await stranger.get('/v1/deals').expect(200)).body as DealPage;
    expect(own.items.map(({ source }) => source.reference)).toEqual(['Z-9']);
  });
});

describe('one deal', () => {
  let partnerId: string;
  let id: string;
  const assertedAt = parseInstant('2026-01-03T00:00:00.000Z');
  const recordedAt = parseInstant('2026-02-01T09:30:00.125Z');

  beforeAll(async () => {
    partnerId = await aPartner('Northwind');
    const sale = aSale({ partnerId, assertedAt, productAsGiven: 'Gatway' });
    [id = ''] = await recordSales(system, [sale], recordedAt);
  });

  it('given a sale as another system knew it, then it is shown as it was recorded, with its timeline', async () => {
    const answer = await auditor.get(`/v1/deals/${id}`).expect(200);
    expect(answer.body).toMatchObject({
      id,
      revision: '0',
      partnerId,
      accountName: 'Contoso',
      productLine: 'Gateway',
      productAsGiven: 'Gatway',
      stage: 'won',
      value: usd(105_400),
      openedOn: '2025-10-20',
      closedOn: '2026-01-03',
      assertedAt,
      recordedAt,
      timeline: [
        {
          sequence: expect.stringMatching(/^\d{20}$/) as string,
          type: 'legacy-deal-recorded',
          occurredAt: assertedAt,
          recordedAt,
          data: { productAsGiven: 'Gatway' },
        },
      ],
    });
  });

  it('given its own partner’s person, then they see it; given a stranger, then for them there is none', async () => {
    const own = await (await system.as('partner-user', partnerId)).get(`/v1/deals/${id}`).expect(200);
    // A place in the order of everything would tell them how much others did.
    expect(own.body).toMatchObject({ id, timeline: [{ type: 'legacy-deal-recorded', sequence: null }] });
    const stranger = await system.as('partner-user', randomUUID());
    const foreign = await stranger.get(`/v1/deals/${id}`);
    const unknown = await stranger.get(`/v1/deals/${randomUUID()}`);
    for (const { body } of [foreign, unknown]) expect(body).toMatchObject({ status: 404, code: 'DEAL_NOT_FOUND' });
    // Nothing in the answer tells one from the other.
    const said = ({ body }: typeof foreign): object => ({ ...(body as object), instance: undefined });
    expect(said(foreign)).toEqual(said(unknown));
  });
});

describe('pages', () => {
  it('given deals recorded at one moment, when they are paged through while more are recorded, then each comes once', async () => {
    const partnerId = randomUUID();
    const at = parseInstant('2026-02-01T09:00:00.000Z');
    const before = await recordSales(
      system,
      Array.from({ length: 7 }, () => aSale({ partnerId })),
      at,
    );
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor = '';
    do {
      const answer = await auditor.get(`/v1/deals?partnerId=${partnerId}&limit=2${cursor}`).expect(200);
      const { items, next } = answer.body as DealPage;
      seen.push(...items.map(({ id }) => id));
      sizes.push(items.length);
      cursor = next ? `&cursor=${next}` : '';
      await recordSales(system, [aSale({ partnerId })], parseInstant('2026-02-01T09:00:00.001Z'));
    } while (cursor);
    expect(sizes).toEqual([2, 2, 2, 1]);
    expect([...seen].sort()).toEqual([...before].sort());
    const whole = (await auditor.get(`/v1/deals?partnerId=${partnerId}`)).body as DealPage;
    expect(whole.items.map(({ id }) => id).filter((id) => before.includes(id))).toEqual(seen);
  });

  it('given as many deals as a page holds, then there is no page behind it', async () => {
    const partnerId = randomUUID();
    await recordSales(system, [aSale({ partnerId }), aSale({ partnerId })]);
    const answer = await auditor.get(`/v1/deals?partnerId=${partnerId}&limit=2`).expect(200);
    expect(answer.body).toMatchObject({ items: [{}, {}], next: null });
  });
});

describe('revenue of the trailing twelve months', () => {
  let partnerId: string;
  /** Each day is worth a power of two, so that a sum tells which days are in it. */
  const days = [
    '2023-02-28',
    '2023-03-01',
    '2024-02-28',
    '2024-02-29',
    '2025-02-28',
    '2025-03-31',
    '2025-04-01',
    '2026-03-31',
    '2026-04-01',
  ];
  const worth = (day: string): number => 2 ** days.indexOf(day);

  beforeAll(async () => {
    partnerId = await aPartner('Northwind');
    const closing = (day: string) => ({ partnerId, closedOn: parseDay(day) });
    await recordSales(system, [
      ...days.map((day) => aSale({ ...closing(day), value: usd(worth(day)) })),
      aSale({ ...closing('2026-01-01'), value: eur(5) }),
      aSale({ ...closing('2026-01-01'), value: null }),
      aSale({ ...closing('2026-01-01'), value: usd(100_000), stage: 'lost' }),
      aSale({ partnerId, closedOn: null, value: usd(100_000), stage: 'engaging' }),
      aSale({ partnerId: randomUUID(), closedOn: parseDay('2026-01-01'), value: usd(100_000) }),
    ]);
  });

  it.each([
    ['2026-03-31', '2025-03-31', ['2025-04-01', '2026-03-31']],
    ['2026-04-01', '2025-04-01', ['2026-03-31', '2026-04-01']],
    // The month a year before is shorter: the window begins behind its last day.
    ['2024-02-29', '2023-02-28', ['2023-03-01', '2024-02-28', '2024-02-29']],
    ['2025-02-28', '2024-02-28', ['2024-02-29', '2025-02-28']],
    ['2023-02-27', '2022-02-27', []],
  ])('given %s, then the window begins behind %s and holds %j', async (on, after, inside) => {
    const answer = await auditor.get(`/v1/partners/${partnerId}/revenue?on=${on}`).expect(200);
    const { totals, ...window } = answer.body as { totals: { currency: string; minorUnits: number }[] };
    expect(window).toEqual({ after, through: on });
    const sum = inside.reduce((total, day) => total + worth(day), 0);
    expect(totals.filter(({ currency }) => currency === 'USD')).toEqual(sum === 0 ? [] : [usd(sum)]);
  });

  it('given several currencies, then each has its own sum, of what was won and has a value', async () => {
    const answer = await auditor.get(`/v1/partners/${partnerId}/revenue?on=2026-03-31`).expect(200);
    const sum = worth('2025-04-01') + worth('2026-03-31');
    expect(answer.body).toMatchObject({ totals: [eur(5), usd(sum)] });
  });

  it('given a day that no calendar has, then it is refused by name', async () => {
    const answer = await auditor.get(`/v1/partners/${partnerId}/revenue?on=2026-02-30`);
    expect(answer.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ field: 'on' }] });
  });
});
