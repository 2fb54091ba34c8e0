import { isDeepStrictEqual } from 'node:util';

import {
  adoptProposal,
  type DecisionContext,
  makeProposal,
  lineOf,
  reasonOf,
  Refusal,
  unreachable,
  withdrawProposal,
} from '@tempore/kernel';
import isCountry from 'validator/lib/isISO31661Alpha2';

import type {
  AccountFactCommand,
  AdoptAccountChange,
  LinkParent,
  ProposeAccountChange,
  RecordCustomer,
  UnlinkParent,
  VerifyLetter,
  WithdrawAccountChange,
  WithdrawCustomer,
  WithdrawLetter,
} from './account-facts.commands';
import type { AccountChange, AccountFactEvent } from './account-facts.events';
import type { AccountFactsState } from './account-facts.state';

type Decision = readonly AccountFactEvent[];

export const propose = ({ data }: ProposeAccountChange, state: AccountFactsState): Decision => {
  const change = changeOf(data.change);
  return makeProposal(state.proposals, { ...data, change }, holds(change, state)).map((proposal) => ({
    type: 'account-change-proposed',
    data: proposal,
  }));
};

export const adopt = (
  { data }: AdoptAccountChange,
  { proposals }: AccountFactsState,
  { actor }: DecisionContext,
): Decision =>
  adoptProposal(proposals, data.proposalId, actor).map((adoption) => ({
    type: 'account-change-adopted',
    data: adoption,
  }));

export const withdraw = ({ data }: WithdrawAccountChange, { proposals }: AccountFactsState): Decision =>
  withdrawProposal(proposals, data).map((withdrawal) => ({ type: 'account-change-withdrawn', data: withdrawal }));

export const recordCustomer = ({ data }: RecordCustomer, { terms }: AccountFactsState): Decision => {
  const term = { ...data, productLine: lineOf(data.productLine), reason: reasonOf(data.reason) };
  const { from, until } = term;
  if (until !== null && until <= from)
    throw new Refusal('TERM_EMPTY', 'invalid', `until ${until} is not after from ${from}.`, {
      remedy: 'Give the instant at which the term ends, or leave it out.',
    });
  const known = terms.get(term.termId);
  if (!known) return [{ type: 'account-customer-recorded', data: term }];
  if (isDeepStrictEqual(known.term, term)) return [];
  throw differs('This term');
};

export const withdrawCustomer = ({ data }: WithdrawCustomer, { terms }: AccountFactsState): Decision => {
  const known = terms.get(data.termId);
  const reason = reasonOf(data.reason);
  if (!known) throw new Refusal('TERM_NOT_FOUND', 'not-found', 'The customer has no such term.');
  return known.withdrawn ? [] : [{ type: 'account-customer-withdrawn', data: { termId: data.termId, reason } }];
};

export const verifyLetter = ({ data }: VerifyLetter, { letters }: AccountFactsState): Decision => {
  const letter = { ...data, productLine: lineOf(data.productLine), reason: reasonOf(data.reason) };
  const known = letters.get(letter.letterId);
  if (!known) return [{ type: 'account-letter-verified', data: letter }];
  if (isDeepStrictEqual(known.letter, letter)) return [];
  throw differs('This letter');
};

export const withdrawLetter = ({ data }: WithdrawLetter, { letters }: AccountFactsState): Decision => {
  const known = letters.get(data.letterId);
  const reason = reasonOf(data.reason);
  if (!known) throw new Refusal('LETTER_NOT_FOUND', 'not-found', 'There is no such letter of the customer.');
  return known.withdrawn ? [] : [{ type: 'account-letter-withdrawn', data: { letterId: data.letterId, reason } }];
};

export const linkParent = ({ data }: LinkParent, { parentId: known }: AccountFactsState): Decision => {
  const { accountId, parentId, ancestors } = data;
  const reason = reasonOf(data.reason);
  if (parentId === accountId)
    throw new Refusal('PARENT_IS_SELF', 'invalid', 'parentId is the customer itself.', {
      remedy: 'Name the customer that this one belongs to.',
    });
  if (known === parentId) return [];
  if (ancestors.includes(accountId)) throw parentInCircle();
  return [{ type: 'account-parent-linked', data: { parentId, reason } }];
};

export const parentInCircle = (): Refusal =>
  new Refusal(
    'PARENT_IN_CIRCLE',
    'conflict',
    'parentId belongs to this customer itself: no customer is its own ancestor.',
    {
      remedy: 'End the link the other way first, or name another customer.',
    },
  );

export const unlinkParent = ({ data }: UnlinkParent, { parentId }: AccountFactsState): Decision => {
  const reason = reasonOf(data.reason);
  return parentId === null ? [] : [{ type: 'account-parent-unlinked', data: { reason } }];
};

export const decideFact = (
  command: AccountFactCommand,
  state: AccountFactsState,
  context: DecisionContext,
): Decision => {
  switch (command.type) {
    case 'ProposeAccountChange':
      return propose(command, state);
    case 'AdoptAccountChange':
      return adopt(command, state, context);
    case 'WithdrawAccountChange':
      return withdraw(command, state);
    case 'RecordCustomer':
      return recordCustomer(command, state);
    case 'WithdrawCustomer':
      return withdrawCustomer(command, state);
    case 'VerifyLetter':
      return verifyLetter(command, state);
    case 'WithdrawLetter':
      return withdrawLetter(command, state);
    case 'LinkParent':
      return linkParent(command, state);
    case 'UnlinkParent':
      return unlinkParent(command, state);
    default:
      return unreachable(command);
  }
};

/** A change in normal form. Throws `COUNTRY_UNKNOWN`. */
const changeOf = (change: AccountChange): AccountChange => {
  if (change.of === 'house' || change.country === null) return change;
  if (!isCountry(change.country))
    throw new Refusal('COUNTRY_UNKNOWN', 'invalid', `country "${change.country}" is not a country of ISO 3166-1.`, {
      remedy: 'Give the two-letter code, such as DE, or leave it out for the country of the customer.',
    });
  return { ...change, country: change.country.toUpperCase() };
};

const holds = (change: AccountChange, { house, territory }: AccountFactsState): boolean =>
  change.of === 'house' ? change.house === (house !== null) : change.country === territory;

const differs = (what: string): Refusal =>
  new Refusal('FACT_EXISTS', 'conflict', `${what} was recorded before, with other content.`, {
    remedy: 'Withdraw it, and record the right one under an id of its own.',
  });
