import { addDays, type Instant } from '@tempore/kernel';
import {
  accountId,
  aDocketContext,
  aDocument,
  aStanding,
  dealOf,
  filedClaim,
  filing,
  fold,
  historyOf,
  NOW,
  told,
  usd,
} from '@tempore/testing';
import fc from 'fast-check';

import { endOf, story } from '../test/stories';
import {
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketState,
  ownVerdicts,
  partnerActBarredBy,
  type PartnerClaimAct,
  partnerClaimActs,
  reviewActBarredBy,
  type ReviewAct,
  reviewActs,
  settledAt,
} from '.';

const A = dealOf('northwind');
const B = dealOf('fabrikam');

type Line = readonly [DocketCommand, Instant?, string?];
const docketAfter = (...lines: readonly Line[]): DocketState =>
  fold(
    docket,
    historyOf(
      docket,
      lines.map(([command, now = NOW, partner = 'northwind']) => told(now, partner, command)),
    ),
  );

const of = (type: DocketCommand['type'], data: object = {}): DocketCommand =>
  ({ type, data: { dealId: A, ...data } }) as unknown as DocketCommand;
const files: Line = [filing('northwind')];
const pickUp: Line = [of('PickUpReview')];
const approve: Line = [of('ApproveClaim')];
const ask: Line = [
  of('AskQuestion', { code: 'VALUE_UNCLEAR', fields: ['value'], text: 'Of what?', businessDays: null }),
];
const reject: Line = [of('RejectClaim', { code: 'NOT_QUALIFIED', reason: 'No budget' })];
const win: Line = [of('ReportWin', { statementId: 'said', closedOn: '2026-03-02' })];
const contextAt = (now: Instant, context: Partial<DocketContext> = {}) =>
  aDocketContext({ now, partner: aStanding('northwind'), ...context });

const openToPartner = (state: DocketState, now = NOW, dealId = A, context: Partial<DocketContext> = {}) =>
  partnerClaimActs.filter((act) => partnerActBarredBy(act, state, dealId, contextAt(now, context)) === null);
const openToReviewer = (state: DocketState, now = NOW, context: Partial<DocketContext> = {}) =>
  reviewActs.filter((act) => reviewActBarredBy(act, state, A, contextAt(now, context)) === null);

describe('what a partner may do about its claim', () => {
  it.each<[string, DocketState, readonly PartnerClaimAct[]]>([
    ['is submitted', docketAfter(files), ['touches', 'loss', 'withdrawal']],
    [
      'owes what shows its first touch',
      docketAfter([filing('northwind', { documented: false })]),
      ['first-touch-document', 'touches', 'loss', 'withdrawal'],
    ],
    ['is in review', docketAfter(files, pickUp), ['touches', 'loss', 'withdrawal']],
    ['waits for an answer', docketAfter(files, pickUp, ask), ['touches', 'loss', 'withdrawal']],
    ['is approved', docketAfter(files, pickUp, approve), ['touches', 'win', 'loss', 'release']],
    ['waits for the answer to its win', docketAfter(files, pickUp, approve, win), ['touches', 'loss']],
    ['was rejected and may be contested', docketAfter(files, pickUp, reject), ['touches', 'loss']],
    ['was won', docketAfter(files, pickUp, approve, win, [of('ConfirmWin')]), []],
  ])('given a claim that %s, then exactly that is open', (_what, state, open) =>
    expect(openToPartner(state)).toEqual(open),
  );

  it('given a claim in line, then it may be given up, and interest is confirmed only once it is asked for', () => {
    const state = docketAfter(files, [filing('fabrikam'), NOW, 'fabrikam']);
    expect(openToPartner(state, NOW, B)).toEqual(['touches', 'loss', 'withdrawal']);
    expect(partnerActBarredBy('interest', state, B, contextAt(NOW))?.code).toBe('NOTHING_TO_DO');
  });

  it('given a place that is offered, then it may be taken, by who is still authorised, or declined', () => {
    const state = docketAfter(
      files,
      [filing('fabrikam'), NOW, 'fabrikam'],
      [of('WithdrawClaim', { reason: 'No project' })],
    );
    const lapsed = aStanding('fabrikam', { status: 'suspended' });
    expect(openToPartner(state, NOW, B, { partner: aStanding('fabrikam') })).toEqual([
      'touches',
      'loss',
      'reconfirmation',
      'refusal',
      'withdrawal',
    ]);
    expect(partnerActBarredBy('reconfirmation', state, B, contextAt(NOW, { partner: lapsed }))?.code).toBe(
      'NOT_AUTHORISED',
    );
  });

  it('given a window that ended unnoticed, then what is told is what holds after it', () =>
    expect(openToPartner(docketAfter(files, pickUp, approve), addDays(NOW, 90))).toEqual(['touches', 'win']));

  it('given a protection that ended, then its partner does not learn whether somebody else came after it', () => {
    const late = addDays(NOW, 95);
    const alone = docketAfter(files, pickUp, approve);
    const followed = docketAfter(files, pickUp, approve, [filing('fabrikam'), addDays(NOW, 91), 'fabrikam']);
    const told = (state: DocketState) =>
      partnerClaimActs.map((act) => partnerActBarredBy(act, state, A, contextAt(late))?.code);
    expect(told(followed)).toEqual(told(alone));
  });

  it('given a deal without a claim, then nothing is open', () => expect(openToPartner(docketAfter(), NOW)).toEqual([]));
});

