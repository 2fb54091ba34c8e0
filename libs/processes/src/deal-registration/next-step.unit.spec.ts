import { deal } from '@tempore/deals';
import { docket, docketId, type DocketCommand } from '@tempore/dockets';
import { addDays } from '@tempore/kernel';
import {
  accountId,
  dealOf,
  draftedDeal,
  endedDeal,
  filedDeal,
  filing,
  fold,
  historyOf,
  NOW,
  productLine,
  told,
} from '@tempore/testing';

import { nextRegistrationStep, type RegistrationStep } from '..';

const dealId = dealOf('northwind');
const registration = { dealId, docketId: docketId(accountId, productLine) };
const { content } = filing('northwind').data;

const draft = fold(deal, draftedDeal());
const filed = fold(deal, filedDeal());
const ended = fold(deal, endedDeal());

const tells = (command: DocketCommand, now = NOW) => told(now, 'northwind', command);
const files = tells(filing('northwind'));
const pickUp = tells({ type: 'PickUpReview', data: { dealId } });
const approve = tells({ type: 'ApproveClaim', data: { dealId } });
const reject = tells({ type: 'RejectClaim', data: { dealId, code: 'NOT_QUALIFIED', reason: 'No project' } });
const withdraw = tells({ type: 'WithdrawClaim', data: { dealId, reason: 'Wrong line' } });
const settle = (days: number) => tells({ type: 'SettleDocket', data: {} }, addDays(NOW, days));
const refer = tells({ type: 'DecideByRule', data: { dealId, conflict: { score: 0, sequence: '7' } } });

const next = (state: typeof draft, ...lines: readonly ReturnType<typeof tells>[]): RegistrationStep =>
  nextRegistrationStep(registration, { deal: state, docket: fold(docket, historyOf(docket, lines)) });

it.each<[string, RegistrationStep, RegistrationStep]>([
  ['a draft that nobody filed, nothing is to be done', next(draft), { do: 'wait' }],
  [
    'a claim that the deal does not know, the deal takes note of it first',
    next(draft, files),
    { do: 'record-submission', submission: { docketId: registration.docketId, accountId, content } },
  ],
  [
    'a claim that was withdrawn before the deal knew of it, the deal takes note of the claim first',
    next(draft, files, withdraw),
    { do: 'record-submission', submission: { docketId: registration.docketId, accountId, content } },
  ],
  ['a fresh claim, the rules are asked', next(filed, files), { do: 'decide-by-rule' }],
  ['a claim that no rule approves, a person decides', next(filed, files, refer), { do: 'wait' }],
  ['a claim in review, a person decides', next(filed, files, pickUp), { do: 'wait' }],
  ['protection, nothing is to be done', next(filed, files, pickUp, approve), { do: 'wait' }],
  [
    'a claim that expired, nothing is to be done: its sale may still be won',
    next(filed, files, pickUp, approve, settle(90)),
    { do: 'wait' },
  ],
  ['a rejection that may be contested, nothing is to be done', next(filed, files, pickUp, reject), { do: 'wait' }],
  [
    'a rejection that nobody contested, the deal takes note of its end',
    next(filed, files, pickUp, reject, settle(2)),
    { do: 'end-deal', as: 'rejected' },
  ],
  [
    'a claim that was withdrawn, the deal takes note of its end',
    next(filed, files, withdraw),
    { do: 'end-deal', as: 'withdrawn' },
  ],
  ['an end that the deal knows, nothing is to be done', next(ended, files, withdraw), { do: 'wait' }],
])('given %s', (_title, step, expected) => expect(step).toEqual(expected));
