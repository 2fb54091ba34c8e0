import { isDeepStrictEqual } from 'node:util';

import {
  changesNothing,
  type DecisionContext,
  expectSecondPerson,
  type Instant,
  laterOf,
  reasonOf,
  Refusal,
  unreachable,
} from '@tempore/kernel';

import { daysOf } from './holidays';
import type { AdoptPolicy, FoundProgramme, PolicyCommand, ProposePolicy, WithdrawPolicy } from './policy.commands';
import type { PolicyEvent, ProposedPolicy } from './policy.events';
import { numbersOf, type Policy, policyVersion1 } from './policy';
import { checkPolicy } from './policy-check';
import { effective, policyAt, type PolicyState, type PolicyVersion } from './policy.state';

type Decision = readonly PolicyEvent[];

export const found = ({ data }: FoundProgramme, state: PolicyState): Decision =>
  state.length === 0 ? [{ type: 'policy-founded', data: { version: 1, policy: data.policy } }] : [];

/** Quiet where each number stands in some version: two people may have changed it since. */
export const supplement = (state: PolicyState, { now }: Pick<DecisionContext, 'now'>): Decision => {
  const versions = effective(state);
  const known = new Set(versions.flatMap(({ policy }) => numbersOf(policy)));
  if (numbersOf(policyVersion1).every((number) => known.has(number))) return [];
  // The clock of whoever founded the programme may be ahead of this one.
  const inForce = policyAt(state, laterOf(now, versions[0]?.effectiveFrom ?? now));
  return inForce ? [{ type: 'policy-supplemented', data: { version: state.length + 1, policy: inForce.policy } }] : [];
};

export const propose = ({ data }: ProposePolicy, state: PolicyState, { now }: DecisionContext): Decision => {
  const { version, effectiveFrom, holidaySets } = data;
  const reason = reasonOf(data.reason);
  const policy = checkPolicy(data.policy, daysOf(holidaySets));
  const proposal = { version, effectiveFrom, policy, holidaySets: [...holidaySets], reason };
  const known = state[version - 1];
  if (known && says(known, proposal)) return [];
  if (version !== state.length + 1)
    throw new Refusal('POLICY_VERSION_TAKEN', 'conflict', `version ${version} is not the next one.`, {
      remedy: `Look at what was proposed before, and propose version ${state.length + 1}.`,
      facts: { nextVersion: state.length + 1 },
    });
  if (effectiveFrom !== null && effectiveFrom < now) throw past(effectiveFrom);
  if (holds(policy, state, effectiveFrom, now)) throw changesNothing();
  return [{ type: 'policy-proposed', data: proposal }];
};

export const adopt = ({ data }: AdoptPolicy, state: PolicyState, { now, actor }: DecisionContext): Decision => {
  const proposal = find(state, data.version);
  switch (proposal.status) {
    case 'proposed': {
      expectSecondPerson(proposal.proposedBy, actor);
      const effectiveFrom = proposal.effectiveFrom ?? now;
      if (effectiveFrom < now) throw past(effectiveFrom);
      return [{ type: 'policy-adopted', data: { version: data.version, effectiveFrom } }];
    }
    case 'founded':
    case 'supplemented':
    case 'adopted':
      return [];
    case 'withdrawn':
      throw new Refusal('POLICY_WITHDRAWN', 'conflict', `Version ${data.version} was withdrawn.`, {
        remedy: 'Propose the policy anew.',
      });
  }
};

export const withdraw = ({ data }: WithdrawPolicy, state: PolicyState): Decision => {
  const reason = reasonOf(data.reason);
  switch (find(state, data.version).status) {
    case 'proposed':
      return [{ type: 'policy-withdrawn', data: { version: data.version, reason } }];
    case 'withdrawn':
      return [];
    case 'founded':
    case 'supplemented':
    case 'adopted':
      throw new Refusal('POLICY_ADOPTED', 'conflict', `Version ${data.version} was adopted.`, {
        remedy: 'Propose a further version: what was adopted stands for ever.',
      });
  }
};

export const decide = (command: PolicyCommand, state: PolicyState, context: DecisionContext): Decision => {
  switch (command.type) {
    case 'FoundProgramme':
      return found(command, state);
    case 'SupplementPolicy':
      return supplement(state, context);
    case 'ProposePolicy':
      return propose(command, state, context);
    case 'AdoptPolicy':
      return adopt(command, state, context);
    case 'WithdrawPolicy':
      return withdraw(command, state);
    default:
      return unreachable(command);
  }
};

/** Whether a version that is on the table is what is proposed now. */
const says = (known: PolicyVersion, proposal: ProposedPolicy): boolean =>
  known.status === 'proposed' && isDeepStrictEqual(proposalOf(known), proposal);

/** Whether it is in force then already. One that takes effect when it is adopted may meet any that is still to come. */
const holds = (policy: Policy, state: PolicyState, effectiveFrom: Instant | null, now: Instant): boolean => {
  const toCome = effective(state).flatMap((known) => (known.effectiveFrom > now ? [known.effectiveFrom] : []));
  const meets = effectiveFrom === null ? [now, ...toCome] : [effectiveFrom];
  return meets.every((at) => isDeepStrictEqual(policyAt(state, at)?.policy, policy));
};

const proposalOf = ({ version, effectiveFrom, policy, holidaySets, reason }: ProposedPolicy): ProposedPolicy => ({
  version,
  effectiveFrom,
  policy,
  holidaySets,
  reason,
});

const find = (state: PolicyState, version: number): PolicyVersion => {
  const known = state[version - 1];
  if (known) return known;
  throw new Refusal('POLICY_NOT_FOUND', 'not-found', `There is no policy of version ${version}.`);
};

const past = (effectiveFrom: string): Refusal =>
  new Refusal('POLICY_EFFECTIVE_PAST', 'conflict', `effectiveFrom ${effectiveFrom} is past.`, {
    remedy: 'Propose it from an instant that is still to come when it is adopted, or leave the instant out.',
  });
