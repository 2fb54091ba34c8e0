import { contentRef } from '@tempore/deals';
import { docket, docketId } from '@tempore/dockets';
import { addDays, deriveId, type Instant, parseDay } from '@tempore/kernel';
import { type StateView, verify } from '@tempore/projections';
import { aContent, aStanding, filing, fold, docketHistory, NOW, productLine, told, usd } from '@tempore/testing';

import { MemoryLog } from '../../../projections/test/memory-log';
import { freshReadSide, type ReadSide } from '../../test/projected';
import { claimsView } from '../claims/claims.view';
import { findDeal, listDeals } from './deals.query';
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

/** What views read of every beginning of the story, each with a customer of its own, and what the dockets say. */
const aLog = (batchSize: number) => {
  const log = new MemoryLog({ batchSize });
  const append = (stream: string, type: string, data: unknown, recordedAt?: string): void => {
    log.append(stream, type, data, recordedAt);
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

const docketStream = `docket-${deriveId('docket', '1')}`;

describe('registered deals', () => {
  it('given every beginning of a story, then lists say of each deal what its docket says', async () => {
    const { log, expected } = aLog(100);
    await readSide.projected([dealsView, claimsView], log, 'rm', async () => {
      const { items } = await listDeals(readSide, {}, { limit: 100 });
      expect(new Set(items.map(({ status }) => status))).toEqual(
        new Set(['draft', 'submitted', 'queued', 'in-review', 'action-required', 'approved', 'won', 'superseded']),
      );
      expect(new Map(items.map(({ id, status }) => [id, status]))).toEqual(expected);
      expect(items.map(({ stage }) => stage)).toEqual(items.map(({ status }) => status));
      const won = await listDeals(readSide, { statuses: ['won'], closedFrom: '2026-03-03' }, { limit: 100 });
      expect(won.items.map(({ id }) => expected.get(id))).toEqual(['won']);
    });
  });

  it('given a draft that was discarded, then no list has it; one that was filed before stands', async () => {
    const own = await freshReadSide();
    const log = new MemoryLog({ batchSize: 100 });
    const { partnerId } = aStanding('northwind');
    const [given, filed] = [deriveId('deal', 'given up'), deriveId('deal', 'filed')];
    for (const id of [given, filed]) {
      log.append(`deal-${id}`, 'deal-drafted', { partnerId, content: aContent() });
      log.append(`deal-${id}`, 'deal-discarded', {});
    }
    const history = docketHistory([told(NOW, 'northwind', filing('northwind', { dealId: filed }))]);
    for (const { type, data, recorded } of history) log.append(docketStream, type, data, recorded?.recordedAt);
    await own.projected([dealsView, claimsView], log, 'rm', async () => {
      const { items } = await listDeals(own, {}, { limit: 10 });
      expect(items.map(({ id, status }) => [id, status])).toEqual([[filed, 'submitted']]);
      expect(await findDeal(own, given)).toBeUndefined();
    });
    await own.drop();
  });

  it('given how far an approved deal has come, and a win that the vendor refused, then the list has the one and not the other', async () => {
    const own = await freshReadSide();
    const log = new MemoryLog({ batchSize: 100 });
    const dealId = deriveId('deal', 'further on');
    const { partnerId } = aStanding('northwind');
    const content = contentRef(deriveId('content', 'filed'), aContent());
    const outcome = { outcome: 'won', closedOn: '2026-03-03', reason: null, evidence: [] };
    log.append(`deal-${dealId}`, 'deal-drafted', { partnerId, content: aContent() });
    const note = { docketId: deriveId('docket', '1'), accountId: deriveId('account', '1'), content };
    log.append(`deal-${dealId}`, 'deal-submitted', note);
    log.append(`deal-${dealId}`, 'deal-stage-reached', { stage: 'negotiating' });
    const claimed = log.append(`deal-${dealId}`, 'deal-outcome-claimed', outcome);
    const history = docketHistory([
      told(NOW, 'northwind', filing('northwind', { dealId })),
      told(NOW, null, { type: 'PickUpReview', data: { dealId } }),
      told(NOW, null, { type: 'ApproveClaim', data: { dealId } }),
      told(later, 'northwind', {
        type: 'ReportWin',
        data: { dealId, statementId: claimed.id, closedOn: parseDay('2026-03-03') },
      }),
      told(later, null, { type: 'RefuseWin', data: { dealId, reason: 'No such order' } }),
    ]);
    const recordAll = (events: typeof history): void => {
      for (const { type, data, recorded } of events) log.append(docketStream, type, data, recorded?.recordedAt);
    };
    recordAll(history.slice(0, -1));
    await own.projected([dealsView, claimsView], log, 'rm', async () => {
      expect(await findDeal(own, dealId)).toMatchObject({ stage: 'negotiating', closedOn: '2026-03-03' });
    });
    recordAll(history.slice(-1));
    await own.projected([dealsView, claimsView], log, 'rm', async () => {
      expect(await findDeal(own, dealId)).toMatchObject({ stage: 'negotiating', closedOn: null });
    });
    await own.drop();
  });

  it.each<[string, StateView]>([
    ['deals', dealsView],
    ['claims', claimsView],
  ])('given the view of %s, when it is held against a fresh replay, then they are equal row by row', (name, view) =>
    readSide.projected(view, aLog(100).log, `rm_verified_${name}`, async (into) => {
      const { equal, tables } = await verify({ database: into, source: aLog(7).log.source, view });
      expect([equal, tables]).toEqual([true, tables]);
    }),
  );
});