describe('what a reviewer may decide', () => {
  it.each<[string, DocketState, readonly ReviewAct[]]>([
    ['is submitted', docketAfter(files), ['review']],
    ['a colleague reviews', docketAfter(files, pickUp), ['review', 'question', 'approval', 'rejection']],
    ['waits for its partner', docketAfter(files, pickUp, ask), []],
    ['is approved', docketAfter(files, pickUp, approve), []],
    ['was won, as its partner says', docketAfter(files, pickUp, approve, win), ['win-confirmation', 'win-refusal']],
    [
      'asks for more than was approved',
      docketAfter(files, pickUp, approve, [
        of('AmendClaim', {
          content: { eventId: 'more', hash: 'a'.repeat(64) },
          amounts: [usd(150_000)],
          changed: ['value'],
          elsewhere: { live: usd(0), approved: usd(0) },
        }),
      ]),
      ['amendment-approval', 'amendment-rejection'],
    ],
  ])('given a claim that %s, then exactly that is open', (_what, state, open) =>
    expect(openToReviewer(state, NOW, { actor: 'a-colleague' })).toEqual(open),
  );

  it('given a review that is theirs, then to pick it up again is nothing to do', () => {
    const { actor } = aDocketContext();
    expect(reviewActBarredBy('review', docketAfter(files, pickUp), A, contextAt(NOW, { actor }))?.code).toBe(
      'NOTHING_TO_DO',
    );
  });

  it('given a stake in the customer, then every decision is barred for that, and nothing comes on record', () => {
    const stakes = [{ on: 'account', id: accountId, kind: 'declared' }] as const;
    const context = contextAt(NOW, { stakes });
    const codes = reviewActs.map((act) => reviewActBarredBy(act, docketAfter(files, pickUp), A, context)?.code);
    expect(new Set(codes)).toEqual(new Set(['DECIDER_HAS_STAKE']));
  });

  it('given a reviewer who has asked twice, then no question is open, and every decision is', () => {
    const answer: Line = [
      of('AnswerQuestion', {
        content: { eventId: 'said', hash: 'a'.repeat(64) },
        amounts: [usd(75_000)],
        changed: ['businessProblem'],
      }),
    ];
    const again: Line = [of('AskQuestion', { code: 'OTHER', fields: [], text: 'And why?', businessDays: null })];
    const state = docketAfter(files, pickUp, ask, answer, again, answer);
    expect(openToReviewer(state, NOW, { actor: 'a-colleague' })).toEqual(['review', 'approval', 'rejection']);
  });
});

it('whatever happened, whoever is told that they may is not refused for where the claim stands', () =>
  fc.assert(
    fc.property(story, (steps) => {
      const { state, now } = endOf(steps);
      for (const { dealId, partnerId } of state.claims) {
        const partner = { ...aStanding('northwind'), partnerId };
        const context = contextAt(now, { partner, actor: 'somebody' });
        const decided = (command: DocketCommand) => docket.decide(command, settledAt(state, now), context);
        if (partnerActBarredBy('withdrawal', state, dealId, context) === null)
          expect(decided({ type: 'WithdrawClaim', data: { dealId, reason: 'Said once' } })).not.toEqual([]);
        if (reviewActBarredBy('approval', state, dealId, context) === null)
          expect(decided({ type: 'ApproveClaim', data: { dealId } })).not.toEqual([]);
        if (partnerActBarredBy('first-touch-document', state, dealId, context) === null)
          expect(decided({ type: 'HandInDocument', data: { dealId, document: aDocument('other') } })).not.toEqual([]);
      }
    }),
  ));

describe('what a partner is told of the rules of approval before it files', () => {
  const { data } = filedClaim('northwind', NOW, { value: usd(20_000) });

  it('given a silver partner below the limit, then it lacks nothing of the rule', () =>
    expect(ownVerdicts(data)).toEqual([{ tiers: ['silver', 'gold'], below: usd(50_000), lacks: [] }]));

  it('given what it lacks, then each is named', () =>
    expect(
      ownVerdicts({
        ...filedClaim('northwind', NOW, { value: usd(50_000) }).data,
        standing: aStanding('northwind', { tier: 'bronze', lacks: ['certificate'] }),
      })[0]?.lacks,
    ).toEqual(['standing', 'tier', 'value']));

  it('given others of its group with claims on the customer, then nothing of them is told', () =>
    expect(
      ownVerdicts({
        ...data,
        project: { formId: null, lines: usd(20_000), rates: [], onDocket: usd(400_000), elsewhere: usd(400_000) },
      })[0]?.lacks,
    ).toEqual([]));
});
