import { account, type AccountKey, accountKey, accountKeyId } from '@tempore/accounts';
import { type Claim, docket, type DocketState, dueAt } from '@tempore/dockets';
import { categoryOf, type DomainEvent, type LoggedEvent, type Recorded, subjectOf } from '@tempore/kernel';

import type { History, Violation } from './history';
import { streamsOf } from './log-rules';

interface Folder<State, E> {
  readonly category: string;
  readonly initialState: State;
  readonly evolve: (state: State, event: E, recorded: Recorded) => State;
}

const foldOn = <State, E>(
  { evolve }: Folder<State, E>,
  state: State,
  { id, metadata: { actor, occurredAt, recordedAt }, ...event }: LoggedEvent,
): State => evolve(state, event as DomainEvent as E, { id, actor, occurredAt, recordedAt });

/** The state of every stream of a decider, by the stream's subject. */
const statesOf = <State, E>(folder: Folder<State, E>, log: readonly LoggedEvent[]): ReadonlyMap<string, State> =>
  new Map(
    [...streamsOf(log)]
      .filter(([stream]) => categoryOf(stream) === folder.category)
      .map(([stream, events]) => [
        subjectOf(stream),
        events.reduce((state, event) => foldOn(folder, state, event), folder.initialState),
      ]),
  );

const HALF_DONE = 'nothing-half-done';

/** A key that names a customer, names one that is open and knows the key; and the other way round. */
export const openingsAreWhole = ({ log }: History): Violation[] => {
  const accounts = statesOf(account, log);
  const keys = statesOf(accountKey, log);
  const knows = (accountId: string, key: AccountKey): boolean => {
    const state = accounts.get(accountId);
    return state?.status === 'open' && state.keys.some(({ kind, value }) => kind === key.kind && value === key.value);
  };
  const unopened = [...keys.values()].flatMap((state) =>
    state.status === 'claimed' && !knows(state.accountId, state.key)
      ? [{ rule: HALF_DONE, where: `account-${state.accountId}`, what: `${state.key.value} is claimed for it only` }]
      : [],
  );
  const unclaimed = [...accounts].flatMap(([accountId, state]) => {
    if (state.status !== 'open') return [];
    return state.keys
      .filter((key) => {
        const named = keys.get(accountKeyId(key));
        return named?.status !== 'claimed' || named.accountId !== accountId;
      })
      .map(({ value }) => ({ rule: HALF_DONE, where: `account-${accountId}`, what: `${value} does not name it` }));
  });
  return [...unopened, ...unclaimed];
};

/** At rest nothing is overdue: what fell due took effect. */
export const nothingIsOverdue = ({ log, now }: History): Violation[] =>
  [...statesOf(docket, log)].flatMap(([docketId, state]) => {
    const at = dueAt(state);
    return at !== null && at <= now
      ? [{ rule: 'timers-once', where: `docket-${docketId}`, what: `what was due at ${at} has not happened` }]
      : [];
  });

const hasPlace = ({ endedAt, state }: Claim): boolean => endedAt === null && state.status !== 'queued';

const rivals = (a: Claim, b: Claim): boolean =>
  a.dealId !== b.dealId && a.round === b.round && (a.site === null || b.site === null || a.site === b.site);

/** After every single event a round has at most one holder for each site. */
export const placesHaveOneHolder = ({ log }: History): Violation[] =>
  [...streamsOf(log)]
    .filter(([stream]) => categoryOf(stream) === docket.category)
    .flatMap(([where, events]) => {
      let state: DocketState = docket.initialState;
      return events.flatMap((event) => {
        state = foldOn(docket, state, event);
        const holders = state.claims.filter(hasPlace);
        const shared = holders.some((one) => holders.some((other) => rivals(one, other)));
        return shared ? [{ rule: 'one-holder', where, what: `two claims hold one place after ${event.id}` }] : [];
      });
    });
