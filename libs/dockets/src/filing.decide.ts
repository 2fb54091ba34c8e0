import { type ContentField, expectAmendable, incomplete, whitelist } from '@messages/deals';
import { addBusinessDays } from '@messages/programme';
import { type Day, formatMoney, type Instant, isOver, type Money, Refusal, reasonOf } from '@tempore/kernel';

import { type Claim, collides, isLive, owesDocument } from './claim';
import type { AmendClaim, FileClaim, HandInDocument, ReleaseClaim, WithdrawClaim } from './docket.commands';
import type { DocketContext } from './docket.context';
import type { DocketEvent } from './docket.events';
import { claimEnded, deadlinePassed, notWhereItStands } from './docket.refusals';
import type { DocketState } from './docket.state';
import type { PartnerStanding } from './facts';
import type { ReviewClock } from './filing.events';
import { queueClocks } from './partner-clocks';
import { type Terms, termsOf } from './terms';
import { duplicateOf, expectValid, isBelow, minimumRule, notValid } from './validity';
import { countable, type Project, projectValueOf, type Valuation, valuationOf } from './valuation';

type Decision = readonly DocketEvent[];

/**
 * The one append that is the submission. Throws `LINE_CLOSED`, `DEAL_INCOMPLETE`, `FILING_NOT_VALID`,
 * `ESTIMATED_CLOSE_PAST` or `RATE_MISSING`; for a deal that was filed before, `FILING_NOT_VALID` as a duplicate of itself,
 * `DEAL_FILED_BEFORE` or `CLAIM_ENDED`.
 */
export const fileClaim = ({ data }: FileClaim, state: DocketState, context: DocketContext): Decision => {
  const { now, account, policy, rates } = context;
  const { dealId, accountId, productLine, content, site, dealType, kind = null } = data;
  const known = state.claims.find((claim) => claim.dealId === dealId);
  if (known) throw filedBefore(known, data);
  if (context.closedLine) throw context.closedLine;
  expectToCome(data.estimatedClose, now);
  const partner = partnerOf(context);
  const round = state.roundOpen ? state.round : state.round + 1;
  const valuation = valuationOf(data.amounts, policy.policy.currency, rates);
  const { value } = valuation;
  const project = projectOf(data, value, partner.group, state, context);
  const isOverThreshold = projectValueOf(project).minorUnits > policy.policy.registration.reviewThreshold.minorUnits;
  if (isOverThreshold && !data.documented) throw incomplete(['firstTouch.document']);
  expectValid({ state, round, site, dealType, value, partner, account, policy: policy.policy, now });
  const isQueued = state.claims.some((claim) => isLive(claim) && collides(claim, { round, site }));
  const terms = termsOf(policy, now);
  return [
    {
      type: 'claim-filed',
      data: {
        dealId,
        partnerId: partner.partnerId,
        group: partner.group,
        accountId,
        productLine,
        content,
        site,
        dealType,
        kind: kind ?? partner.kind ?? 'referral',
        value,
        rates: valuation.rates,
        project,
        round,
        ...(isQueued
          ? { place: 'queued', review: null, ...queueClocks(terms, now) }
          : { place: 'held', review: reviewClock(terms, now), lapsesAt: null, asksAt: null }),
        documentOwed: !data.documented,
        documentDueAt: null,
        terms,
        standing: partner,
        facts: account,
      },
    },
  ];
};

/**
 * What shows the first touch, after the filing and in time: it keeps the filing's rank. Throws `DEADLINE_PASSED`, or
 * `DOCUMENT_NOT_DUE` where it is there already.
 */
export const handInDocument = ({ data }: HandInDocument, claim: Claim): Decision => {
  const { dealId, document } = data;
  if (claim.document?.documentId === document.documentId) return [];
  const { state } = claim;
  if (state.status === 'lapsed' && state.because === 'no-document') throw deadlinePassed(claim);
  if (!isLive(claim)) throw claimEnded(claim);
  if (!owesDocument(claim)) throw notWhereItStands(claim, 'DOCUMENT_NOT_DUE', 'Add a further document as evidence.');
  return [{ type: 'first-touch-documented', data: { dealId, document } }];
};

/** Throws `VALUE_TOO_LARGE`. */
const projectOf = (
  { form, elsewhere }: FileClaim['data'],
  own: Money,
  group: string,
  { claims }: DocketState,
  { policy: { policy }, rates }: Pick<DocketContext, 'policy' | 'rates'>,
): Project => {
  const { currency } = policy;
  const lines = valuationOf([own, ...countable(form?.others ?? [], currency, rates)], currency, rates);
  const beside = claims.filter(
    (claim) => claim.group === group && isLive(claim) && (form === null || claim.project.formId !== form.id),
  );
  const values = beside.map(({ value }) => value);
  const onDocket = valuationOf(countable(values, currency, rates), currency, rates);
  return { formId: form?.id ?? null, lines: lines.value, rates: lines.rates, onDocket: onDocket.value, elsewhere };
};

/** Before approval. A claim that is withdrawn may be filed anew at once. */
export const withdraw = ({ data }: WithdrawClaim, claim: Claim): Decision => {
  const { dealId } = claim;
  const reason = reasonOf(data.reason);
  const { state } = claim;
  if (state.status === 'withdrawn' && state.reason === reason) return [];
  if (!isLive(claim)) throw claimEnded(claim);
  if (state.status === 'approved')
    throw notWhereItStands(claim, 'CLAIM_APPROVED', 'Release the protection, or report the loss.');
  if (state.status === 'rejected' || state.status === 'lapsed')
    throw notWhereItStands(claim, 'CLAIM_DECIDED', 'Contest the decision, or wait until the time for that is over.');
  return [{ type: 'claim-withdrawn', data: { dealId, reason } }];
};

