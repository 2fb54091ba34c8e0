import type { DealType } from '@messages/deals';
import { addDays, formatMoney, type Instant, type Money, Refusal } from '@tempore/kernel';

import { type Claim, collides, isLive } from './claim';
import type { DocketContext } from './docket.context';
import type { DocketState } from './docket.state';
import type { AccountFacts, PartnerStanding } from './facts';
import type { ValidityCode } from './review.events';

/** One reason against a filing, as its partner may know it: nothing in it names a rival, or says that there is one. */
export interface Failing {
  readonly code: ValidityCode | 'RE_REGISTRATION_TOO_EARLY';
  readonly rule: string;
  /** What was used: ids of events, and values of the partner's own. */
  readonly fact: Readonly<Record<string, unknown>>;
  readonly remedy: string;
  /** When it may be otherwise; null where no date is known. */
  readonly mayChangeAt: Instant | null;
}

/** A filing, with all that its validity hangs on. */
export interface Candidate {
  readonly state: DocketState;
  /** The round that it would join. */
  readonly round: number;
  readonly site: string | null;
  readonly dealType: DealType;
  readonly value: Money;
  readonly partner: PartnerStanding;
  readonly account: AccountFacts;
  readonly policy: DocketContext['policy']['policy'];
  readonly now: Instant;
}

type Check = (candidate: Candidate) => readonly Failing[];

/** Every code that fails, in the rulebook's order (section 3). */
export const failings = (candidate: Candidate): readonly Failing[] => checks.flatMap((check) => check(candidate));

/** Throws `FILING_NOT_VALID` with every failing code in one answer. */
export const expectValid = (candidate: Candidate): void => {
  const failing = failings(candidate);
  if (failing.length > 0) throw notValid(failing);
};

export const notValid = (failing: readonly Failing[]): Refusal => {
  const codes = failing.map(({ code }) => code).join(', ');
  return new Refusal('FILING_NOT_VALID', 'conflict', `The claim cannot be filed: ${codes}.`, {
    remedy: failing.map(({ remedy }) => remedy).join(' '),
    facts: { failing, contest: 'Ask your channel manager to have the facts named here looked at.' },
  });
};

export const isAuthorised = ({ status, lacks }: PartnerStanding): boolean => status === 'active' && lacks.length === 0;

const notAuthorised = ({ status, tier, lacks, line }: PartnerStanding): Failing => ({
  code: 'NOT_AUTHORISED',
  rule: 'Only active partners with the tier and the certificates that the line asks for may register.',
  fact: {
    status,
    lacks,
    ...(line && lacks.includes('tier') && { tier: { has: tier, needs: line.minimumTier } }),
    ...(line &&
      lacks.includes('certificate') && { certifiedPeople: { has: line.certified, needs: line.certifiedPeople } }),
  },
  remedy: [
    ...(status === 'active' ? [] : ['Have your agreement made active.']),
    ...lacks.map((lack) => remedies[lack](tier, line)),
  ].join(' '),
  mayChangeAt: null,
});

type Remedy = (tier: PartnerStanding['tier'], line: PartnerStanding['line']) => string;

const remedies: Readonly<Record<PartnerStanding['lacks'][number], Remedy>> = {
  line: () => 'Have the line added to your agreement.',
  tier: (tier, line) =>
    line ? `Reach the tier ${line.minimumTier}: yours is ${tier}.` : 'Reach the tier that the line asks for.',
  certificate: (_tier, line) =>
    line
      ? `Have ${line.certifiedPeople - line.certified} more of your people certified for the line: ${line.certified} of ${line.certifiedPeople} are.`
      : 'Have as many of your people certified for the line as it asks for.',
};

/** Throws `NOT_AUTHORISED`: the standing of a partner is checked anew where it takes a place over. */
export const expectAuthorised = (partner: PartnerStanding): void => {
  if (isAuthorised(partner)) return;
  const { code, rule, fact, remedy } = notAuthorised(partner);
  throw new Refusal(code, 'conflict', rule, { remedy, facts: fact });
};

