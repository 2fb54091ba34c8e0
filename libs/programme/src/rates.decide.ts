import { isDeepStrictEqual } from 'node:util';

import {
  adoptProposal,
  type DecisionContext,
  faultOfName,
  makeProposal,
  Refusal,
  unreachable,
  withdrawProposal,
} from '@tempore/kernel';

import type { AdoptRates, ProposeRates, RatesCommand, WithdrawRates } from './rates.commands';
import { ratesChangeSchema, type RatesChange, type RatesEvent } from './rates.events';
import { rateOf, type RatesState } from './rates.state';

type Decision = readonly RatesEvent[];

export const propose = ({ data }: ProposeRates, state: RatesState): Decision => {
  const change = changeOf(data.change);
  const holds = change.rates.every((rate) => isDeepStrictEqual(rateOf(state, rate), rate));
  return makeProposal(state.proposals, { ...data, change }, holds).map((proposal) => ({
    type: 'rates-proposed',
    data: proposal,
  }));
};

export const adopt = ({ data }: AdoptRates, { proposals }: RatesState, { actor }: DecisionContext): Decision =>
  adoptProposal(proposals, data.proposalId, actor).map((adoption) => ({ type: 'rates-adopted', data: adoption }));

export const withdraw = ({ data }: WithdrawRates, { proposals }: RatesState): Decision =>
  withdrawProposal(proposals, data).map((withdrawal) => ({ type: 'rates-withdrawn', data: withdrawal }));

export const decide = (command: RatesCommand, state: RatesState, context: DecisionContext): Decision => {
  switch (command.type) {
    case 'ProposeRates':
      return propose(command, state);
    case 'AdoptRates':
      return adopt(command, state, context);
    case 'WithdrawRates':
      return withdraw(command, state);
    default:
      return unreachable(command);
  }
};

/** Rates in normal form. Throws `RATE_INVALID`, which names every field at fault. */
const changeOf = (change: RatesChange): RatesChange => {
  const parsed = ratesChangeSchema.safeParse(change);
  const problems = [
    ...(parsed.error?.issues.map(({ path, message }) => ({ field: path.join('.'), message })) ?? []),
    ...change.rates.flatMap(({ currency, to, perUnit, source, on }, index) => [
      ...(change.rates.findIndex((rate) => rate.currency === currency && rate.on === on) < index
        ? [{ field: `rates.${index}.currency`, message: 'has a rate of the same day above' }]
        : []),
      ...(currency === to ? [{ field: `rates.${index}.currency`, message: 'is that of the programme itself' }] : []),
      ...[faultOfName(source)].flatMap((message) => (message ? [{ field: `rates.${index}.source`, message }] : [])),
      ...(/^[0.]+$/.test(perUnit) ? [{ field: `rates.${index}.perUnit`, message: 'must be more than nothing' }] : []),
    ]),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  const named = problems.map(({ field, message }) => `${field}: ${message}`);
  throw new Refusal('RATE_INVALID', 'invalid', `These are no rates. ${named.join('; ')}.`, {
    remedy: 'Give what one unit of each currency is worth as a decimal such as 1.12, with its source and day.',
    facts: { problems },
  });
};