/** After approval. */
export const release = ({ data }: ReleaseClaim, claim: Claim): Decision => {
  const { dealId, state } = claim;
  const reason = reasonOf(data.reason);
  if (state.status === 'released' && state.reason === reason) return [];
  if (!isLive(claim)) throw claimEnded(claim);
  if (state.status !== 'approved') throw notWhereItStands(claim, 'CLAIM_NOT_APPROVED', 'Withdraw the claim.');
  if (claim.win) throw notWhereItStands(claim, 'WIN_PENDING', 'Wait for the vendor to answer the win.');
  return [{ type: 'claim-released', data: { dealId, reason } }];
};

/**
 * A change within the whitelist. It goes to a person where the partner's live values on the customer then exceed what a
 * person has approved of them and the review threshold, or, where a rule approved the claim, that rule's limit: what a rule
 * approved, nobody has looked at (rulebook 3, whitelist). Protection goes on meanwhile.
 */
export const amend = (
  { data }: AmendClaim,
  claim: Claim,
  state: DocketState,
  context: Pick<DocketContext, 'rates' | 'policy'>,
): Decision => {
  const { dealId, content, changed, elsewhere } = data;
  const { partnerId } = claim;
  if (!isLive(claim)) throw claimEnded(claim);
  if (claim.content.eventId === content.eventId) return [];
  if (claim.state.status !== 'approved')
    throw notWhereItStands(claim, 'CLAIM_NOT_APPROVED', 'Add evidence or contacts; the rest may change once approved.');
  if (claim.state.amendment?.content.eventId === content.eventId) return [];
  if (claim.state.amendment)
    throw notWhereItStands(claim, 'AMENDMENT_PENDING', 'Wait until somebody has looked at the last amendment.');
  expectAmendable(changed, whitelist);
  const valuation = weigh(claim, data, context);
  const others = state.claims.filter((other) => other !== claim && other.partnerId === partnerId && isLive(other));
  const live = sumOf([valuation.value, elsewhere.live, ...others.map(({ value }) => value)]);
  const approved = sumOf([elsewhere.approved, ...[claim, ...others].map(({ approvedValue }) => approvedValue)]);
  const needsReview = live > approved && exceedsLimit(claim, live);
  return [{ type: 'claim-amended', data: { dealId, content, changed: [...changed], ...valuation, needsReview } }];
};

const sumOf = (values: readonly Money[]): number => values.reduce((sum, { minorUnits }) => sum + minorUnits, 0);

const exceedsLimit = ({ terms, rule: name }: Claim, minorUnits: number): boolean => {
  const rule = name === null ? undefined : terms.autoApproval.find((candidate) => candidate.name === name);
  return minorUnits > terms.reviewThreshold.minorUnits || (rule !== undefined && minorUnits >= rule.below.minorUnits);
};

/** What a claim would be worth by new content. Throws `BELOW_MINIMUM`, `RATE_MISSING` or `VALUE_TOO_LARGE`. */
export const weigh = (
  { terms }: Pick<Claim, 'terms'>,
  { amounts, changed }: { readonly amounts: readonly Money[]; readonly changed: readonly ContentField[] },
  { rates, policy }: Pick<DocketContext, 'rates' | 'policy'>,
): Valuation => {
  const valuation = valuationOf(amounts, terms.currency, rates);
  // A claim from before carries no minimum of its own: the one in force stands for it.
  const minimum = terms.minimumValue ?? policy.policy.registration.minimumValue;
  // Who leaves the value alone is not held to what today's rate makes of it.
  if (changed.includes('value') && isBelow(valuation.value, minimum)) throw belowMinimum(valuation.value, minimum);
  return valuation;
};

const belowMinimum = (value: Money, minimum: Money): Refusal =>
  new Refusal(
    'BELOW_MINIMUM',
    'conflict',
    `value is ${formatMoney(value)}, and a registration ${minimumRule(minimum)}.`,
    {
      remedy: 'Give a value of the minimum or more, or give the claim up: the sale may be made without a registration.',
      facts: { value, minimum },
    },
  );

/** By when a person decides who begins now. */
export const reviewClock = (terms: Terms, now: Instant): ReviewClock => ({
  targetAt: addBusinessDays(terms.calendar, now, terms.reviewTargetBusinessDays),
  escalatesAt: addBusinessDays(terms.calendar, now, terms.reviewEscalationBusinessDays),
});

/** The partner whose deal the command names. */
export const partnerOf = ({ partner }: Pick<DocketContext, 'partner'>): PartnerStanding => {
  if (partner) return partner;
  throw new Error('The command names a deal, and its context no partner');
};

/** What repeats a request under its own key is answered before any decision: this is another request (rulebook 3, retry). */
const filedBefore = (claim: Claim, { content }: FileClaim['data']): Refusal => {
  const { filedAt } = claim;
  if (!isLive(claim)) return claimEnded(claim);
  if (claim.filed.eventId === content.eventId) return notValid([duplicateOf(claim)]);
  return new Refusal('DEAL_FILED_BEFORE', 'conflict', `This deal was filed at ${filedAt} with other content.`, {
    remedy: 'Amend the deal as far as that is open; a sale that is another one is a deal of its own.',
    facts: { filedAt },
  });
};

const expectToCome = (estimatedClose: Day, now: Instant): void => {
  if (!isOver(estimatedClose, now)) return;
  throw new Refusal('ESTIMATED_CLOSE_PAST', 'conflict', `estimatedClose ${estimatedClose} is past.`, {
    remedy: 'Give the day on which you expect the sale to close now, and submit again.',
    facts: { estimatedClose },
  });
};
