import { addedTo, deal, type DealCommand, type DealContext, type DealStage, firstYearOf, lastOf } from '@tempore/deals';
import { answerBarredBy, outcomeBarredBy, rightsOf, type Touch, weigh } from '@tempore/dockets';
import { type DecisionContext, parseDay, parseInstant } from '@tempore/kernel';

import { type Act, type Doing, recognisedBy } from '../act';
import type { Means } from '../means';
import { tell } from '../tell';
import { documentsOf, type SaidContent, type SaidPerson, sealContent, sealCounterpart } from './contents';
import { contextOf, type DealDone, doneOn, filedDeal, type FiledDeal, insisting, tellDocket } from './filed-deals';

interface OwnDeal {
  readonly id: string;
}

/**
 * Changes what may change, and adds contacts and evidence; `inAnswer` to the reviewer's question. What weighs is laid
 * before the docket. Throws `FIELD_NOT_AMENDABLE`, `NO_QUESTION_OPEN`, `DEADLINE_PASSED`, `ANSWER_EMPTY`,
 * `RATE_MISSING` or `BELOW_MINIMUM`.
 */
export const amendDeal: Doing<OwnDeal & { readonly said: SaidContent; readonly inAnswer: boolean }, DealDone> = async (
  means,
  act,
  { id, said, inAnswer },
) => {
  const filed = await filedDeal(act.log, act.principal, id);
  const { claim, docket, state } = filed;
  const change = await sealContent(means, act, said);
  const content = addedTo(lastOf(state.statements).content, change);
  // The docket has to be able to weigh it, or it must not be said.
  if (change.value)
    weigh(claim, { amounts: firstYearOf(content.value), changed: ['value'] }, await contextOf(act, filed));
  const { now } = act.meta;
  // A question that nobody asked has no number: the decision says so.
  const answers = inAnswer ? Math.max(claim.questions, 1) : null;
  return tellDeal(
    means,
    recognisedBy(means, act, change),
    filed,
    { type: 'AmendDeal', data: { content, answers } },
    { rights: rightsOf(docket, id, now), barred: inAnswer ? answerBarredBy(docket, id, now) : null },
  );
};

export const reportStage: Doing<OwnDeal & { readonly stage: DealStage }, DealDone> = async (
  means,
  act,
  { id, stage },
) => {
  const filed = await filedDeal(act.log, act.principal, id);
  const rights = rightsOf(filed.docket, id, act.meta.now);
  return tellDeal(means, act, filed, { type: 'ReportStage', data: { stage } }, { rights });
};

/** How a sale ended, as its partner says. */
interface SaidOutcome {
  readonly outcome: 'won' | 'lost';
  readonly closedOn: string;
  readonly reason?: string;
  readonly evidence?: readonly string[];
}

/** Throws what the docket would refuse it with, `CLAIM_NOT_HOLDER` among others. */
export const claimOutcome: Doing<OwnDeal & { readonly said: SaidOutcome }, DealDone> = async (
  means,
  act,
  { id, said: { outcome, closedOn, reason, evidence = [] } },
) => {
  const filed = await filedDeal(act.log, act.principal, id);
  const documents = await documentsOf(act, 'evidence', evidence);
  const data = { outcome, closedOn: parseDay(closedOn), reason: reason ?? null, evidence: documents };
  const barred = outcomeBarredBy(filed.docket, id, data, act.meta.now);
  const refused = filed.claim.refusedWins.includes(filed.state.outcome?.eventId ?? '');
  return tellDeal(means, act, filed, { type: 'ClaimOutcome', data }, { barred, refused });
};

/** What shows the first touch, straight to the docket: its clock and its answer stand in one stream. */
export const handInDocument: Doing<OwnDeal & { readonly documentId: string }, DealDone> = async (
  means,
  act,
  { id, documentId },
) => {
  const filed = await filedDeal(act.log, act.principal, id);
  const [document] = await documentsOf(act, 'documentId', [documentId]);
  if (!document) throw new Error(`The document ${documentId} may be seen and was never uploaded`);
  return tellDocket(means, act, filed, { type: 'HandInDocument', data: { dealId: id, document } });
};

/** A contact with the customer, as either side says it was. */
export interface SaidTouch {
  readonly kind: Touch['kind'];
  readonly direction: Touch['direction'];
  readonly happenedAt: string;
  readonly counterpart?: SaidPerson;
  readonly evidence?: readonly string[];
}

export const recordTouch: Doing<OwnDeal & { readonly said: SaidTouch }, DealDone> = async (
  means,
  act,
  { id, said },
) => {
  const filed = await filedDeal(act.log, act.principal, id);
  const touch = await touchOf(means, act, said);
  const command = { type: 'RecordTouch', data: { dealId: id, touch } } as const;
  return tellDocket(means, recognisedBy(means, act, touch), filed, command);
};

export const touchOf = async (
  means: Means,
  act: Act,
  { kind, direction, happenedAt, counterpart, evidence = [] }: SaidTouch,
): Promise<Touch> => ({
  touchId: act.newId('touch'),
  kind,
  direction,
  happenedAt: parseInstant(happenedAt),
  counterpart: counterpart ? await sealCounterpart(means, act, 'touch', counterpart) : null,
  evidence: await documentsOf(act, 'evidence', evidence),
});

const tellDeal = async (
  means: Means,
  act: Act,
  filed: FiledDeal,
  command: DealCommand,
  context: Omit<DealContext, keyof DecisionContext>,
): Promise<DealDone> => {
  const outcome = await tell(insisting(means, act, filed, 'deal'), deal, filed.id, command, context);
  return doneOn(means, act, { dealId: filed.id, docketId: filed.state.docketId }, outcome);
};
