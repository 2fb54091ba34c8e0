import { type Refusal, refusalOf } from '@tempore/kernel';

import type { PartnerRights } from './amendable';
import type { DealState } from './deal.state';
import {
  type DealContext,
  discard,
  expectDraft,
  expectFiled,
  noQuestionOpen,
  reportStage,
} from './registration.decide';
import { submissionOf } from './submission';

/** What a partner's people say of a deal, by the names of its routes. */
export const dealActs = ['revisions', 'discard', 'submission', 'amendments', 'answer', 'stage'] as const;
export type DealAct = (typeof dealActs)[number];

export interface DealRightsContext extends DealContext {
  readonly rights: PartnerRights;
  /** Whose data was erased: one of them named is nobody named. */
  readonly forgotten: ReadonlySet<string>;
}

/**
 * What an act on a deal would be refused with, whatever it says; null where it is open. Of a submission it tells what the
 * draft itself lacks; what else stands against one, the rehearsal tells.
 */
export const dealActBarredBy = (act: DealAct, state: DealState, context: DealRightsContext): Refusal | null =>
  refusalOf(() => trials[act](state, context));

/** What an act asks of the deal before it looks at what is said. */
const trials: Readonly<Record<DealAct, (state: DealState, context: DealRightsContext) => unknown>> = {
  revisions: expectDraft,
  discard: (state) => [discard(state), expectDraft(state)],
  submission: (state, { forgotten }) => submissionOf(expectDraft(state), forgotten),
  amendments: expectFiled,
  answer: (state, { barred, rights }) => {
    if (barred) throw barred;
    expectFiled(state);
    if (rights.question === null) throw noQuestionOpen();
  },
  stage: (state, context) => reportStage({ type: 'ReportStage', data: { stage: 'qualifying' } }, state, context),
};
