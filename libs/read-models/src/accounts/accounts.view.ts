import {
  type AccountEvent,
  accountEvents,
  type AccountKey,
  type AccountKeyEvent,
  accountKeyEvents,
} from '@messages/accounts';
import { directOpportunityOpened } from '@messages/dockets';
import { partnerChangeAdopted } from '@messages/partners';
import { catalogueOf, type EventOf, type LoggedEvent, subjectOf, unreachable } from '@tempore/kernel';
import { type Change, type EventView, patch, put, remove, type Row } from '@tempore/projections';

import { foldText, squeezeText } from './search-text';

const ACCOUNT = 'account';
const NAME = 'account_name';
const KEY = 'account_key';
const OWN = 'vendors_own';

/** What makes a customer the vendor's own and stands on other streams: a named list, an opportunity of the direct team. */
const elsewhere = [partnerChangeAdopted, directOpportunityOpened] as const;

type ReadEvent = AccountEvent | AccountKeyEvent | EventOf<typeof elsewhere>;

/**
 * Every open customer, all names it ever had, every key that is claimed, for an open customer or one to be, and what makes
 * a customer the vendor's own: those alone the direct team sees (rulebook 4).
 */
export const accountsView: EventView = {
  name: 'accounts',
  version: 3,
  onPoison: 'park',
  reads: catalogueOf(...accountEvents, ...accountKeyEvents, ...elsewhere),
  tables: [
    {
      name: ACCOUNT,
      columns: {
        id: 'uuid not null',
        revision: 'bigint not null',
        /** The latest one that was recorded; lists are sorted by it. */
        legal_name: 'text not null',
        country: 'text',
        /** The customer that it belongs to. */
        parent_id: 'uuid',
        source_system: 'text',
        source_name: 'text',
        opened_at: 'timestamptz not null',
        changed_at: 'timestamptz not null',
      },
      key: ['id'],
      indexes: ['(legal_name, id)', '(parent_id) WHERE parent_id IS NOT NULL'],
    },
    {
      name: NAME,
      columns: {
        account_id: 'uuid not null',
        /** Of the event that brought the name. */
        revision: 'bigint not null',
        kind: 'text not null',
        name: 'text not null',
        search_text: 'text not null',
        valid_from: 'timestamptz',
        /** Of an alias; a legal name is valid until the next one is. */
        valid_until: 'timestamptz',
      },
      key: ['account_id', 'revision'],
      indexes: ['USING gin (search_text gin_trgm_ops)'],
    },
    {
      name: KEY,
      columns: {
        kind: 'text not null',
        value: 'text not null',
        search_text: 'text not null',
        account_id: 'uuid not null',
        /** `false` from the claim until the customer has the key. */
        settled: 'boolean not null',
        since: 'timestamptz not null',
      },
      key: ['kind', 'value'],
      indexes: ['(account_id)', 'USING gin (search_text gin_trgm_ops)', '(since) WHERE NOT settled'],
    },
    {
      name: OWN,
      columns: {
        account_id: 'uuid not null',
        /** `house`, `term:<id>`, `named:<partner>`, `opportunity:<id>`. */
        reason: 'text not null',
      },
      key: ['account_id', 'reason'],
    },
  ],
  project: (event) => project(event as LoggedEvent<ReadEvent>),
};

const own = (accountId: string, reason: string, holds: boolean): Change =>
  holds ? put(OWN, { account_id: accountId, reason }) : remove(OWN, { account_id: accountId, reason });

const project = (event: LoggedEvent<ReadEvent>): readonly Change[] => {
  const { stream, revision, metadata } = event;
  const { recordedAt } = metadata;
  const id = subjectOf(stream);
  const changed = (row: Row = {}): Change => patch(ACCOUNT, { id }, { ...row, revision, changed_at: recordedAt });
  const named = (name: string, row: Row): Change =>
    put(NAME, { account_id: id, revision, name, search_text: foldText(name), valid_until: null, ...row });
  const key = ({ kind, value }: AccountKey, accountId: string, settled: boolean): Change =>
    put(KEY, {
      kind,
      value,
      search_text: kind === 'registry' ? squeezeText(value) : value,
      account_id: accountId,
      settled,
      since: recordedAt,
    });
  switch (event.type) {
    case 'account-opened': {
      const { legalName, country, keys, source } = event.data;
      return [
        put(ACCOUNT, {
          id,
          revision,
          legal_name: legalName,
          country,
          parent_id: null,
          source_system: source?.system ?? null,
          source_name: source?.name ?? null,
          opened_at: recordedAt,
          changed_at: recordedAt,
        }),
        named(legalName, { kind: 'legal', valid_from: null }),
        ...keys.map((each) => key(each, id, true)),
      ];
    }
    case 'account-renamed':
      return [
        changed({ legal_name: event.data.name }),
        named(event.data.name, { kind: 'legal', valid_from: event.data.validFrom }),
      ];
    case 'account-alias-added': {
      const { name, validFrom, validUntil } = event.data;
      return [changed(), named(name, { kind: 'alias', valid_from: validFrom, valid_until: validUntil })];
    }
    case 'account-key-added':
      return [changed(), key(event.data.key, id, true)];
    case 'account-parent-linked':
      return [changed({ parent_id: event.data.parentId })];
    case 'account-parent-unlinked':
      return [changed({ parent_id: null })];
    case 'account-change-adopted': {
      const { change } = event.data;
      return [changed(), ...(change.of === 'house' ? [own(id, 'house', change.house)] : [])];
    }
    case 'account-customer-recorded':
      return [changed(), own(id, `term:${event.data.termId}`, true)];
    case 'account-customer-withdrawn':
      return [changed(), own(id, `term:${event.data.termId}`, false)];
    case 'partner-change-adopted': {
      const { change } = event.data;
      if (change.of !== 'named-accounts') return [];
      // Whose list it is: the stream is the partner's.
      const reason = `named:${id}`;
      return [
        ...change.removed.map((accountId) => own(accountId, reason, false)),
        ...change.added.map((accountId) => own(accountId, reason, true)),
      ];
    }
    case 'direct-opportunity-opened':
      return [own(event.data.accountId, `opportunity:${event.data.opportunityId}`, true)];
    case 'account-key-conflict-found':
    case 'account-change-proposed':
    case 'account-change-withdrawn':
    case 'account-letter-verified':
    case 'account-letter-withdrawn':
      return [changed()];
    case 'accountkey-claimed':
      return [key(event.data.key, event.data.accountId, false)];
    case 'accountkey-released':
      return [remove(KEY, { kind: event.data.key.kind, value: event.data.key.value })];
    default:
      return unreachable(event);
  }
};
