import { Inject, Injectable } from '@nestjs/common';
import {
  type Act,
  loadDocketContext,
  organisationOf,
  type Principal,
  registrationLog,
  unconditional,
} from '@tempore/acts';
import { deal, type DealState, discarded } from '@tempore/deals';
import {
  type Claim,
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketEvent,
  type DocketState,
  standingOf,
} from '@tempore/dockets';
import { CommandRunner, type Outcome, type Revision } from '@tempore/event-store';
import { comparePositions, type DecisionContext, type DomainEvent, type Position, Refusal } from '@tempore/kernel';
import { driveRegistration } from '@tempore/processes';
import type { Database } from '@tempore/read-models';
import type { Logger } from 'pino';

import { LOGGER } from '../../../composition/src/logger';
import { Commands } from '../commands/commands';
import { NO_REVISION } from '../commands/etag';
import { DealEtags } from '../deals/deal-etag';
import { DATABASE } from '../reading/database';
import { type AfterCommand, DealAnswer } from './registration-answers';

type OwnedState = Extract<DealState, { partnerId: string }>;

/** A draft that was discarded is nobody's any more. */
export type RegisteredState = Exclude<OwnedState, { status: 'discarded' }>;

/** A deal that was registered here, as the log has it now. */
export interface RegisteredDeal {
  readonly id: string;
  readonly state: RegisteredState;
  readonly revision: Revision;
}

/** One that stands on a docket. */
export interface FiledDeal extends RegisteredDeal {
  readonly state: Exclude<RegisteredState, { status: 'draft' }>;
  readonly docket: DocketState;
  readonly claim: Claim;
}

const notFound = (): Refusal => new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal.');

/** Its partner acts on a deal always; the vendor once it was filed. */
const isTheirs = (principal: Principal, { partnerId, status }: OwnedState): boolean =>
  principal.side === 'partner' ? principal.partnerId === partnerId : status !== 'draft' && status !== 'discarded';

/** Deals with their dockets, as acts find them and answer for them. */
@Injectable()
export class FiledDeals {
  constructor(
    private readonly commands: Commands,
    private readonly etags: DealEtags,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Throws `DEAL_NOT_FOUND`, also where it is another partner's, or a draft that is none of the vendor's business; to its
   * partner `DEAL_DISCARDED`.
   */
  async find(principal: Principal, id: string): Promise<RegisteredDeal> {
    const { state, revision } = await this.runner.read(deal, id);
    if (!('partnerId' in state) || !isTheirs(principal, state)) throw notFound();
    if (state.status === 'discarded') throw discarded();
    return { id, state, revision };
  }

  /** Whose a deal is never changes, so that nothing is read where this process knows it. Throws `DEAL_NOT_FOUND`. */
  async expectOwn(principal: Principal, id: string): Promise<void> {
    const state = await this.runner.recall(deal, id);
    if (!('partnerId' in state) || principal.side !== 'partner' || state.partnerId !== principal.partnerId)
      throw notFound();
  }

  /** Throws `DEAL_NOT_FOUND`, or `DEAL_NOT_FILED` where it is a draft. */
  async findFiled(principal: Principal, id: string): Promise<FiledDeal> {
    const { state, revision } = await this.find(principal, id);
    if (state.status === 'draft')
      throw new Refusal('DEAL_NOT_FILED', 'conflict', 'The deal is a draft.', { remedy: 'Submit it first.' });
    const { state: onDocket } = await this.runner.read(docket, state.docketId);
    const claim = onDocket.claims.find(({ dealId }) => dealId === id);
    if (claim) return { id, state, revision, docket: onDocket, claim };
    throw new Error(`The docket ${state.docketId} has no claim of deal ${id}`);
  }

  /**
   * The act, carried out only where the deal is as the caller saw it, if it said so. What goes into the deal's own stream
   * insists on its revision; a docket goes on meanwhile, and decides by what stands there.
   */
  insisting(
    act: Act,
    { revision, claim }: Pick<RegisteredDeal, 'revision'> & { readonly claim?: Claim },
    on: 'deal' | 'docket',
  ): Act {
    const { meta } = unconditional(act);
    if (act.ifMatch === undefined) return { ...act, meta };
    if (act.ifMatch !== this.etags.of(act.principal, revision, claim))
      return { ...act, meta: { ...meta, ifRevision: NO_REVISION } };
    return on === 'deal' && typeof revision === 'bigint'
      ? { ...act, meta: { ...meta, ifRevision: revision } }
      : { ...act, meta };
  }

  /** Tells the docket something of a deal, in the name of whoever acts. */
  async tellDocket(act: Act, filed: FiledDeal, command: DocketCommand): Promise<DealAnswer> {
    const { docketId } = filed.state;
    const outcome = await this.commands.execute<DocketState, DocketCommand, DocketEvent, DocketContext>(
      this.insisting(act, filed, 'docket'),
      docket,
      docketId,
      command,
      await this.contextOf(act, filed),
    );
    return this.answer(act, filed.id, docketId, outcome);
  }

  /** What the docket's decisions on a deal are told. */
  contextOf(
    { principal, meta }: Act,
    { state: { accountId, partnerId }, docket: { subject, claims } }: FiledDeal,
  ): Promise<Omit<DocketContext, keyof DecisionContext>> {
    const actor = { id: principal.id, partnerId: organisationOf(principal) };
    const productLine = subject?.productLine ?? '';
    const beside = principal.side === 'partner' ? ('all' as const) : claims;
    return loadDocketContext(this.runner, { accountId, productLine, partnerId, actor, beside }, meta.now);
  }

  async answer(act: Act, dealId: string, docketId: string, outcome: Outcome<DomainEvent>): Promise<DealAnswer> {
    return new DealAnswer(dealId, outcome, await this.after(act, dealId, docketId, outcome));
  }

  /** Where a deal stands once it and its docket know of each other, as far as that can be done at once. */
  async after(act: Act, dealId: string, docketId: string, { position }: Outcome<DomainEvent>): Promise<AfterCommand> {
    const through = await this.drive(unconditional(act).meta, dealId, docketId, position);
    const [{ revision }, { state }] = await Promise.all([
      this.runner.read(deal, dealId),
      this.runner.read(docket, docketId),
    ]);
    const claim = state.claims.find((candidate) => candidate.dealId === dealId);
    return {
      standing: standingOf(state, dealId, act.meta.now),
      etag: this.etags.of(act.principal, revision, claim),
      through,
    };
  }

  afterDraft({ principal }: Act, { revision, position }: Outcome<DomainEvent>): AfterCommand {
    return { standing: null, etag: this.etags.of(principal, revision, undefined), through: position };
  }

  /** What cannot be done now is not lost: the reactor goes on with it. */
  private async drive(
    meta: Act['meta'],
    dealId: string,
    docketId: string,
    from: Position | undefined,
  ): Promise<Position | undefined> {
    let through = from;
    const log = registrationLog({ runner: this.runner, database: this.database }, meta, ({ position }) => {
      if (position && (!through || comparePositions(position, through) > 0)) through = position;
    });
    try {
      await driveRegistration(log, { dealId, docketId });
    } catch (error) {
      if (!(error instanceof Refusal)) this.logger.warn({ err: error, dealId }, 'left to the reactor');
    }
    return through;
  }
}
