import { Injectable } from '@nestjs/common';
import type { Act } from '@tempore/acts';
import {
  addedTo,
  deal,
  type DealCommand,
  type DealContext,
  type DealEvent,
  type DealStage,
  type DealState,
  firstYearOf,
  lastOf,
} from '@tempore/deals';
import { answerBarredBy, outcomeBarredBy, rightsOf, type Touch, weigh } from '@tempore/dockets';
import { type DecisionContext, parseDay, parseInstant } from '@tempore/kernel';

import { Commands } from '../commands/commands';
import { PersonalData } from '../people/personal-data';
import type { OutcomeDto, TouchDto } from './claim.dto';
import type { DealContentDto } from './deal-content.dto';
import { DealContents } from './deal-contents';
import { type FiledDeal, FiledDeals } from './filed-deals';
import type { DealAnswer } from './registration-answers';

/** What a partner says and does about a deal that stands on a docket. */
@Injectable()
export class ClaimActs {
  constructor(
    private readonly commands: Commands,
    private readonly contents: DealContents,
    private readonly deals: FiledDeals,
    private readonly personalData: PersonalData,
  ) {}

  /**
   * Changes what may change, and adds contacts and evidence; `inAnswer` to the reviewer's question. What weighs is laid
   * before the docket. Throws `FIELD_NOT_AMENDABLE`, `NO_QUESTION_OPEN`, `DEADLINE_PASSED`, `ANSWER_EMPTY`,
   * `RATE_MISSING` or `BELOW_MINIMUM`.
   */
  async amend(act: Act, id: string, data: DealContentDto, inAnswer: boolean): Promise<DealAnswer> {
    const filed = await this.deals.findFiled(act.principal, id);
    const { claim, docket, state } = filed;
    const change = await this.contents.seal(act, data);
    const content = addedTo(lastOf(state.statements).content, change);
    // The docket has to be able to weigh it, or it must not be said.
    if (change.value)
      weigh(claim, { amounts: firstYearOf(content.value), changed: ['value'] }, await this.deals.contextOf(act, filed));
    const rights = rightsOf(docket, id, act.meta.now);
    // A question that nobody asked has no number: the decision says so.
    const answers = inAnswer ? Math.max(claim.questions, 1) : null;
    return this.tellDeal(
      this.personalData.withoutPlain(act, change),
      filed,
      { type: 'AmendDeal', data: { content, answers } },
      { rights, barred: inAnswer ? answerBarredBy(docket, id, act.meta.now) : null },
    );
  }

  async reportStage(act: Act, id: string, stage: DealStage): Promise<DealAnswer> {
    const filed = await this.deals.findFiled(act.principal, id);
    const rights = rightsOf(filed.docket, id, act.meta.now);
    return this.tellDeal(act, filed, { type: 'ReportStage', data: { stage } }, { rights });
  }

  /** Throws what the docket would refuse it with, `CLAIM_NOT_HOLDER` among others. */
  async claimOutcome(
    act: Act,
    id: string,
    { outcome, closedOn, reason, evidence = [] }: OutcomeDto,
  ): Promise<DealAnswer> {
    const filed = await this.deals.findFiled(act.principal, id);
    const documents = await this.contents.documents(act.principal, 'evidence', evidence);
    const data = { outcome, closedOn: parseDay(closedOn), reason: reason ?? null, evidence: documents };
    const barred = outcomeBarredBy(filed.docket, id, data, act.meta.now);
    const refused = filed.claim.refusedWins.includes(filed.state.outcome?.eventId ?? '');
    return this.tellDeal(act, filed, { type: 'ClaimOutcome', data }, { barred, refused });
  }

  /** What shows the first touch, straight to the docket: its clock and its answer stand in one stream. */
  async handIn(act: Act, id: string, documentId: string): Promise<DealAnswer> {
    const filed = await this.deals.findFiled(act.principal, id);
    const [document] = await this.contents.documents(act.principal, 'documentId', [documentId]);
    if (!document) throw new Error(`The document ${documentId} may be seen and was never uploaded`);
    return this.deals.tellDocket(act, filed, { type: 'HandInDocument', data: { dealId: id, document } });
  }

  async recordTouch(act: Act, id: string, data: TouchDto): Promise<DealAnswer> {
    const filed = await this.deals.findFiled(act.principal, id);
    const touch = await this.touchOf(act, data);
    return this.deals.tellDocket(this.personalData.withoutPlain(act, touch), filed, {
      type: 'RecordTouch',
      data: { dealId: id, touch },
    });
  }

  /** A contact with the customer, as either side records it. */
  async touchOf(act: Act, { kind, direction, happenedAt, counterpart, evidence = [] }: TouchDto): Promise<Touch> {
    return {
      touchId: act.newId('touch'),
      kind,
      direction,
      happenedAt: parseInstant(happenedAt),
      counterpart: counterpart ? await this.contents.counterpart(act, 'touch', counterpart) : null,
      evidence: await this.contents.documents(act.principal, 'evidence', evidence),
    };
  }

  private async tellDeal(
    act: Act,
    filed: FiledDeal,
    command: DealCommand,
    context: Omit<DealContext, keyof DecisionContext>,
  ): Promise<DealAnswer> {
    const insisting = this.deals.insisting(act, filed, 'deal');
    const outcome = await this.commands.execute<DealState, DealCommand, DealEvent, DealContext>(
      insisting,
      deal,
      filed.id,
      command,
      context,
    );
    return this.deals.answer(act, filed.id, filed.state.docketId, outcome);
  }
}
