/** What may happen on a docket, for properties: four partners and the vendor act as they like while time passes. */
import type { ContentField } from '@tempore/deals';
import { addDays, deriveId, type Instant, parseDay } from '@tempore/kernel';
import {
  accountId,
  aDocketContext,
  aDocument,
  aStanding,
  aTouch,
  filing,
  NOW,
  play,
  productLine,
  type Step,
  usd,
} from '@tempore/testing';
import fc from 'fast-check';

import {
  type Claim,
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketEvent,
  type DocketState,
  type PartnerStanding,
  type WaitingClock,
} from '../src';

/** Two of them are of one group. */
const partners: readonly PartnerStanding[] = [
  aStanding('northwind'),
  aStanding('fabrikam'),
  aStanding('tailspin', { tier: 'gold' }),
  aStanding('tailspin-south', { group: aStanding('tailspin').group }),
];
const partnerOfDeal = new Map(
  partners.flatMap((partner) =>
    ['1', '2', '3'].map((number) => [deriveId('deal', partner.partnerId, number), partner] as const),
  ),
);
const dealIds = [...partnerOfDeal.keys()];

type CommandFor = (dealId: string, variant: number) => DocketCommand;

const oneOf = <T>(choices: readonly [T, ...T[]], variant: number): T => choices[variant % choices.length] ?? choices[0];
const reasonOf = (variant: number) => oneOf(['No budget', 'No project'], variant);
const contentOf = (variant: number) => ({
  eventId: deriveId('content', (variant % 4).toString()),
  hash: 'a'.repeat(64),
});
const amountsOf = (variant: number) => [oneOf([usd(20_000), usd(75_000), usd(150_000)], variant)];
const statementOf = (variant: number) => deriveId('statement', (variant % 3).toString());
const touchOf = (variant: number) =>
  aTouch({
    touchId: deriveId('touch', (variant % 8).toString()),
    direction: oneOf(['two-way', 'outbound'], variant >> 3),
  });

const file: CommandFor = (dealId, variant) =>
  filing('', {
    dealId,
    site: oneOf([null, null, 'Bern', 'Basel'], variant),
    dealType: oneOf(['new', 'upsell'], variant >> 2),
    documented: variant % 3 > 0,
    amounts: amountsOf(variant >> 3),
  });
const handIn: CommandFor = (dealId, variant) => ({
  type: 'HandInDocument',
  data: { dealId, document: aDocument(oneOf(['minutes', 'invitation'], variant)) },
});
const pickUp: CommandFor = (dealId) => ({ type: 'PickUpReview', data: { dealId } });
const approve: CommandFor = (dealId) => ({ type: 'ApproveClaim', data: { dealId } });
const reject: CommandFor = (dealId, variant) => ({
  type: 'RejectClaim',
  data: { dealId, code: 'NOT_QUALIFIED', reason: reasonOf(variant) },
});
const decideByRule: CommandFor = (dealId, variant) => ({
  type: 'DecideByRule',
  data: { dealId, conflict: { score: oneOf([0.1, 0.9], variant), sequence: '7' }, elsewhere: usd(0) },
});
const ask: CommandFor = (dealId, variant) => ({
  type: 'AskQuestion',
  data: {
    dealId,
    code: oneOf(['FIRST_TOUCH_INSUFFICIENT', 'VALUE_UNCLEAR'], variant),
    fields: ['firstTouch'],
    text: oneOf(['Who was there?', 'And when?', 'And why?'], variant >> 1),
    businessDays: null,
  },
});
const answer: CommandFor = (dealId, variant) => ({
  type: 'AnswerQuestion',
  data: {
    dealId,
    content: contentOf(variant),
    amounts: amountsOf(variant),
    changed: oneOf<readonly ContentField[]>([['firstTouch'], ['value'], []], variant),
  },
});
const reconfirm: CommandFor = (dealId) => ({ type: 'ReconfirmClaim', data: { dealId } });
const confirmInterest: CommandFor = (dealId) => ({ type: 'ConfirmInterest', data: { dealId } });
const decline: CommandFor = (dealId, variant) => ({
  type: 'DeclineOffer',
  data: { dealId, reason: reasonOf(variant) },
});
const withdraw: CommandFor = (dealId, variant) => ({
  type: 'WithdrawClaim',
  data: { dealId, reason: reasonOf(variant) },
});
const release: CommandFor = (dealId, variant) => ({
  type: 'ReleaseClaim',
  data: { dealId, reason: reasonOf(variant) },
});
const amend: CommandFor = (dealId, variant) => ({
  type: 'AmendClaim',
  data: {
    dealId,
    content: contentOf(variant),
    amounts: amountsOf(variant),
    changed: ['value'],
    elsewhere: { live: usd(0), approved: usd(0) },
  },
});
const approveAmendment: CommandFor = (dealId) => ({ type: 'ApproveAmendment', data: { dealId } });
const rejectAmendment: CommandFor = (dealId, variant) => ({
  type: 'RejectAmendment',
  data: { dealId, reason: reasonOf(variant) },
});
const recordTouch: CommandFor = (dealId, variant) => ({
  type: 'RecordTouch',
  data: { dealId, touch: touchOf(variant) },
});
const reportWin: CommandFor = (dealId, variant) => ({
  type: 'ReportWin',
  data: { dealId, statementId: statementOf(variant), closedOn: parseDay('2026-03-02') },
});
const confirmWin: CommandFor = (dealId) => ({ type: 'ConfirmWin', data: { dealId } });
const refuseWin: CommandFor = (dealId, variant) => ({
  type: 'RefuseWin',
  data: { dealId, reason: reasonOf(variant) },
});
const reportLoss: CommandFor = (dealId, variant) => ({
  type: 'ReportLoss',
  data: { dealId, statementId: statementOf(variant), reason: reasonOf(variant) },
});
/** The partner's notice stands: since now, or since what it tells of; a docket may hear of it late. */
const startClock =
  (claim: Claim, { eventId, since }: WaitingClock, now: Instant): CommandFor =>
  (_dealId, variant) => ({
    type: 'StartClock',
    data: {
      dealId: claim.dealId,
      eventId,
      noticeId: deriveId('notice', eventId),
      noticeStoodAt: variant % 3 > 0 ? now : since,
    },
  });

