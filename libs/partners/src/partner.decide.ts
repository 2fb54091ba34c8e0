import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, nameOf, reasonOf, Refusal, textOf, unreachable } from '@tempore/kernel';
import { getDomain } from 'tldts';

import type {
  ApplyAsPartner,
  ApprovePartner,
  EndPartner,
  PartnerCommand,
  ReactivatePartner,
  SuspendPartner,
} from './partner.commands';
import { decidePeople } from './partner-people.decide';
import { decideStanding } from './partner-standing.decide';
import type { PartnerEvent } from './partner.events';
import { agreeTier, correct } from './partner-corrections.decide';
import { countryOf, ended, notApproved, notFound, suspended, textMissing } from './partner.refusals';
import type { PartnerState } from './partner.state';

type Decision = readonly PartnerEvent[];

/*
 * One rule for repeats: a command is quiet where all that it says already stands, and refused where something else
 * stands in its place. A second reason for the same suspension is not silently lost.
 */

export const apply = ({ data }: ApplyAsPartner, state: PartnerState): Decision => {
  const application = {
    ...data,
    country: countryOf(data.country),
    legalName: nameOf(data.legalName, textMissing('legalName')),
    website: domainOf(data.website),
  };
  if (state.status === 'none') return [{ type: 'partner-applied', data: application }];
  if (isDeepStrictEqual(state.application, application)) return [];
  throw new Refusal('PARTNER_EXISTS', 'conflict', 'This partner has applied before, with other particulars.', {
    remedy: 'Have the particulars corrected, or apply under an id of its own.',
  });
};

export const approve = ({ data }: ApprovePartner, state: PartnerState, { now }: DecisionContext): Decision => {
  switch (state.status) {
    case 'none':
      throw notFound();
    case 'applied':
      return [{ type: 'partner-approved', data: { agreement: { tier: data.tier ?? 'bronze', from: now } } }];
    case 'active':
      if ((data.tier ?? state.agreement.tier) === state.agreement.tier) return [];
      throw new Refusal('PARTNER_ALREADY_APPROVED', 'conflict', `The partner is approved as ${state.agreement.tier}.`, {
        remedy: 'Record that another tier was agreed, with the instant and the reason.',
      });
    case 'suspended':
      throw suspended(state.reason);
    case 'ended':
      throw ended();
  }
};

export const suspend = ({ data }: SuspendPartner, state: PartnerState): Decision => {
  const reason = reasonOf(data.reason);
  switch (state.status) {
    case 'none':
      throw notFound();
    case 'applied':
      throw notApproved();
    case 'active':
      return [{ type: 'partner-suspended', data: { reason } }];
    case 'suspended':
      if (state.reason === reason) return [];
      throw suspended(state.reason);
    case 'ended':
      throw ended();
  }
};

export const reactivate = (_command: ReactivatePartner, state: PartnerState): Decision => {
  switch (state.status) {
    case 'none':
      throw notFound();
    case 'applied':
      throw notApproved();
    case 'active':
      return [];
    case 'suspended':
      return [{ type: 'partner-reactivated', data: {} }];
    case 'ended':
      throw ended();
  }
};

export const end = ({ data }: EndPartner, state: PartnerState): Decision => {
  const note = data.note === null ? null : textOf(data.note, textMissing('note'));
  switch (state.status) {
    case 'none':
      throw notFound();
    case 'applied':
      throw notApproved();
    case 'active':
    case 'suspended':
      return [{ type: 'partner-ended', data: { reason: data.reason, note } }];
    case 'ended':
      if (state.reason === data.reason && state.note === note) return [];
      throw ended();
  }
};

export const decide = (command: PartnerCommand, state: PartnerState, context: DecisionContext): Decision => {
  switch (command.type) {
    case 'ApplyAsPartner':
      return apply(command, state);
    case 'ApprovePartner':
      return approve(command, state, context);
    case 'CorrectPartner':
      return correct(command, state, context);
    case 'AgreePartnerTier':
      return agreeTier(command, state, context);
    case 'SuspendPartner':
      return suspend(command, state);
    case 'ReactivatePartner':
      return reactivate(command, state);
    case 'EndPartner':
      return end(command, state);
    case 'ProposePartnerChange':
    case 'AdoptPartnerChange':
    case 'WithdrawPartnerChange':
    case 'JoinPartnerGroup':
    case 'LeavePartnerGroup':
    case 'AgreePartnerLines':
    case 'AgreePartnerKind':
    case 'AssignPartnerManager':
      return decideStanding(command, state, context);
    case 'AddPartnerPerson':
    case 'RemovePartnerPerson':
    case 'InvitePartnerPerson':
    case 'ConfirmPartnerPersonAddress':
    case 'RecordCertificate':
    case 'RevokeCertificate':
      return decidePeople(command, state, context);
    default:
      return unreachable(command);
  }
};

const domainOf = (website: string | null): string | null => {
  if (website === null) return null;
  const domain = getDomain(website, { allowPrivateDomains: true });
  if (domain) return domain;
  throw new Refusal('WEBSITE_INVALID', 'invalid', `website "${website}" names no domain.`, {
    remedy: 'Give a domain such as partner.com, or leave the website out.',
  });
};
