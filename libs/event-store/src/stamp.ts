import { type Decider, deriveId, type DomainEvent, type EventMetadata, type Instant, Refusal } from '@tempore/kernel';

import type { NewEvent } from './port';

/** What a command carries beside its content. */
export interface CommandMeta {
  /** Derived from principal, route and idempotency key: the same request always has the same one. */
  readonly commandId: string;
  /** Keyed hash of the request: tells a repeat from another request under the same key. */
  readonly requestHash: string;
  /** Pseudonymous id of whoever acts. */
  readonly actor: string;
  readonly now: Instant;
  readonly correlationId: string;
  /** The event or command that led to this one; the command itself where it came from outside. */
  readonly causationId?: string;
  /** When what the command reports happened, as claimed. */
  readonly occurredAt?: Instant;
  /** The version of the policy that the command was answered by, where its decider does not say. */
  readonly policyVersion?: number;
  /** Carries the command out only where the stream is still at this revision. */
  readonly ifRevision?: bigint | undefined;
}

/** Who decided: the code, and the policy that each event rests on, where one had a say. */
export interface Author extends Pick<Decider<never, never, DomainEvent, never>, 'category' | 'version' | 'events'> {
  readonly policyVersionOf?: ((event: DomainEvent) => number | undefined) | undefined;
}

/** A decider as the author of what it decides on a state. */
export const authorOf = <State, E extends DomainEvent>(
  { category, version, events, policyVersionOf }: Omit<Decider<State, never, E, never>, 'decide' | 'settle'>,
  state: State,
): Author => ({
  category,
  version,
  events,
  policyVersionOf: policyVersionOf && ((event) => policyVersionOf(event as E, state)),
});

/** A NUL as JSON writes it, not a backslash that happens to stand before `u0000`. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** PostgreSQL takes no NUL in a text: in the log it would stop every view that reads it, for ever. */
const nulInText = (): Refusal =>
  new Refusal('NUL_IN_TEXT', 'invalid', 'A text holds a NUL character.', { remedy: 'Send it without.' });

/**
 * Turns decided events into those to append. The store tells a repeat by its ids alone and never compares contents, so
 * an id is made of everything that the event says: what was decided otherwise, or at another instant, never passes
 * for the earlier decision.
 */
export const stamp = (
  { category, version, events: definitions, policyVersionOf }: Author,
  stream: string,
  meta: CommandMeta,
  now: Instant,
  decided: readonly DomainEvent[],
): NewEvent[] =>
  decided.map((event, index) => {
    const { type, data, occurredAt, actor = meta.actor } = event;
    const policyVersion = policyVersionOf?.(event) ?? meta.policyVersion;
    const definition = definitions.find((candidate) => candidate.type === type);
    if (!definition) throw new Error(`${category} decided ${type}, which it does not define`);
    const metadata: EventMetadata = {
      $correlationId: meta.correlationId,
      $causationId: meta.causationId ?? meta.commandId,
      actor,
      commandId: meta.commandId,
      requestHash: meta.requestHash,
      occurredAt: occurredAt ?? meta.occurredAt ?? now,
      recordedAt: now,
      ...(policyVersion !== undefined && { policyVersion }),
      decider: `${category}@${version}`,
      schemaVersion: definition.schemaVersion,
    };
    const content = definition.schema.parse(data);
    const whole = JSON.stringify([type, content, metadata]);
    if (NUL.test(whole)) throw nulInText();
    const id = deriveId(meta.commandId, stream, index.toString(), whole);
    return { id, type, data: content, metadata };
  });

/** Acts for nobody: it records what fell due. */
export const NOBODY = deriveId('principal', 'nobody');

/** Stamps what fell due by itself, each event under a command id of its own (rulebook 2.5). */
export const stampDue = (author: Author, stream: string, now: Instant, due: readonly DomainEvent[]): NewEvent[] =>
  due.flatMap((event) => {
    if (!event.cause) throw new Error(`${author.category} settles ${event.type} without a cause`);
    const commandId = deriveId('due', stream, event.cause);
    const meta = { commandId, requestHash: '', actor: NOBODY, now, correlationId: commandId };
    return stamp(author, stream, meta, now, [event]);
  });
