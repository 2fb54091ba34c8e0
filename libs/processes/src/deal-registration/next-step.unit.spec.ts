import { account, type AccountEvent, type CustomerTerm } from '@tempore/accounts';
import { contentRef, deal, type DealEvent, type DealState } from '@tempore/deals';
import { docket, docketId, type DocketCommand } from '@tempore/dockets';
import { addDays, deriveId, parseDay } from '@tempore/kernel';
import {
  accountId,
  aContent,
  contentEventId,
  dealOf,
  draftedDeal,
  endedDeal,
  filedDeal,
  filing,
  fold,
  docketHistory,
  NOW,
  openedAccount,
  productLine,
  told,
  usd,
} from '@tempore/testing';

import { nextRegistrationStep, type RegistrationStep } from '..';

const dealId = dealOf('northwind');
const registration = { dealId, docketId: docketId(accountId, productLine) };
const { content } = filing('northwind').data;

const draft = fold(deal, draftedDeal());
const filed = fold(deal, filedDeal());
const ended = fold(deal, endedDeal());

const tells = (command: DocketCommand, now = NOW) => told(now, 'northwind', command);
const files = tells(filing('northwind'));
const pickUp = tells({ type: 'PickUpReview', data: { dealId } });
const approve = tells({ type: 'ApproveClaim', data: { dealId } });
const reject = tells({ type: 'RejectClaim', data: { dealId, code: 'NOT_QUALIFIED', reason: 'No project' } });
const withdraw = tells({ type: 'WithdrawClaim', data: { dealId, reason: 'Wrong line' } });
const settle = (days: number) => tells({ type: 'SettleDocket', data: {} }, addDays(NOW, days));
const refer = tells({
  type: 'DecideByRule',
  data: { dealId, conflict: { score: 0, sequence: '7' }, elsewhere: usd(0) },
});

const next = (state: typeof draft, ...lines: readonly ReturnType<typeof tells>[]): RegistrationStep =>
  nextRegistrationStep(registration, { deal: state, docket: fold(docket, docketHistory(lines)), account: null });

it.each<[string, RegistrationStep, RegistrationStep]>([
  ['a draft that nobody filed, nothing is to be done', next(draft), { do: 'wait' }],
  [
    'a claim that the deal does not know, the deal takes note of it first',
    next(draft, files),
    { do: 'record-submission', submission: { docketId: registration.docketId, accountId, content } },
  ],
  [
    'a claim whose draft was discarded before the deal knew of it, the deal takes note of it: the filing came first',
    next(fold(deal, [...draftedDeal(), { type: 'deal-discarded', data: {} }]), files),
    { do: 'record-submission', submission: { docketId: registration.docketId, accountId, content } },
  ],
  [
    'a claim that was withdrawn before the deal knew of it, the deal takes note of the claim first',
    next(draft, files, withdraw),
    { do: 'record-submission', submission: { docketId: registration.docketId, accountId, content } },
  ],
  ['a fresh claim, the rules are asked', next(filed, files), { do: 'decide-by-rule' }],
  ['a claim that no rule approves, a person decides', next(filed, files, refer), { do: 'wait' }],
  ['a claim in review, a person decides', next(filed, files, pickUp), { do: 'wait' }],
  ['protection, nothing is to be done', next(filed, files, pickUp, approve), { do: 'wait' }],
  [
    'a claim that expired, nothing is to be done: its sale may still be won',
    next(filed, files, pickUp, approve, settle(90)),
    { do: 'wait' },
  ],
  ['a rejection that may be contested, nothing is to be done', next(filed, files, pickUp, reject), { do: 'wait' }],
  [
    'a rejection that nobody contested, the deal takes note of its end',
    next(filed, files, pickUp, reject, settle(2)),
    { do: 'end-deal', as: 'rejected' },
  ],
  [
    'a claim that was withdrawn, the deal takes note of its end',
    next(filed, files, withdraw),
    { do: 'end-deal', as: 'withdrawn' },
  ],
  ['an end that the deal knows, nothing is to be done', next(ended, files, withdraw), { do: 'wait' }],
])('given %s', (_title, step, expected) => expect(step).toEqual(expected));

