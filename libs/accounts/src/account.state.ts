import type { Instant, Recorded } from '@tempore/kernel';

import { type AccountFactsState, evolveFacts, initialFacts } from './account-facts.state';
import type { AccountEvent, AccountKey, AccountOpening } from './account.events';

/** A name and when it is valid: from an instant on (null: since before it was known), until an instant (null: open). */
export interface NamePeriod {
  readonly name: string;
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
}

/** A key that names another customer, which a filing gave beside one of this. */
interface KeyConflict {
  readonly dealId: string;
  readonly key: AccountKey;
  readonly otherId: string;
  readonly at: Instant;
}

export type AccountState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open';
      readonly opening: AccountOpening;
      /** One after the other, without gaps. */
      readonly legalNames: readonly [NamePeriod, ...NamePeriod[]];
      readonly aliases: readonly NamePeriod[];
      readonly keys: readonly AccountKey[];
      readonly keyConflicts: readonly KeyConflict[];
      readonly facts: AccountFactsState;
    };

export type OpenAccountState = Extract<AccountState, { status: 'open' }>;

export const initialState: AccountState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: AccountState, event: AccountEvent, recorded: Recorded): AccountState =>
  state.status === 'none' ? open(state, event) : enrich(state, event, recorded);

const open = (state: AccountState, event: AccountEvent): AccountState =>
  event.type === 'account-opened'
    ? {
        status: 'open',
        opening: event.data,
        legalNames: [{ name: event.data.legalName, validFrom: null, validUntil: null }],
        aliases: [],
        keys: event.data.keys,
        keyConflicts: [],
        facts: initialFacts,
      }
    : state;

const enrich = (state: OpenAccountState, event: AccountEvent, recorded: Recorded): AccountState => {
  switch (event.type) {
    case 'account-opened':
      return state;
    case 'account-alias-added':
      return { ...state, aliases: [...state.aliases, event.data] };
    case 'account-renamed':
      return { ...state, legalNames: renamed(state.legalNames, event.data.name, event.data.validFrom) };
    case 'account-key-added':
      return { ...state, keys: [...state.keys, event.data.key] };
    case 'account-key-conflict-found':
      return { ...state, keyConflicts: [...state.keyConflicts, { ...event.data, at: recorded.recordedAt }] };
    case 'account-change-proposed':
    case 'account-change-adopted':
    case 'account-change-withdrawn':
    case 'account-customer-recorded':
    case 'account-customer-withdrawn':
    case 'account-letter-verified':
    case 'account-letter-withdrawn':
    case 'account-parent-linked':
    case 'account-parent-unlinked':
      return { ...state, facts: evolveFacts(state.facts, event, recorded) };
  }
};

type LegalNames = OpenAccountState['legalNames'];

const renamed = ([first, ...later]: LegalNames, name: string, from: Instant): LegalNames => {
  const next = { name, validFrom: from, validUntil: null };
  const current = later.pop();
  return current ? [first, ...later, { ...current, validUntil: from }, next] : [{ ...first, validUntil: from }, next];
};

export const isValidAt = ({ validFrom, validUntil }: NamePeriod, at: Instant): boolean =>
  (validFrom === null || validFrom <= at) && (validUntil === null || at < validUntil);

/** The customer's legal name at an instant. */
export const nameAt = ({ legalNames }: OpenAccountState, at: Instant): string =>
  (legalNames.find((period) => isValidAt(period, at)) ?? legalNames[0]).name;
