import { deal, type DealState, discarded } from '@tempore/deals';
import {
  type Claim,
  type ClaimStanding,
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketState,
  standingOf,
} from '@tempore/dockets';
import type { Outcome, Revision } from '@tempore/event-store';
import { comparePositions, type DecisionContext, type DomainEvent, type Position, Refusal } from '@tempore/kernel';
import { driveRegistration, type Registration } from '@tempore/processes';

import { type Act, type Doing, metaOf, unconditional } from '../act';
import type { Reads } from '../act-log';
import type { Means } from '../means';
import { organisationOf, type Principal } from '../principal';
import { tell } from '../tell';
import { loadDocketContext } from './docket-context';
import { registrationLog, SEEN_WITHIN_MS } from './registration-log';

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

/** What an act on a deal came to: what it recorded, and how the deal stands after it. */
export interface DealDone {
  readonly id: string;
  readonly outcome: Outcome<DomainEvent>;
  /** Null while it is a draft. */
  readonly standing: ClaimStanding | null;
  readonly etag: string;
  /** Place in the log behind everything that the act brought about. */
  readonly through: Position | undefined;
}

const notFound = (): Refusal => new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal.');

/** Its partner acts on a deal always; the vendor once it was filed. */
const isTheirs = (principal: Principal, { partnerId, status }: OwnedState): boolean =>
  principal.side === 'partner' ? principal.partnerId === partnerId : status !== 'draft' && status !== 'discarded';

/**
 * Throws `DEAL_NOT_FOUND`, also where it is another partner's, or a draft that is none of the vendor's business; to its
 * partner `DEAL_DISCARDED`.
 */
export const registeredDeal = async (log: Reads, principal: Principal, id: string): Promise<RegisteredDeal> => {
  const { state, revision } = await log.read(deal, id);
  if (!('partnerId' in state) || !isTheirs(principal, state)) throw notFound();
  if (state.status === 'discarded') throw discarded();
  return { id, state, revision };
};

/** Throws `DEAL_NOT_FOUND`, or `DEAL_NOT_FILED` where it is a draft. */
export const filedDeal = async (log: Reads, principal: Principal, id: string): Promise<FiledDeal> => {
  const { state, revision } = await registeredDeal(log, principal, id);
  if (state.status === 'draft')
    throw new Refusal('DEAL_NOT_FILED', 'conflict', 'The deal is a draft.', { remedy: 'Submit it first.' });
  const { state: onDocket } = await log.read(docket, state.docketId);
  return { id, state, revision, docket: onDocket, claim: claimIn(onDocket, id) };
};

/** The claim of a deal that the docket knows of. */
export const claimIn = ({ claims }: DocketState, dealId: string): Claim => {
  const claim = claims.find((candidate) => candidate.dealId === dealId);
  if (claim) return claim;
  throw new Error(`The docket has no claim of deal ${dealId}`);
};

/** Throws `DEAL_NOT_FOUND` where a deal is none of the actor's partner, whatever became of it. */
export const expectOwn = async ({ runner }: Pick<Means, 'runner'>, { principal }: Act, id: string): Promise<void> => {
  // Whose a deal is never changes, so that nothing is read where this process knows it.
  const state = await runner.recall(deal, id);
  if (!('partnerId' in state) || principal.side !== 'partner' || state.partnerId !== principal.partnerId)
    throw notFound();
};

/** Never that of a stream: whoever insists on it is refused, but for a repeat, which finds what it did. */
const NO_REVISION = -1n;

/**
 * The act, carried out only where the deal is as the caller saw it, if it said so. What goes into the deal's own stream
 * insists on its revision; a docket goes on meanwhile, and decides by what stands there.
 */
export const insisting = (
  { dealTags }: Pick<Means, 'dealTags'>,
  act: Act,
  { revision, claim }: Pick<RegisteredDeal, 'revision'> & { readonly claim?: Claim },
  on: 'deal' | 'docket',
): Act => {
  const { meta } = unconditional(act);
  if (act.ifMatch === undefined) return { ...act, meta };
  if (act.ifMatch !== dealTags.of(act.principal, revision, claim))
    return { ...act, meta: { ...meta, ifRevision: NO_REVISION } };
  return on === 'deal' && typeof revision === 'bigint'
    ? { ...act, meta: { ...meta, ifRevision: revision } }
    : { ...act, meta };
};

/** Tells the docket something of a deal, in the name of whoever acts. */
export const tellDocket = async (
  means: Means,
  act: Act,
  filed: FiledDeal,
  command: DocketCommand,
): Promise<DealDone> => {
  const { docketId } = filed.state;
  const context = await contextOf(act, filed);
  const outcome = await tell(insisting(means, act, filed, 'docket'), docket, docketId, command, context);
  return doneOn(means, act, { dealId: filed.id, docketId }, outcome);
};

/** The same for a command that asks nothing else. Throws what `filedDeal` throws. */
export const tellClaim: Doing<{ readonly id: string; readonly command: DocketCommand }, DealDone> = async (
  means,
  act,
  { id, command },
) => tellDocket(means, act, await filedDeal(act.log, act.principal, id), command);

/** What the docket's decisions on a deal are told. */
export const contextOf = (
  { principal, meta, log }: Act,
  { state: { accountId, partnerId }, docket: { subject, claims } }: FiledDeal,
): Promise<Omit<DocketContext, keyof DecisionContext>> => {
  const actor = { id: principal.id, partnerId: organisationOf(principal) };
  const productLine = subject?.productLine ?? '';
  const beside = principal.side === 'partner' ? ('all' as const) : claims;
  return loadDocketContext(log, { accountId, productLine, partnerId, actor, beside }, meta.now);
};

/** Where a deal stands once it and its docket know of each other, as far as that can be done at once. */
export const doneOn = async (
  means: Means,
  act: Act,
  { dealId, docketId }: Registration,
  outcome: Outcome<DomainEvent>,
): Promise<DealDone> => {
  const through = await followAtOnce(means, act, { dealId, docketId }, outcome.position);
  const [{ revision }, { state }] = await Promise.all([act.log.read(deal, dealId), act.log.read(docket, docketId)]);
  const claim = state.claims.find((candidate) => candidate.dealId === dealId);
  return {
    id: dealId,
    outcome,
    standing: standingOf(state, dealId, act.meta.now),
    etag: means.dealTags.of(act.principal, revision, claim),
    through,
  };
};

export const doneOnDraft = (
  { dealTags }: Pick<Means, 'dealTags'>,
  { principal }: Act,
  id: string,
  outcome: Outcome<DomainEvent>,
): DealDone => {
  const { revision, position } = outcome;
  return { id, outcome, standing: null, etag: dealTags.of(principal, revision, undefined), through: position };
};

/** What cannot be done now is not lost: the reactor goes on with it. */
const followAtOnce = async (
  { database, reached, logger }: Means,
  act: Act,
  registration: Registration,
  from: Position | undefined,
): Promise<Position | undefined> => {
  let through = from;
  const onRecorded = ({ position }: Outcome<DomainEvent>): void => {
    if (position && (!through || comparePositions(position, through) > 0)) through = position;
  };
  // Whoever files learns at once what a rule makes of it, as soon as the views have got to the filing.
  const seen = async (view: string): Promise<void> => {
    if (from) await reached(view, from, SEEN_WITHIN_MS);
  };
  const log = registrationLog({ log: act.log, database, seen }, metaOf(unconditional(act)), onRecorded);
  try {
    await driveRegistration(log, registration);
  } catch (error) {
    if (!(error instanceof Refusal)) logger.warn({ err: error, dealId: registration.dealId }, 'left to the reactor');
  }
  return through;
};
