import type { KeyObject } from 'node:crypto';

import { openedAccountId } from '@tempore/accounts';
import { type CommandRunner, type EventStore, NOBODY } from '@tempore/event-store';
import { categoryOf, deriveId, type Instant, isKeyedId, keyedId, type StoredEvent, subjectOf } from '@tempore/kernel';
import { partnerManagerAssigned, partnerPersonJoined } from '@tempore/partners';
import type { Vault } from '@tempore/personal-data';
import { PRINCIPAL, principal, principalIdKept } from '@tempore/principals';
import { validate, version } from 'uuid';

/** Injection token of the ids that nobody outside can compute. */
export const IDS = Symbol('IDS');

/** Ids that tell nothing to who knows what they are made of: each is made with a random key of its own. */
export interface Ids {
  /** The pseudonym of an issuer's subject, which may be a name or an address. */
  readonly ofSubject: (issuer: string, subject: string) => string;
  /** The id of the customer that a command opens. */
  readonly ofAccount: (commandId: string) => string;
}

/** The vault's names of the keys: made once, never changed, and travelling with it wherever the log goes. */
const PEOPLE = 'ids/people';
const ACCOUNTS = 'ids/accounts';

interface IdStores {
  readonly eventStore: EventStore;
  readonly runner: CommandRunner;
  readonly vault: Vault;
}

/**
 * The ids of this log. Its first start finds nothing to keep, or a log from before, whose people keep their ids. Throws
 * where the log was written with keys that the vault does not have: everybody would become somebody else.
 */
export const openIds = async (stores: IdStores, now: Instant): Promise<Ids> => {
  const known = await stores.vault.keysOf([PEOPLE, ACCOUNTS]);
  if (!known.has(PEOPLE) || !known.has(ACCOUNTS)) await keepIdsOfBefore(stores, now);
  const [people, accounts] = [await keyOf(stores, PEOPLE, now), await keyOf(stores, ACCOUNTS, now)];
  const kept = await keptIds(stores.eventStore);
  return {
    ofSubject: (issuer, subject) => {
      const before = idOfBefore(issuer, subject);
      return kept.has(before) ? before : keyedId(people, 'principal', issuer, subject);
    },
    ofAccount: (commandId) => openedAccountId(accounts, commandId),
  };
};

const keyOf = ({ vault }: IdStores, owner: string, now: Instant): Promise<KeyObject> => vault.keyFor(owner, now);

/** As pseudonyms were made before there was a key: whoever guessed a subject could find its acts in a log. */
const idOfBefore = (issuer: string, subject: string): string => deriveId('principal', issuer, subject);

const LATEST = new AbortController().signal;

const keptIds = async (eventStore: EventStore): Promise<ReadonlySet<string>> => {
  const kept = new Set<string>();
  for await (const { type, stream } of eventStore.readAll({ categories: [PRINCIPAL], signal: LATEST }))
    if (type === principalIdKept.type) kept.add(subjectOf(stream));
  return kept;
};

/** Puts on record who keeps their id. May be stopped and repeated: the keys are made only after it. */
const keepIdsOfBefore = async ({ eventStore, runner, vault }: IdStores, now: Instant): Promise<void> => {
  const people = new Set<string>();
  let isKeyed = false;
  for await (const event of eventStore.readAll({ categories: 'everything', signal: LATEST })) {
    for (const id of principalsIn(event)) if (isOfBefore(id)) people.add(id);
    isKeyed ||= isKeyedId(subjectOf(event.stream)) || principalsIn(event).some(isKeyedId);
  }
  // Another process may have made them meanwhile, and gone on.
  if (isKeyed && !(await vault.knows(ACCOUNTS)))
    throw new Error(
      'This log was written with keys of ids that the vault does not have. Restore the vault that belongs to this log: ' +
        'the schema vault of its database, its objects, and its secret.',
    );
  for (const id of people) {
    const commandId = deriveId('keep-id', id);
    const meta = { commandId, requestHash: '', actor: NOBODY, now, correlationId: commandId };
    await runner.run(principal, id, { type: 'KeepId', data: {} }, meta, {});
  }
};

/** What pseudonyms of before are: derived from names. Ids of the local issuer are random. */
const isOfBefore = (id: string): boolean => id !== NOBODY && validate(id) && version(id) === 5;

/** The people of the vendor's and of partners that an event tells of, as far as their ids may be an issuer's subjects. */
const principalsIn = ({ type, stream, data, metadata }: StoredEvent): readonly string[] => {
  const { actor } = metadata as { readonly actor?: unknown };
  const { managerId, personId, person, addressee } = (data ?? {}) as Readonly<Record<string, unknown>>;
  const { kind, id } = (addressee ?? {}) as { readonly kind?: unknown; readonly id?: unknown };
  const found = [
    actor,
    categoryOf(stream) === PRINCIPAL && subjectOf(stream),
    type === partnerManagerAssigned.type && managerId,
    type === partnerPersonJoined.type && !person && personId,
    kind === 'principal' && id,
  ];
  return found.filter((one): one is string => typeof one === 'string');
};
