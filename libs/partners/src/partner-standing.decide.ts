import { isDeepStrictEqual } from 'node:util';

import {
  adoptProposal,
  type DecisionContext,
  makeProposal,
  lineOf,
  reasonOf,
  Refusal,
  sameName,
  unreachable,
  withdrawProposal,
} from '@tempore/kernel';
import isCountry from 'validator/lib/isISO31661Alpha2';

import type {
  AdoptPartnerChange,
  AgreePartnerKind,
  AgreePartnerLines,
  AssignPartnerManager,
  JoinPartnerGroup,
  LeavePartnerGroup,
  PartnerStandingCommand,
  ProposePartnerChange,
  WithdrawPartnerChange,
} from './partner-standing.commands';
import type { LineTerms, PartnerChange, PartnerStandingEvent, Territory } from './partner-standing.events';
import { type PartnerStandingState, standingWith } from './partner-standing.state';
import { expectOngoing } from './partner.refusals';
import type { PartnerState } from './partner.state';
import { managerAt } from './standing';

type Decision = readonly PartnerStandingEvent[];

export const propose = ({ data }: ProposePartnerChange, state: PartnerState): Decision => {
  const { standing } = expectOngoing(state);
  const change = changeOf(data.change);
  return makeProposal(standing.proposals, { ...data, change }, holds(change, standing)).map((proposal) => ({
    type: 'partner-change-proposed',
    data: proposal,
  }));
};

export const adopt = ({ data }: AdoptPartnerChange, state: PartnerState, { actor }: DecisionContext): Decision =>
  adoptProposal(expectOngoing(state).standing.proposals, data.proposalId, actor).map((adoption) => ({
    type: 'partner-change-adopted',
    data: adoption,
  }));

export const withdraw = ({ data }: WithdrawPartnerChange, state: PartnerState): Decision =>
  withdrawProposal(expectOngoing(state).standing.proposals, data).map((withdrawal) => ({
    type: 'partner-change-withdrawn',
    data: withdrawal,
  }));

export const joinGroup = ({ data }: JoinPartnerGroup, state: PartnerState): Decision => {
  const { groupId } = expectOngoing(state).standing;
  const reason = reasonOf(data.reason);
  if (groupId === data.groupId) return [];
  return [{ type: 'partner-group-joined', data: { groupId: data.groupId, reason } }];
};

export const leaveGroup = ({ data }: LeavePartnerGroup, state: PartnerState): Decision => {
  const { groupId } = expectOngoing(state).standing;
  const reason = reasonOf(data.reason);
  return groupId === null ? [] : [{ type: 'partner-group-left', data: { reason } }];
};

export const agreeLines = ({ data }: AgreePartnerLines, state: PartnerState): Decision => {
  const { standing } = expectOngoing(state);
  const reason = reasonOf(data.reason);
  const lines = data.lines && linesOf(data.lines);
  return isDeepStrictEqual(standing.lines, lines) ? [] : [{ type: 'partner-lines-agreed', data: { lines, reason } }];
};

export const agreeKind = ({ data: { kind, reason } }: AgreePartnerKind, state: PartnerState): Decision => {
  const { standing } = expectOngoing(state);
  const given = reasonOf(reason);
  return standing.kind === kind ? [] : [{ type: 'partner-kind-agreed', data: { kind, reason: given } }];
};

export const assignManager = ({ data }: AssignPartnerManager, state: PartnerState): Decision => {
  const { standing } = expectOngoing(state);
  const { managerId, from } = data;
  if (managerAt(standing, from) === managerId) return [];
  const since = standing.managers.at(-1)?.from ?? null;
  if (since !== null && from <= since)
    throw new Refusal('ASSIGNMENT_TOO_EARLY', 'conflict', `The assignment of today stands from ${since} on.`, {
      remedy: 'Give a later instant: who was assigned when is never rewritten.',
    });
  return [{ type: 'partner-manager-assigned', data: { managerId, from } }];
};

export const decideStanding = (
  command: PartnerStandingCommand,
  state: PartnerState,
  context: DecisionContext,
): Decision => {
  switch (command.type) {
    case 'ProposePartnerChange':
      return propose(command, state);
    case 'AdoptPartnerChange':
      return adopt(command, state, context);
    case 'WithdrawPartnerChange':
      return withdraw(command, state);
    case 'JoinPartnerGroup':
      return joinGroup(command, state);
    case 'LeavePartnerGroup':
      return leaveGroup(command, state);
    case 'AgreePartnerLines':
      return agreeLines(command, state);
    case 'AgreePartnerKind':
      return agreeKind(command, state);
    case 'AssignPartnerManager':
      return assignManager(command, state);
    default:
      return unreachable(command);
  }
};

/** A change in normal form. Throws `COUNTRY_UNKNOWN`, `CHANGE_EMPTY` or `CHANGE_CONTRADICTS`. */
const changeOf = (change: PartnerChange): PartnerChange => {
  switch (change.of) {
    case 'territories':
      return { of: change.of, territories: change.territories && unique(change.territories.map(territoryOf)) };
    case 'named-accounts': {
      const [added, removed] = [unique(change.added), unique(change.removed)];
      if (added.length + removed.length === 0)
        throw new Refusal('CHANGE_EMPTY', 'invalid', 'added and removed name no account.', {
          remedy: 'Name at least one account in one of the two.',
        });
      const both = added.filter((id) => removed.includes(id));
      if (both.length > 0)
        throw new Refusal('CHANGE_CONTRADICTS', 'invalid', `added and removed both name ${both.join(', ')}.`, {
          remedy: 'Name each account in one of the two.',
        });
      return { of: change.of, added, removed };
    }
    case 'named-restriction':
      return change;
    default:
      return unreachable(change);
  }
};

/** Territories and named accounts are sets: in another order they are the same. */
const holds = (change: PartnerChange, standing: PartnerStandingState): boolean =>
  isDeepStrictEqual(asSets(standingWith(standing, change)), asSets(standing));

const asSets = ({ territories, ...rest }: PartnerStandingState) => ({
  ...rest,
  territories: territories && new Set(territories.map((territory) => JSON.stringify(territory))),
});

const territoryOf = ({ country, productLine }: Territory): Territory => {
  if (!isCountry(country))
    throw new Refusal('COUNTRY_UNKNOWN', 'invalid', `country "${country}" is not a country of ISO 3166-1.`, {
      remedy: 'Give the two-letter code, such as DE.',
    });
  return { country: country.toUpperCase(), productLine: productLine && lineOf(productLine) };
};

const linesOf = (lines: readonly LineTerms[]): LineTerms[] => {
  const named = lines.map((terms) => ({ ...terms, productLine: lineOf(terms.productLine) }));
  const twice = named.find(
    ({ productLine }, index) => named.findIndex((one) => sameName(one.productLine, productLine)) < index,
  );
  if (!twice) return named;
  throw new Refusal('LINE_TWICE', 'invalid', `lines names ${twice.productLine} more than once.`, {
    remedy: 'Say once what a line asks for.',
  });
};

/** Each once, in the order of first mention. */
const unique = <Item>(items: readonly Item[]): Item[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];
