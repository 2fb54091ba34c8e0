import { contentRef } from '@tempore/deals';
import { docket, docketId } from '@tempore/dockets';
import { addDays, deriveId, type Instant, parseDay } from '@tempore/kernel';
import { type EventView, type StateView, verify } from '@tempore/projections';
import { aContent, aStanding, filing, fold, docketHistory, NOW, productLine, told, usd } from '@tempore/testing';

import { MemoryLog } from '../../../projections/test/memory-log';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { claimsView } from '../claims/claims.view';
import { dealsView } from './deals.view';

let readSide: ReadSide;
beforeAll(async () => {
  readSide = await freshReadSide();
});
afterAll(() => readSide.drop());

const later = addDays(NOW, 1);
const statementId = deriveId('statement', 'won');

/** What two partners may go through with one customer. */
const storyOf = (accountId: string) => {
  const dealOf = (partner: string) => deriveId('deal', accountId, partner);
  const [first, second] = [dealOf('northwind'), dealOf('fabrikam')];
  const files = (now: Instant, partner: string) =>
    told(now, partner, filing(partner, { dealId: dealOf(partner), accountId, productLine }));
  const tell = (now: Instant, type: 'PickUpReview' | 'ApproveClaim' | 'ConfirmWin') =>
    told(now, null, { type, data: { dealId: first } });
  const win = { dealId: first, statementId, closedOn: parseDay('2026-03-03') };
  return {
    deals: [first, second],
    told: [
      files(NOW, 'northwind'),
      files(NOW, 'fabrikam'),
      tell(NOW, 'PickUpReview'),
      told(NOW, null, {
        type: 'AskQuestion',
        data: { dealId: first, code: 'OTHER', text: 'Why?', fields: [], businessDays: null },
      }),
      told(later, 'northwind', {
        type: 'AnswerQuestion',
        data: {
          dealId: first,
          content: { eventId: deriveId('content', 'answer'), hash: 'a'.repeat(64) },
          changed: ['value'],
          amounts: [usd(80_000)],
        },
      }),
      tell(later, 'ApproveClaim'),
      told(later, 'northwind', { type: 'ReportWin', data: win }),
      tell(later, 'ConfirmWin'),
    ],
  };
};

/** What a view reads of every beginning of the story, each with a customer of its own, and what the dockets say. */
const aLog = (view: EventView | StateView, batchSize: number) => {
  const log = new MemoryLog({ batchSize });
  const append = (stream: string, type: string, data: unknown, recordedAt?: string): void => {
    if (view.reads.has(type)) log.append(stream, type, data, recordedAt);
  };
  const expected = new Map<string, string>();
  for (let length = 0; length <= storyOf('').told.length; length++) {
    const accountId = deriveId('account', length.toString());
    const { deals, told: story } = storyOf(accountId);
    const id = docketId(accountId, productLine);
    const history = docketHistory(story.slice(0, length));
    const { claims } = fold(docket, history);
    for (const [index, dealId] of deals.entries()) {
      const { partnerId } = aStanding(index === 0 ? 'northwind' : 'fabrikam');
      append(`deal-${dealId}`, 'deal-drafted', { partnerId, content: aContent() });
      expected.set(dealId, claims.find((claim) => claim.dealId === dealId)?.state.status ?? 'draft');
    }
    for (const { type, data, recorded } of history) append(`docket-${id}`, type, data, recorded?.recordedAt);
    const [dealId] = deals;
    if (length < 7) continue;
    const content = contentRef(deriveId('content', 'filed'), aContent());
    append(`deal-${dealId}`, 'deal-submitted', { docketId: id, accountId, content });
    append(`deal-${dealId}`, 'deal-outcome-claimed', {
      outcome: 'won',
      closedOn: '2026-03-03',
      reason: null,
      evidence: [],
    });
  }
  return { log, expected };
};

const rowsIn = async <Row>(schema: string, table: string): Promise<Row[]> =>
  (await readSide.pool.query(`SELECT * FROM "${schema}".${table} ORDER BY 1`)).rows as Row[];

describe('registered deals', () => {
  it('given every beginning of a story, then both views say of each deal what its docket says', async () => {
    const { log, expected } = aLog(dealsView, 100);
    const filed = [...expected].filter(([, status]) => status !== 'draft').sort();
    await readSide.projected(dealsView, log, 'rm_deals', async () => {
      const rows = await rowsIn<{ id: string; status: string }>('rm_deals', 'deal');
      expect(new Set(rows.map(({ status }) => status))).toEqual(
        new Set(['draft', 'submitted', 'queued', 'in-review', 'action-required', 'approved', 'won', 'superseded']),
      );
      expect(rows.map(({ id, status }) => [id, status])).toEqual([...expected].sort());
    });
    await readSide.projected(claimsView, aLog(claimsView, 100).log, 'rm_claims', async () => {
      const rows = await rowsIn<{ deal_id: string; status: string }>('rm_claims', 'claim');
      expect(rows.map(({ deal_id, status }) => [deal_id, status])).toEqual(filed);
    });
  });

  it('given a draft that was discarded, then no list has it; where its filing came first, its note brings it back', async () => {
    const log = new MemoryLog({ batchSize: 100 });
    const { partnerId } = aStanding('northwind');
    const [given, filed] = [deriveId('deal', 'given up'), deriveId('deal', 'filed')];
    for (const id of [given, filed]) {
      log.append(`deal-${id}`, 'deal-drafted', { partnerId, content: aContent() });
      log.append(`deal-${id}`, 'deal-discarded', {});
    }
    const content = contentRef(deriveId('content', 'filed'), aContent());
    const note = { docketId: deriveId('docket', '1'), accountId: deriveId('account', '1'), content };
    log.append(`deal-${filed}`, 'deal-submitted', note);
    await readSide.projected(dealsView, log, 'rm_discarded', async () => {
      const rows = await rowsIn<{ id: string; discarded: boolean }>('rm_discarded', 'deal');
      expect(new Map(rows.map(({ id, discarded }) => [id, discarded]))).toEqual(
        new Map([
          [given, true],
          [filed, false],
        ]),
      );
    });
  });

  it.each<[string, EventView | StateView]>([
    ['deals', dealsView],
    ['claims', claimsView],
  ])('given the view of %s, when it is held against a fresh replay, then they are equal row by row', (name, view) =>
    readSide.projected(view, aLog(view, 100).log, `rm_verified_${name}`, async (into) => {
      const { equal, tables } = await verify({ database: into, source: aLog(view, 7).log.source, view });
      expect([equal, tables]).toEqual([true, tables]);
    }),
  );
});
