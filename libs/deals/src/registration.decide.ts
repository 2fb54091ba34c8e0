import { isDeepStrictEqual } from 'node:util';

import { type DecisionContext, Refusal } from '@tempore/kernel';

import type { PartnerRights } from './amendable';
import { amendmentOf } from './amendment';
import { expectComplete } from './completeness';
import type {
  AmendDeal,
  ClaimOutcome,
  DraftDeal,
  EndDeal,
  RecordSubmission,
  ReportStage,
  ReviseDeal,
} from './deal.commands';
import { type DealContent, dealContentSchema } from './deal.content';
import type { DealEvent } from './deal.events';
import { type DealState, type Filed, lastOf } from './deal.state';

type Decision = readonly DealEvent[];

/** What decisions about a deal are told beside clock and actor. */
export interface DealContext extends DecisionContext {
  /** What the docket lets the partner say of a filed deal; nothing beside contacts and evidence where absent. */
  readonly rights?: PartnerRights;
}

export const draft = ({ data: { partnerId, content } }: DraftDeal, state: DealState): Decision => {
  const drafted = { partnerId, content: contentOf(content) };
  if (state.status === 'none') return [{ type: 'deal-drafted', data: drafted }];
  if (state.status === 'draft') {
    const [{ content: first }] = state.statements;
    if (state.partnerId === partnerId && isDeepStrictEqual(first, drafted.content)) return [];
  }
  throw new Refusal('DEAL_EXISTS', 'conflict', 'This deal was begun before.', {
    remedy: 'Revise the draft, or begin a deal of its own.',
  });
};

export const revise = ({ data }: ReviseDeal, state: DealState): Decision => {
  const content = contentOf(data.content);
  switch (state.status) {
    case 'none':
    case 'legacy':
      throw notFound();
    case 'draft':
      return isDeepStrictEqual(lastOf(state.statements).content, content)
        ? []
        : [{ type: 'deal-content-revised', data: { content } }];
    case 'filed':
    case 'ended':
      throw new Refusal('DEAL_FILED', 'conflict', 'The deal was filed: its draft is closed.', {
        remedy: 'Amend the deal, as far as that is open.',
      });
  }
};

/** What the docket decided stands; the deal takes note of it. */
export const recordSubmission = ({ data }: RecordSubmission, state: DealState): Decision => {
  const { docketId, accountId, content } = data;
  switch (state.status) {
    case 'none':
    case 'legacy':
      throw notFound();
    case 'draft':
      return [{ type: 'deal-submitted', data: { docketId, accountId, content } }];
    case 'filed':
    case 'ended':
      if (state.docketId === docketId) return [];
      throw new Refusal('DEAL_FILED_ELSEWHERE', 'conflict', 'The deal stands on another docket.', {
        facts: { docketId: state.docketId },
      });
  }
};

/** Throws `FIELD_NOT_AMENDABLE`, `CONTENT_REPLACED`, `WEBSITE_ELSEWHERE` or `DEAL_INCOMPLETE`. */
export const amend = ({ data }: AmendDeal, state: DealState, { rights }: DealContext): Decision => {
  const { statements } = expectFiled(state);
  const content = contentOf(data.content);
  const changed = amendmentOf(lastOf(statements).content, content, rights?.amend ?? []);
  if (changed.length === 0) return [];
  expectComplete(content);
  return [{ type: 'deal-amended', data: { content, changed: [...changed] } }];
};

export const reportStage = ({ data: { stage } }: ReportStage, state: DealState, { rights }: DealContext): Decision => {
  if (expectFiled(state).stage === stage) return [];
  if (rights?.reportStage) return [{ type: 'deal-stage-reached', data: { stage } }];
  throw new Refusal('STAGE_NOT_OPEN', 'conflict', 'The stage of a sale is reported once the claim is approved.', {
    remedy: 'Wait for the decision; evidence may be added meanwhile.',
  });
};

export const claimOutcome = ({ data }: ClaimOutcome, state: DealState): Decision => {
  const claimed = { ...data, reason: data.reason?.trim() ?? null };
  if ('outcome' in state && isDeepStrictEqual(state.outcome?.claimed, claimed)) return [];
  expectFiled(state);
  if (claimed.reason !== '' && (claimed.reason !== null || claimed.outcome === 'won'))
    return [{ type: 'deal-outcome-claimed', data: claimed }];
  throw new Refusal('OUTCOME_REASON_MISSING', 'invalid', 'reason is empty.', { remedy: 'Say why the sale was lost.' });
};

/** What the docket decided stands; the deal takes note of it. */
export const end = ({ data: { as } }: EndDeal, state: DealState): Decision => {
  if (state.status === 'ended' && state.as === as) return [];
  expectFiled(state);
  return [{ type: 'deal-ended', data: { as } }];
};

/** The content in normal form. Throws `DEAL_CONTENT_INVALID` with every field at fault. */
const contentOf = (content: DealContent): DealContent => {
  const parsed = dealContentSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  const named = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
  throw new Refusal('DEAL_CONTENT_INVALID', 'invalid', `The content of the deal is not valid. ${named}.`, {
    remedy: 'Mend each field that is named.',
    facts: { problems },
  });
};

const expectFiled = (state: DealState): Filed => {
  switch (state.status) {
    case 'filed':
      return state;
    case 'none':
    case 'legacy':
      throw notFound();
    case 'draft':
      throw new Refusal('DEAL_NOT_FILED', 'conflict', 'The deal is a draft.', { remedy: 'Revise and submit it.' });
    case 'ended':
      throw new Refusal('DEAL_ENDED', 'conflict', `The deal has ended: it was ${state.as}.`, {
        remedy: 'Register the sale anew as a deal of its own.',
        facts: { as: state.as },
      });
  }
};

const notFound = () => new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal.');