const ofDirectTeam: CommandFor = (_dealId, variant) => {
  const opportunityId = deriveId('opportunity', (variant % 2).toString());
  const reason = reasonOf(variant);
  return oneOf<DocketCommand>(
    [
      { type: 'OpenDirectOpportunity', data: { opportunityId, accountId, productLine, reason } },
      { type: 'CloseDirectOpportunity', data: { opportunityId, reason } },
      { type: 'RecordDirectTouch', data: { opportunityId, touch: touchOf(variant) } },
      {
        type: 'PublishTender',
        data: { accountId, productLine, reference: 'T-1', publishedAt: addDays(NOW, 300), reason },
      },
      { type: 'CloseTender', data: { reference: 'T-1', reason } },
      { type: 'SettleDocket', data: {} },
    ],
    variant >> 2,
  );
};

const anything: readonly CommandFor[] = [
  ...[
    file,
    pickUp,
    approve,
    reject,
    decideByRule,
    ask,
    answer,
    reconfirm,
    decline,
    confirmInterest,
    handIn,
    withdraw,
    release,
    amend,
  ],
  ...[approveAmendment, rejectAmendment, recordTouch, reportWin, confirmWin, refuseWin, reportLoss, ofDirectTeam],
];

/** What somebody would do with a claim as it stands. */
const aptFor = ({ state, win }: Claim): readonly CommandFor[] => {
  if (win) return [confirmWin, refuseWin];
  switch (state.status) {
    case 'submitted':
      return [pickUp, pickUp, decideByRule, withdraw, handIn];
    case 'in-review':
      return [approve, approve, ask, ask, reject];
    case 'action-required':
      return [answer, answer, withdraw];
    case 'offered':
      return [reconfirm, reconfirm, decline];
    case 'queued':
      return [recordTouch, withdraw, confirmInterest, handIn];
    case 'approved':
      return state.amendment
        ? [approveAmendment, rejectAmendment]
        : [amend, amend, reportWin, reportWin, release, reportLoss];
    case 'expired':
      return [recordTouch, reportWin];
    case 'rejected':
    case 'lapsed':
    case 'withdrawn':
    case 'released':
    case 'won':
    case 'lost':
    case 'superseded':
      return [recordTouch];
  }
};

const aptIn = ({ claims, round }: DocketState, now: Instant): readonly (readonly [string, CommandFor])[] => [
  ...claims.flatMap((claim) => claim.waiting.map((clock) => [claim.dealId, startClock(claim, clock, now)] as const)),
  ...claims
    .filter((claim) => claim.round === round)
    .flatMap((claim) => aptFor(claim).map((command) => [claim.dealId, command] as const)),
  ...dealIds
    .filter((dealId) => !claims.some((claim) => claim.dealId === dealId))
    .slice(0, 4)
    .map((dealId) => [dealId, file] as const),
  ['', ofDirectTeam],
];

interface Chapter {
  readonly isWild: boolean;
  readonly choice: number;
  readonly variant: number;
}

/** Mostly what suits the docket as it stands; at times anything at all. */
const commandIn =
  ({ isWild, choice, variant }: Chapter, now: Instant) =>
  (state: DocketState): DocketCommand => {
    const apt = aptIn(state, now);
    const [dealId, command] = (isWild ? undefined : apt[choice % apt.length]) ?? [
      dealIds[choice % dealIds.length] ?? '',
      anything[(choice >> 4) % anything.length] ?? file,
    ];
    return command(dealId, variant);
  };

/** A command, how many hours after the one before (mostly few, at times many), and whether by somebody with a stake. */
const chapter = fc.record({
  isWild: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
  choice: fc.nat(10_000),
  variant: fc.nat(1_000),
  hours: fc.oneof({ weight: 8, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.nat(2_400) }),
  isStakeholder: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, fc.constant(true)),
});

export type Played = Step<DocketState, DocketCommand, DocketEvent, DocketContext>;

/** A whole life of a docket, as it was played. */
export const story: fc.Arbitrary<readonly Played[]> = fc
  .array(chapter, { maxLength: 50, size: 'max' })
  .map((chapters) => {
    let now = NOW;
    const instants = chapters.map(({ hours }) => (now = addDays(now, hours / 24)));
    return play(
      docket,
      chapters.map((one, index) => commandIn(one, instants[index] ?? now)),
      ({ data }, index) =>
        aDocketContext({
          now: instants[index] ?? now,
          partner: 'dealId' in data ? (partnerOfDeal.get(data.dealId) ?? null) : null,
          stakes: chapters[index]?.isStakeholder ? [{ on: 'account', id: accountId, kind: 'declared' }] : [],
        }),
    );
  });

/** Everything that a story put into the log. */
export const eventsOf = (steps: readonly Played[]): readonly DocketEvent[] =>
  steps.flatMap(({ due, events }) => [...due, ...events]);

/** How a story left the docket, and when. */
export const endOf = (steps: readonly Played[]): { readonly state: DocketState; readonly now: Instant } => {
  const last = steps.at(-1);
  return last ? { state: last.after, now: last.context.now } : { state: docket.initialState, now: NOW };
};