describe('what the partner says of a filed deal', () => {
  const amendedId = deriveId('event', 'amended');
  const statementId = deriveId('event', 'outcome');
  const said = aContent({ businessProblem: 'Two thirds hardware, one third service' });
  /** The claim that rests on what the deal of these histories was filed with. */
  const claim = tells(filing('northwind', { content: contentRef(contentEventId, aContent()) }));
  const amended = (answers: number | null) =>
    fold(deal, [
      ...filedDeal(),
      {
        type: 'deal-amended',
        data: { content: said, changed: ['businessProblem'], answers },
        recorded: { id: amendedId },
      },
    ]);
  const amendment = { content: contentRef(amendedId, said), changed: ['businessProblem'] };
  const question = { code: 'VALUE_UNCLEAR', fields: [], text: 'How is it made up?', businessDays: null } as const;
  const ask = tells({ type: 'AskQuestion', data: { dealId, ...question } });

  it('given an answer that the docket does not know, then it is laid before it', () =>
    expect(next(amended(1), claim, pickUp, ask)).toMatchObject({ do: 'answer-question', amendment }));

  it('given an addition that answers no question, then the question stays open', () =>
    expect(next(amended(null), claim, pickUp, ask)).toEqual({ do: 'wait' }));

  it('given an amendment of a protected deal, then it is laid before the docket', () =>
    expect(next(amended(null), claim, pickUp, approve)).toMatchObject({ do: 'amend-claim', amendment }));

  it('given an amendment that the docket has weighed, then nothing is to be done', () => {
    const { content } = amendment;
    const weigh = tells({
      type: 'AmendClaim',
      data: {
        dealId,
        content,
        changed: ['businessProblem'],
        amounts: [usd(75_000)],
        elsewhere: { live: usd(0), approved: usd(0) },
      },
    });
    expect(next(amended(null), claim, pickUp, approve, weigh)).toEqual({ do: 'wait' });
  });

  const claimed = (outcome: 'won' | 'lost') => {
    const closedOn = parseDay('2026-03-02');
    const event: DealEvent = {
      type: 'deal-outcome-claimed',
      data: { outcome, closedOn, reason: 'Cheaper', evidence: [] },
    };
    return fold(deal, [...filedDeal(), { ...event, recorded: { id: statementId } }]);
  };

  it('given a win or a loss that the docket does not know, then it is reported there', () => {
    expect(next(claimed('won'), claim, pickUp, approve)).toEqual({
      do: 'report-win',
      statementId,
      closedOn: '2026-03-02',
    });
    expect(next(claimed('lost'), claim, pickUp, approve)).toEqual({
      do: 'report-loss',
      statementId,
      reason: 'Cheaper',
    });
  });

  describe('given a win that was confirmed', () => {
    const report = tells({ type: 'ReportWin', data: { dealId, statementId, closedOn: parseDay('2026-03-02') } });
    const won = [claim, pickUp, approve, report, tells({ type: 'ConfirmWin', data: { dealId } })];
    const term = {
      termId: dealId,
      productLine,
      from: '2026-03-02T00:00:00.000Z',
      until: '2029-03-02T00:00:00.000Z',
      partnerOfRecord: deriveId('partner', 'northwind'),
      reason: `The win of deal ${dealId} was confirmed`,
    };
    const recorded: AccountEvent = { type: 'account-customer-recorded', data: term as CustomerTerm };
    const nextWith = (state: DealState, events: readonly AccountEvent[]): RegistrationStep =>
      nextRegistrationStep(registration, {
        deal: state,
        docket: fold(docket, docketHistory(won)),
        account: fold(account, [...openedAccount(), ...events]),
      });

    it('then the customer has the line, from the closing day until the term ends, and the winner is partner of record', () =>
      expect(nextWith(claimed('won'), [])).toEqual({ do: 'record-customer', accountId, term }));

    it('and its customer knows, then the deal takes note of its end', () =>
      expect(nextWith(claimed('won'), [recorded])).toEqual({ do: 'end-deal', as: 'won' }));

    it('and its deal had ended before customers were told, then the customer is told all the same, and once', () => {
      const end: DealEvent = { type: 'deal-ended', data: { as: 'won' } };
      const past = fold(deal, [...filedDeal(), end]);
      expect(nextWith(past, [])).toMatchObject({ do: 'record-customer' });
      expect(nextWith(past, [recorded])).toEqual({ do: 'wait' });
    });

    it('and the term was taken back since, then it is not recorded anew', () => {
      const withdrawn: AccountEvent = {
        type: 'account-customer-withdrawn',
        data: { termId: dealId, reason: 'The order was cancelled' },
      };
      expect(nextWith(claimed('won'), [recorded, withdrawn])).toEqual({ do: 'end-deal', as: 'won' });
    });

    it('and nothing of it recurs, then the term is open until somebody records its end', () => {
      const value = { oneTime: usd(75_000), annualRecurring: null, termMonths: null };
      const sold = fold(deal, filedDeal({ value }));
      expect(nextWith(sold, [])).toMatchObject({ do: 'record-customer', term: { until: null } });
    });
  });

  it('given a win that waits for the vendor, then nothing is to be done', () => {
    const report = tells({ type: 'ReportWin', data: { dealId, statementId, closedOn: parseDay('2026-03-02') } });
    expect(next(claimed('won'), claim, pickUp, approve, report)).toEqual({ do: 'wait' });
  });
});
