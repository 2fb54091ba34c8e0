import type { AutoApproval } from '@messages/programme';
import { addDays, type Instant } from '@tempore/kernel';

import { type Claim, isLive } from './claim';
import type { DecideByRule } from './docket.commands';
import type { DocketEvent, DocketEventOf } from './docket.events';
import type { DocketState } from './docket.state';
import type { PartnerStanding } from './facts';
import { isAuthorised } from './validity';

type Reason = DocketEventOf<'claim-referred'>['data']['reasons'][number];

/**
 * Approves a fresh claim by the first rule that fits, and the rule's name is the decider's; else refers it to a person
 * and says why. Quiet where a person has the claim already. A claim that came through the queue is a person's to review.
 */
export const decideByRule = (
  { data: { dealId, conflict } }: DecideByRule,
  claim: Claim,
  state: DocketState,
  standing: PartnerStanding,
  now: Instant,
): readonly DocketEvent[] => {
  if (claim.state.status !== 'submitted' || claim.state.referred) return [];
  const { autoApproval, windowDays } = claim.terms;
  const isAlone = !state.claims.some((other) => other !== claim && isLive(other));
  const verdicts = autoApproval.map((rule) => ({
    rule,
    reasons: reasonsAgainst(rule, claim, standing, isAlone, conflict.score),
  }));
  const fitting = verdicts.find(({ reasons }) => reasons.length === 0);
  if (fitting) {
    const windowEnds = addDays(now, windowDays);
    return [
      { type: 'claim-approved', data: { dealId, rule: fitting.rule.name, conflict, kind: claim.kind, windowEnds } },
    ];
  }
  const reasons = [...new Set(verdicts.flatMap((verdict) => verdict.reasons))];
  return [{ type: 'claim-referred', data: { dealId, reasons: reasons.length > 0 ? reasons : ['no-rule'], conflict } }];
};

const reasonsAgainst = (
  { tiers, below, conflictScore }: AutoApproval,
  { value }: Claim,
  standing: PartnerStanding,
  isAlone: boolean,
  score: number,
): readonly Reason[] => [
  ...(isAuthorised(standing) ? [] : (['standing'] as const)),
  ...(tiers.includes(standing.tier) ? [] : (['tier'] as const)),
  ...(value.minorUnits < below.minorUnits ? [] : (['value'] as const)),
  ...(isAlone ? [] : (['others-on-the-docket'] as const)),
  ...(score < conflictScore ? [] : (['possible-conflict'] as const)),
];
