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

/** A rule of approval, and what its partner's own facts lack of it. */
export interface OwnVerdict extends Pick<AutoApproval, 'tiers' | 'below'> {
  readonly lacks: readonly OwnReason[];
}

type OwnReason = Extract<Reason, 'standing' | 'tier' | 'value'>;

/**
 * What a partner may be told of the rules before it files: how its standing and the lines of its own form fulfil each,
 * never whether others, or customers with a like name, make a person look (rulebook 3, refusals).
 */
export const ownVerdicts = ({
  standing,
  project,
  value,
  terms: { autoApproval },
}: Pick<DocketEventOf<'claim-filed'>['data'], 'standing' | 'project' | 'value' | 'terms'>): readonly OwnVerdict[] =>
  autoApproval.map((rule) => ({
    tiers: rule.tiers,
    below: rule.below,
    lacks: ownReasonsAgainst(rule, standing, project?.lines ?? value),
  }));

const ownReasonsAgainst = (
  { tiers, below }: AutoApproval,
  standing: PartnerStanding,
  value: Money,
): readonly OwnReason[] => [
  ...(isAuthorised(standing) ? [] : (['standing'] as const)),
  ...(tiers.includes(standing.tier) ? [] : (['tier'] as const)),
  ...(value.minorUnits < below.minorUnits ? [] : (['value'] as const)),
];

const reasonsAgainst = (
  rule: AutoApproval,
  { wasAlone }: Claim,
  standing: PartnerStanding,
  projectValue: Money,
  score: number,
): readonly Reason[] => [
  ...ownReasonsAgainst(rule, standing, projectValue),
  ...(wasAlone ? [] : (['others-on-the-docket'] as const)),
  ...(score < rule.conflictScore ? [] : (['possible-conflict'] as const)),
];