const authority: Check = ({ partner }) => (isAuthorised(partner) ? [] : [notAuthorised(partner)]);

const territory: Check = ({ partner: { territories }, account }) =>
  territories === null || account.territory === null || territories.includes(account.territory)
    ? []
    : [
        {
          code: 'OUT_OF_TERRITORY',
          rule: 'A partner registers only customers in its territories.',
          fact: { territory: account.territory, territories },
          remedy: 'Have the territory of the agreement or of the customer looked at.',
          mayChangeAt: null,
        },
      ];

const namedAccounts: Check = ({ partner }) =>
  partner.named === 'only-others'
    ? [
        {
          code: 'NOT_NAMED_ACCOUNT',
          rule: 'This partner registers only the accounts that are named in its agreement.',
          fact: {},
          remedy: 'Have the account named in the agreement.',
          mayChangeAt: null,
        },
      ]
    : [];

const houseAccount: Check = ({ account: { house } }) =>
  house
    ? [
        {
          code: 'HOUSE_ACCOUNT',
          rule: 'The vendor serves this customer itself.',
          fact: { eventId: house.eventId },
          remedy: 'Ask your channel manager whether it stays a house account.',
          mayChangeAt: null,
        },
      ]
    : [];

const existingCustomer: Check = ({ dealType, account: { customerOfLine: known }, now }) =>
  dealType === 'new' && known && known.from <= now && (known.until === null || now < known.until)
    ? [
        {
          code: 'EXISTING_CUSTOMER',
          rule: 'Who has the line already is no new customer of it.',
          fact: { eventId: known.eventId },
          remedy: 'Register it as an upsell, a cross-sell or a renewal.',
          mayChangeAt: known.until,
        },
      ]
    : [];

/** The direct team is held to a partner's standard: progress, recorded, in an opportunity that is open. */
const directPipeline: Check = ({ state, policy, now }) => {
  const { directTouchDays } = policy.registration;
  const [blocking] = state.opportunities
    .filter(({ closed }) => closed === null)
    .flatMap(({ touches }) => touches)
    .filter(({ progress, recordedAt }) => progress && now < addDays(recordedAt, directTouchDays))
    .toSorted((a, b) => b.recordedAt.localeCompare(a.recordedAt));
  if (!blocking) return [];
  return [
    {
      code: 'ACTIVE_DIRECT_PIPELINE',
      rule: `The vendor’s own team recorded progress on this line within ${directTouchDays} days.`,
      fact: { eventId: blocking.eventId, recordedAt: blocking.recordedAt },
      remedy: 'Ask your channel manager whether the sale can be made together.',
      mayChangeAt: addDays(blocking.recordedAt, directTouchDays),
    },
  ];
};

const duplicateOfOwn: Check = ({ state, partner, round, site }) => {
  const own = state.claims.find(
    (claim) => claim.group === partner.group && isLive(claim) && collides(claim, { round, site }),
  );
  if (!own) return [];
  return [own.partnerId === partner.partnerId ? duplicateOf(own) : duplicateInGroup(own)];
};

const OF_ONE_GROUP = 'Of one group of partners one claim on a sale counts.';

/** The partner's own claim stands already: it is told which. */
export const duplicateOf = (own: Claim): Failing => ({
  code: 'DUPLICATE_SELF',
  rule: OF_ONE_GROUP,
  fact: { dealId: own.dealId, filedAt: own.filedAt },
  remedy: 'Go on with the deal that is named here, or withdraw it first.',
  mayChangeAt: endOf(own),
});

const duplicateInGroup = (own: Claim): Failing => ({
  code: 'DUPLICATE_SELF',
  rule: OF_ONE_GROUP,
  fact: {},
  remedy: 'Go on with the deal that your group has registered.',
  mayChangeAt: endOf(own),
});

/** When a claim of one's own ends by itself, as far as that is known. */
const endOf = ({ state }: Claim): Instant | null => {
  if (state.status === 'approved') return state.windowEnds;
  if (state.status === 'queued') return state.lapsesAt;
  return state.status === 'rejected' || state.status === 'lapsed' ? state.contestableUntil : null;
};

