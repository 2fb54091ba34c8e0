import { aContent, aPerson, draftedDeal, endedDeal, filedDeal, fold, NOW } from '@tempore/testing';

import { deal, dealActBarredBy, dealActs, type DealEvent, type PartnerRights, whitelist } from '.';

const NOTHING: PartnerRights = { amend: [], reportStage: false, question: null };
const open = (history: readonly DealEvent[], rights = NOTHING, forgotten: readonly string[] = []) =>
  dealActs.filter((act) => barred(act, history, rights, forgotten) === undefined);
const barred = (
  act: (typeof dealActs)[number],
  history: readonly DealEvent[],
  rights = NOTHING,
  forgotten: readonly string[] = [],
) =>
  dealActBarredBy(act, fold(deal, history), { now: NOW, actor: 'somebody', rights, forgotten: new Set(forgotten) })
    ?.code;

it('given a draft that is complete, then it may be revised, discarded and submitted', () =>
  expect(open(draftedDeal())).toEqual(['revisions', 'discard', 'submission']));

it('given a draft that lacks something, or whose only contact was forgotten, then it is told what submission lacks', () => {
  expect(barred('submission', draftedDeal({ type: null }))).toBe('DEAL_INCOMPLETE');
  expect(aContent().contacts.map(({ person }) => person.personId)).toEqual([aPerson().personId]);
  expect(barred('submission', draftedDeal(), NOTHING, [aPerson().personId])).toBe('DEAL_INCOMPLETE');
});

it('given a draft that was discarded, then nothing is open', () =>
  expect(open([...draftedDeal(), { type: 'deal-discarded', data: {} }])).toEqual([]));

it('given a deal that was filed, then evidence may be added, and no more until the docket lets it', () => {
  expect(open(filedDeal())).toEqual(['amendments']);
  expect(barred('stage', filedDeal())).toBe('STAGE_NOT_OPEN');
  expect(barred('revisions', filedDeal())).toBe('DEAL_FILED');
  expect(open(filedDeal(), { amend: whitelist, reportStage: true, question: null })).toEqual(['amendments', 'stage']);
  expect(open(filedDeal(), { amend: whitelist, reportStage: false, question: 1 })).toEqual(['amendments', 'answer']);
});

it('given a question whose deadline passed, then the answer is refused for that', () => {
  const context = { now: NOW, actor: 'somebody', rights: NOTHING, forgotten: new Set<string>() };
  const late = dealActBarredBy('stage', fold(deal, filedDeal()), context);
  expect(dealActBarredBy('answer', fold(deal, filedDeal()), { ...context, barred: late })).toBe(late);
});

it('given a deal that has ended, then nothing is open, and each act says so', () =>
  expect(dealActs.map((act) => barred(act, endedDeal()))).toEqual([
    'DEAL_FILED',
    'DEAL_FILED',
    'DEAL_FILED',
    'DEAL_ENDED',
    'DEAL_ENDED',
    'DEAL_ENDED',
  ]));
