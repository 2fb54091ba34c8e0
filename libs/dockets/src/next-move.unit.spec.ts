import { addDays, deriveId, parseDay } from '@tempore/kernel';
import { aStanding, dealOf, docketHistory, filing, fold, historyOf, NOW, told, usd } from '@tempore/testing';

import { docket, type DocketCommand } from './index';
import { isEscalated, nextOf, reasonOf, waitsSince, workOf } from './next-move';

const [first, second] = [dealOf('northwind'), dealOf('fabrikam')];
const later = addDays(NOW, 1);

const tell = (command: DocketCommand, now = NOW, partner: string | null = null) => told(now, partner, command);
const files = (partner: string, data: Parameters<typeof filing>[1] = {}) => tell(filing(partner, data), NOW, partner);
const pickUp = tell({ type: 'PickUpReview', data: { dealId: first } });
const approve = tell({ type: 'ApproveClaim', data: { dealId: first } });
const ask = tell({
  type: 'AskQuestion',
  data: { dealId: first, code: 'OTHER', text: 'Why?', fields: [], businessDays: null },
});
const referred = tell(
  { type: 'DecideByRule', data: { dealId: first, conflict: { score: 1, sequence: '1' }, elsewhere: usd(0) } },
  NOW,
  'northwind',
);
const settle = (days: number) => tell({ type: 'SettleDocket', data: {} }, addDays(NOW, days));
const amend = tell(
  {
    type: 'AmendClaim',
    data: {
      dealId: first,
      content: { eventId: deriveId('content', 'amended'), hash: 'a'.repeat(64) },
      changed: ['value'],
      amounts: [usd(150_000)],
      elsewhere: { live: usd(0), approved: usd(0) },
    },
  },
  later,
  'northwind',
);
const reportWin = tell(
  {
    type: 'ReportWin',
    data: { dealId: first, statementId: deriveId('statement', 'won'), closedOn: parseDay('2026-03-02') },
  },
  later,
  'northwind',
);
const reject = tell({
  type: 'RejectClaim',
  data: { dealId: first, code: 'NOT_QUALIFIED', reason: 'No budget' },
});
const withdraw = tell({ type: 'WithdrawClaim', data: { dealId: first, reason: 'No project' } }, later, 'northwind');
const lose = tell(
  { type: 'ReportLoss', data: { dealId: first, statementId: deriveId('statement', 'lost'), reason: 'No budget' } },
  later,
  'northwind',
);

const after = (dealId: string, ...story: readonly ReturnType<typeof tell>[]) => {
  const claim = fold(docket, docketHistory(story)).claims.find((known) => known.dealId === dealId);
  if (!claim) throw new Error('nothing was filed');
  return claim;
};

it.each([
  ['was filed', [first, files('northwind')], 'rules-decide', null, null],
  ['no rule approves', [first, files('northwind'), referred], 'vendor-reviews', 'review', 'vendor'],
  ['is under review', [first, files('northwind'), pickUp], 'vendor-reviews', 'review', 'vendor'],
  ['is asked about', [first, files('northwind'), pickUp, ask], 'partner-answers', 'question', 'partner'],
  ['was approved', [first, files('northwind'), pickUp, approve], 'partner-sells', 'protection', 'partner'],
  [
    'was amended beyond what was looked at',
    [first, files('northwind'), pickUp, approve, amend],
    'vendor-looks-at-amendment',
    'amendment',
    'vendor',
  ],
  ['is said to be won', [first, files('northwind'), pickUp, approve, reportWin], 'vendor-answers-win', 'win', 'vendor'],
  ['was rejected', [first, files('northwind'), pickUp, reject], 'partner-may-contest', 'contest', 'partner'],
  ['was withdrawn', [first, files('northwind'), withdraw], 'nothing', null, null],
  ['was lost', [first, files('northwind'), pickUp, approve, lose], 'nothing', null, null],
  ['waits in line', [second, files('northwind'), files('fabrikam')], 'partner-waits-in-line', null, null],
  [
    'waits in line and is asked about',
    [second, files('northwind'), pickUp, approve, files('fabrikam'), settle(31)],
    'partner-confirms-interest',
    'interest',
    'partner',
  ],
  [
    'is offered the place',
    [second, files('northwind'), files('fabrikam'), withdraw],
    'partner-reconfirms',
    'offer',
    'partner',
  ],
] as const)(
  'given a claim that %s, then what happens next and what there is to do are of one mind',
  (_, [dealId, ...story], next, task, turn) => {
    const claim = after(dealId, ...story);
    expect([nextOf(claim).next, workOf(claim)?.task ?? null, workOf(claim)?.turn ?? null]).toEqual([next, task, turn]);
  },
);

it('given a review that somebody picked up, then it is theirs until it is escalated', () => {
  const own = after(first, files('northwind'), pickUp);
  expect([isEscalated(own), workOf(own)?.assignee]).toEqual([false, expect.any(String)]);
  const escalated = after(first, files('northwind'), pickUp, settle(7));
  expect([isEscalated(escalated), workOf(escalated)?.assignee]).toEqual([true, null]);
});

it('given a fresh claim that no rule looked at for too long, then it is a person’s to review', () => {
  expect(workOf(after(first, files('northwind'), settle(7)))).toMatchObject({ task: 'review', assignee: null });
});

it('given a win that nobody answers, then it is escalated, and waits since it was claimed', () => {
  const story = [files('northwind'), pickUp, approve, reportWin];
  expect(workOf(after(first, ...story))).toMatchObject({ since: later });
  expect([story, [...story, settle(12)]].map((told) => isEscalated(after(first, ...told)))).toEqual([false, true]);
});

it.each([
  ['was rejected', [files('northwind'), pickUp, reject], 'NOT_QUALIFIED'],
  ['was withdrawn', [files('northwind'), withdraw], 'No project'],
  ['was lost', [files('northwind'), pickUp, approve, lose], 'No budget'],
  ['lapsed', [files('northwind'), pickUp, ask, settle(10)], 'no-answer'],
  ['was approved', [files('northwind'), pickUp, approve], null],
] as const)('given a claim that %s, then the reason goes with it', (_, story, reason) => {
  expect(reasonOf(after(first, ...story))).toBe(reason);
});

it('given a filing with a named account, and its approval, then the claim knows both', () => {
  const aligned = told(NOW, 'northwind', filing('northwind'));
  const named = { ...aligned, context: { ...aligned.context, partner: aStanding('northwind', { named: 'aligned' }) } };
  const claim = after(first, named, pickUp, approve);
  expect([claim.aligned, typeof claim.approvalId]).toEqual([true, 'string']);
  expect(after(first, files('northwind')).approvalId).toBeNull();
});

it('given a question of which no notice stands, then its clock waits, and no end is known', () => {
  const state = fold(docket, historyOf(docket, [files('northwind'), pickUp, ask]));
  expect([waitsSince(state), state.claims.map((claim) => nextOf(claim).until)]).toEqual([NOW, [null]]);
  const told = fold(docket, docketHistory([files('northwind'), pickUp, ask]));
  expect([waitsSince(told), told.claims.map((claim) => nextOf(claim).until)]).toEqual([null, [expect.any(String)]]);
});