export const isBelow = (value: Money, minimum: Money): boolean =>
  value.currency === minimum.currency && value.minorUnits < minimum.minorUnits;

export const minimumRule = (minimum: Money): string =>
  `is worth ${formatMoney(minimum)} or more, one-time and first year`;

const minimum: Check = ({ value, policy: { registration } }) =>
  isBelow(value, registration.minimumValue)
    ? [
        {
          code: 'BELOW_MINIMUM',
          rule: `A registration ${minimumRule(registration.minimumValue)}.`,
          fact: { value, minimum: registration.minimumValue },
          remedy: 'Sell it without a registration, or register the whole of the project.',
          mayChangeAt: null,
        },
      ]
    : [];

const tender: Check = ({ state, now }) => {
  const published = state.tenders.find(({ closed, publishedAt }) => closed === null && publishedAt <= now);
  if (!published) return [];
  return [
    {
      code: 'TENDER_PUBLISHED',
      rule: 'A tender that is public was not originated by who files after its publication.',
      fact: { eventId: published.eventId, publishedAt: published.publishedAt },
      remedy: 'Bid without a registration.',
      mayChangeAt: null,
    },
  ];
};

const renewal: Check = ({ dealType, account, partner, policy, now }) => {
  if (dealType !== 'renewal') return [];
  const refused = (
    rule: string,
    fact: Failing['fact'],
    remedy: string,
    mayChangeAt: Instant | null = null,
  ): readonly Failing[] => [{ code: 'RENEWAL_NOT_ELIGIBLE', rule, fact, remedy, mayChangeAt }];
  const { customerOfLine: term, renewalLetter: letter } = account;
  if (letter?.partnerId === partner.partnerId) return [];
  if (!term)
    return refused('Only who has the line can renew it.', {}, 'Register it as new, or have the term put on record.');
  const { eventId, until, partnerOfRecord } = term;
  if (letter !== null || partnerOfRecord !== partner.partnerId)
    return refused(
      'A renewal is the partner of record’s, unless the customer says otherwise.',
      { eventId: letter?.eventId ?? eventId },
      'Bring a letter of the customer that can be verified.',
    );
  const { renewalDays } = policy.registration;
  if (until === null || addDays(until, -renewalDays) <= now) return [];
  return refused(
    `A renewal is registered from ${renewalDays} days before the term ends.`,
    { eventId, until },
    'Register it then.',
    addDays(until, -renewalDays),
  );
};

/**
 * Who had the place and let it go comes back after a while, or with progress made since; those in line then stand
 * before it, as before anybody who files later.
 */
const reRegistration: Check = ({ state, partner, round, site, policy, now }) => {
  const { reRegistrationDays } = policy.protection;
  const former = state.claims.filter(
    (claim) =>
      claim.group === partner.group &&
      !isLive(claim) &&
      claim.heldSince !== null &&
      collides(claim, { round, site }) &&
      ['expired', 'released', 'lapsed'].includes(claim.state.status),
  );
  const last = former.at(-1);
  if (!last) return [];
  const from = addDays(last.since, reRegistrationDays);
  const madeProgress = former.some(({ progressAt }) => progressAt !== null && progressAt >= last.since);
  if (from <= now || madeProgress) return [];
  return [
    {
      code: 'RE_REGISTRATION_TOO_EARLY',
      rule: `Who had the place registers the sale anew after ${reRegistrationDays} days, or with new progress.`,
      fact: { dealId: last.dealId, status: last.state.status, since: last.since },
      remedy: 'Record a two-way contact with a named counterpart and evidence, or wait.',
      mayChangeAt: from,
    },
  ];
};

const checks: readonly Check[] = [
  authority,
  territory,
  namedAccounts,
  houseAccount,
  existingCustomer,
  directPipeline,
  duplicateOfOwn,
  minimum,
  tender,
  renewal,
  reRegistration,
];
