import { type Instant, type Recorded, unreachable } from '@tempore/kernel';

import { completed, type Policy, type RecordedPolicy } from './policy';
import type { PolicyEvent, ProposedPolicy } from './policy.events';

interface Proposed extends ProposedPolicy {
  readonly proposedBy: string;
  readonly proposedAt: Instant;
}

/** `effectiveFrom` of one that is not adopted is null where it is to be the instant of the adoption. */
export type PolicyVersion =
  | {
      readonly status: 'founded';
      readonly version: 1;
      readonly policy: RecordedPolicy;
      readonly effectiveFrom: Instant;
    }
  | {
      readonly status: 'supplemented';
      readonly version: number;
      readonly policy: RecordedPolicy;
      readonly effectiveFrom: Instant;
    }
  | (Proposed & { readonly status: 'proposed' | 'withdrawn' })
  | (Proposed & {
      readonly status: 'adopted';
      readonly effectiveFrom: Instant;
      readonly adoptedBy: string;
      readonly adoptedAt: Instant;
    });

/** Every policy of the programme: version 1 stands first, version 2 second. */
export type PolicyState = readonly PolicyVersion[];

/** A policy that takes effect, or took. */
export type EffectivePolicy = Extract<PolicyVersion, { status: 'founded' | 'supplemented' | 'adopted' }>;

/** With every number. */
export type PolicyInForce = EffectivePolicy & { readonly policy: Policy };

export const initialState: PolicyState = [];

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: PolicyState, event: PolicyEvent, { actor, recordedAt }: Recorded): PolicyState => {
  switch (event.type) {
    case 'policy-founded':
      return state.length === 0 ? [{ status: 'founded', ...event.data, effectiveFrom: recordedAt }] : state;
    case 'policy-supplemented':
      return event.data.version === state.length + 1
        ? [...state, { status: 'supplemented', ...event.data, effectiveFrom: recordedAt }]
        : state;
    case 'policy-proposed':
      return event.data.version === state.length + 1
        ? [...state, { status: 'proposed', ...event.data, proposedBy: actor, proposedAt: recordedAt }]
        : state;
    case 'policy-adopted':
      return whereProposed(state, event.data.version, (proposal) => ({
        ...proposal,
        status: 'adopted',
        effectiveFrom: event.data.effectiveFrom,
        adoptedBy: actor,
        adoptedAt: recordedAt,
      }));
    case 'policy-withdrawn':
      return whereProposed(state, event.data.version, (proposal) => ({ ...proposal, status: 'withdrawn' }));
    default:
      return unreachable(event);
  }
};

const whereProposed = (
  state: PolicyState,
  version: number,
  change: (proposal: Proposed) => PolicyVersion,
): PolicyState =>
  state.map((known) => (known.version === version && known.status === 'proposed' ? change(known) : known));

/** What took effect, or will. */
export const effective = (state: PolicyState): readonly EffectivePolicy[] =>
  state.filter((known): known is EffectivePolicy => known.status !== 'proposed' && known.status !== 'withdrawn');

/**
 * The policy in force at an instant: of those adopted, the one that took effect last; of two that took effect at once,
 * the later version. Undefined before the programme began.
 */
export const policyAt = (state: PolicyState, at: Instant): PolicyInForce | undefined => {
  const known = effective(state);
  const inForce = known
    .filter(({ effectiveFrom }) => effectiveFrom <= at)
    .reduce<EffectivePolicy | undefined>(
      (latest, policy) => (latest && latest.effectiveFrom > policy.effectiveFrom ? latest : policy),
      undefined,
    );
  const versions = known.map(({ policy }) => policy);
  return inForce && { ...inForce, policy: completed(inForce.policy, versions) };
};
