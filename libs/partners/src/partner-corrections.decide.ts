import { type DecisionContext, type Instant, nameOf, reasonOf, Refusal } from '@tempore/kernel';

import type { AgreePartnerTier, CorrectPartner } from './partner.commands';
import type { PartnerEvent } from './partner.events';
import { countryOf, expectOngoing, notApproved, textMissing } from './partner.refusals';
import type { PartnerState } from './partner.state';

type Decision = readonly PartnerEvent[];

/** Quiet where the partner is called so already. Throws `CORRECTION_EMPTY`, `FACT_NOT_YET` or `FACT_TOO_EARLY`. */
export const correct = ({ data }: CorrectPartner, state: PartnerState, { now }: DecisionContext): Decision => {
  const { particulars: before } = expectOngoing(state);
  const reason = reasonOf(data.reason);
  if (data.legalName === undefined && data.country === undefined)
    throw new Refusal('CORRECTION_EMPTY', 'invalid', 'Neither legalName nor country is given.', {
      remedy: 'Give what is to be corrected.',
    });
  const legalName = data.legalName === undefined ? before.legalName : nameOf(data.legalName, textMissing('legalName'));
  const country = data.country === undefined ? before.country : countryOf(data.country);
  if (legalName === before.legalName && country === before.country) return [];
  const { from } = data;
  expectDated(from, before.from, now);
  return [{ type: 'partner-corrected', data: { legalName, country, from, reason }, occurredAt: from }];
};

/** Quiet where that tier is agreed. Throws `PARTNER_NOT_APPROVED`, `FACT_NOT_YET` or `FACT_TOO_EARLY`. */
export const agreeTier = ({ data }: AgreePartnerTier, state: PartnerState, { now }: DecisionContext): Decision => {
  const ongoing = expectOngoing(state);
  const reason = reasonOf(data.reason);
  const { tier, from } = data;
  if (ongoing.status === 'applied') throw notApproved();
  if (ongoing.agreement.tier === tier) return [];
  expectDated(from, ongoing.agreement.from, now);
  return [{ type: 'partner-tier-agreed', data: { agreement: { tier, from }, reason }, occurredAt: from }];
};

/** A fact is recorded once it holds, and who was what before is never rewritten. */
const expectDated = (from: Instant, since: Instant, now: Instant): void => {
  if (from > now)
    throw new Refusal('FACT_NOT_YET', 'invalid', `from ${from} has not come yet.`, {
      remedy: 'Record it once it holds, or leave from out: it then holds from now on.',
    });
  if (from < since)
    throw new Refusal('FACT_TOO_EARLY', 'conflict', `What stands now stands since ${since}.`, {
      remedy: 'Give a later instant, or leave from out: what held before is never rewritten.',
      facts: { since },
    });
};
