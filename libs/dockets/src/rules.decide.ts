import type { AutoApproval } from '@messages/programme';
import { addDays, type Instant, type Money } from '@tempore/kernel';

import type { Claim } from './claim';
import type { DecideByRule } from './docket.commands';
import type { DocketEvent, DocketEventOf } from './docket.events';
import type { PartnerStanding } from './facts';
import { isAuthorised } from './validity';
import { projectValueOf } from './valuation';

type Reason = DocketEventOf<'claim-referred'>['data']['reasons'][number];

/** Whom the log names for what a rule decided. No rule of a policy is called so: it stands for all of them. */
const NO_RULE = 'none';
const actorOf = (rule: string): string => `rule/${rule}`;

/**
 * Approves a fresh claim by the first rule that fits, and the rule is decider and actor; else refers it to a person and
 * says why. It judges the docket and the project as they stood at the filing: whatever was filed or opened later takes
 * no approval away (rulebook 3, auto-approval). Quiet where a person has the claim already. A claim that came through the queue is a person's to review.
 */
export const decideByRule = (
  { data: { dealId, conflict, elsewhere } }: DecideByRule,
  claim: Claim,
  standing: PartnerStanding,
  now: Instant,
): readonly DocketEvent[] => {
  if (claim.state.status !== 'submitted' || claim.state.referred) return [];
  const { autoApproval, windowDays } = claim.terms;
  const projectValue = projectValueOf({ ...claim.project, elsewhere });
  const verdicts = autoApproval.map((rule) => ({
    rule,
    reasons: reasonsAgainst(rule, claim, standing, projectValue, conflict.score),
  }));
  const fitting = verdicts.find(({ reasons }) => reasons.length === 0);
  if (fitting) {
    const windowEnds = addDays(now, windowDays);
    const { name } = fitting.rule;
    return [
      {
        type: 'claim-approved',
        data: { dealId, rule: name, conflict, kind: claim.kind, projectValue, windowEnds },
        actor: actorOf(name),
      },
    ];
  }
  const reasons = [...new Set(verdicts.flatMap((verdict) => verdict.reasons))];
  return [
    {
      type: 'claim-referred',
      data: { dealId, reasons: reasons.length > 0 ? reasons : ['no-rule'], conflict, projectValue },
      actor: actorOf(NO_RULE),
    },
  ];
};

const reasonsAgainst = (
  { tiers, below, conflictScore }: AutoApproval,
  { wasAlone }: Claim,
  standing: PartnerStanding,
  projectValue: Money,
  score: number,
): readonly Reason[] => [
  ...(isAuthorised(standing) ? [] : (['standing'] as const)),
  ...(tiers.includes(standing.tier) ? [] : (['tier'] as const)),
  ...(projectValue.minorUnits < below.minorUnits ? [] : (['value'] as const)),
  ...(wasAlone ? [] : (['others-on-the-docket'] as const)),
  ...(score < conflictScore ? [] : (['possible-conflict'] as const)),
];
