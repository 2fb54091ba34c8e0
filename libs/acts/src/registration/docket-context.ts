import { account, type AccountOpening, type AccountState, factsOfLine } from '@tempore/accounts';
import { deal } from '@tempore/deals';
import type { Claim, DocketContext, PartnerStanding } from '@tempore/dockets';
import { type DecisionContext, type Instant, laterOf, parseInstant, Refusal } from '@tempore/kernel';
import { type CustomerLine, partner, type PartnerState, standingAt } from '@tempore/partners';
import { principal, stakesAt } from '@tempore/principals';
import {
  lineClosed,
  lineNamed,
  lines,
  policy,
  policyAt,
  type PolicyState,
  PROGRAMME,
  rates,
  ratesAt,
  spellingOf,
} from '@tempore/programme';

import type { Reads } from '../act-log';

/** What a command on a docket is about. */
export interface DocketSubject {
  readonly accountId: string;
  /** What the customer would be opened with, where there is none yet. */
  readonly opening?: AccountOpening;
  /** By any of its spellings. */
  readonly productLine: string;
  /** The partner whose deal the command names; null where it names none. */
  readonly partnerId: string | null;
  /** Whoever acts, and the partner that they act for, if any. */
  readonly actor: { readonly id: string; readonly partnerId: string | null };
  /** The claims beside which somebody of the vendor's decides or states; `all` where nobody does. */
  readonly beside: readonly Party[] | 'all';
}

/** A deal, whose it is, and who acted for them on the docket. */
type Party = Pick<Claim, 'dealId' | 'partnerId' | 'actors'>;

/**
 * What decisions about a docket are told beside clock and actor, each fact as it stands in the log now, never as a view
 * has it. Throws `ACCOUNT_NOT_FOUND` or `PARTNER_NOT_FOUND`.
 */
export const loadDocketContext = async (
  log: Reads,
  { accountId, opening, productLine, partnerId, actor, beside }: DocketSubject,
  now: Instant,
): Promise<Omit<DocketContext, keyof DecisionContext>> => {
  const [terms, catalogue, customer, filer, decider, ties] = await Promise.all([
    loadTerms(log, now),
    log.read(lines, PROGRAMME),
    log.read(account, accountId),
    partnerId === null ? null : log.read(partner, partnerId),
    beside === 'all' ? null : log.read(principal, actor.id),
    beside === 'all' ? [] : tiesTo(log, beside, actor.id),
  ]);
  const known = customer.state.status === 'none' && opening ? asOpened(opening) : customer.state;
  if (known.status === 'none') throw new Refusal('ACCOUNT_NOT_FOUND', 'not-found', 'There is no such account.');
  const line = lineNamed(catalogue.state, productLine);
  const isOfLine = spellingOf(catalogue.state, productLine);
  return {
    ...terms,
    closedLine: line && !line.open ? lineClosed(catalogue.state, line) : null,
    partner: partnerId !== null && filer ? standingOf(partnerId, filer.state, { accountId, isOfLine }, now) : null,
    account: factsOfLine(known, isOfLine, now),
    stakes: [
      ...(decider ? stakesAt(decider.state, now) : []).map(({ on, id, kind }) => ({ on, id, kind })),
      ...(actor.partnerId === null ? [] : [{ on: 'partner', id: actor.partnerId, kind: 'member' } as const]),
      ...ties,
    ],
    examined: beside === 'all' ? 'all' : beside.map(({ dealId }) => dealId),
  };
};

/** What a filing is judged by whoever files it: the policy in force, and the rates of the day. */
export const loadTerms = async (log: Reads, now: Instant): Promise<Pick<DocketContext, 'policy' | 'rates'>> => {
  const [policies, exchange] = await Promise.all([log.read(policy, PROGRAMME), log.read(rates, PROGRAMME)]);
  const policyInForce = inForce(policies.state, now);
  return {
    policy: policyInForce,
    rates: ratesAt(exchange.state, policyInForce.policy.currency, now).map(({ currency, perUnit, source, on }) => ({
      currency,
      perUnit,
      source,
      on,
    })),
  };
};

/** What makes somebody a party: they work for one of these partners or did, under whatever role, or acted for its deal. */
const tiesTo = async (log: Reads, parties: readonly Party[], actorId: string): Promise<DocketContext['stakes']> => {
  const partnerIds = [...new Set(parties.map(({ partnerId }) => partnerId))];
  const [members, deals] = await Promise.all([
    Promise.all(partnerIds.map((id) => hasWorkedFor(log, id, actorId))),
    Promise.all(parties.map(async ({ dealId }) => (await log.read(deal, dealId)).state)),
  ]);
  const acted = parties.filter((party, index) => {
    const state = deals[index];
    return party.actors.includes(actorId) || (state && 'actors' in state && state.actors.includes(actorId));
  });
  const actedFor = new Set(acted.map(({ partnerId }) => partnerId));
  return [
    ...partnerIds.filter((_, index) => members[index]).map((id) => ({ on: 'partner', id, kind: 'member' }) as const),
    ...[...actedFor].map((id) => ({ on: 'partner', id, kind: 'acted' }) as const),
  ];
};

/** Whether somebody is or was one of a partner's people. */
export const hasWorkedFor = async (log: Reads, partnerId: string, actorId: string): Promise<boolean> => {
  const { state } = await log.read(partner, partnerId);
  return state.status !== 'none' && state.people.people.has(actorId);
};

/** The customer as it would stand right after its opening. */
const asOpened = (opening: AccountOpening): AccountState =>
  account.evolve(
    account.initialState,
    { type: 'account-opened', data: opening },
    { id: '', actor: '', occurredAt: START, recordedAt: START },
  );

/** An opening is the same whenever it happens. */
const START = parseInstant('1970-01-01T00:00:00.000Z');

/** The clock of the machine that founded the programme may be ahead of this one's: its policy is in force all the same. */
const inForce = (state: PolicyState, now: Instant): DocketContext['policy'] => {
  const [first] = state;
  const at = first?.status === 'founded' ? laterOf(now, first.effectiveFrom) : now;
  const known = policyAt(state, at);
  if (known) return { version: known.version, policy: known.policy };
  throw new Error('The programme was never founded');
};

const standingOf = (partnerId: string, state: PartnerState, of: CustomerLine, now: Instant): PartnerStanding => {
  const standing = standingAt(partnerId, state, of, now);
  if (standing) return standing;
  throw new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
};
