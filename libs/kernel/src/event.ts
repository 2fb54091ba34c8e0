import { z } from 'zod';

import { type Instant, instantSchema } from './time';

/** A fact of the domain, as deciders produce and fold it. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** When it happened, as claimed; the command's clock where absent (rulebook 2.2). */
  readonly occurredAt?: Instant;
  /**
   * Set where no command asked for it: names, once and for all in its stream, why it was due. Such an event stands in
   * the log under a command id of its own, derived from stream and cause (rulebook 2.5).
   */
  readonly cause?: string;
}

/** What is known of a fact beside its content, once it stands or is about to stand in the log. */
export interface Recorded {
  readonly id: string;
  readonly actor: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

/** What every event carries in the log beside its data. `$`-names are understood by the store's own tools. */
export const metadataSchema = z.object({
  $correlationId: z.string(),
  $causationId: z.string(),
  /** Pseudonymous id of whoever acted. */
  actor: z.string(),
  commandId: z.string(),
  /** Keyed hash of the request: another body under the same command id is refused. */
  requestHash: z.string(),
  occurredAt: instantSchema,
  recordedAt: instantSchema,
  /** Version of the programme policy that the decision used, where it used one. */
  policyVersion: z.int().optional(),
  /** Name and version of the code that decided, such as `deal@1`. */
  decider: z.string(),
  schemaVersion: z.int().positive(),
});
export type EventMetadata = z.infer<typeof metadataSchema>;

/** Lifts the data of one stored version to the next. */
export type Upcaster = (data: unknown) => unknown;

/** One stored type: its literal name, why the fact exists, the shape of its data today and the way there from older ones. */
export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly why: string;
  readonly schema: Schema;
  readonly schemaVersion: number;
  readonly upcasters: readonly Upcaster[];
}

/**
 * Defines a stored event type. The name is a literal in the log for ever; `upcasters` go oldest to newest, so the
 * current version is one more than their number.
 */
export const defineEvent = <const Type extends string, Schema extends z.ZodType>(
  type: Type,
  why: string,
  schema: Schema,
  upcasters: readonly Upcaster[] = [],
): EventDefinition<Type, Schema> => ({ type, why, schema, upcasters, schemaVersion: upcasters.length + 1 });

/** The union of domain events that a list of definitions describes. */
export type EventOf<Definitions extends readonly EventDefinition[]> = {
  [Index in keyof Definitions]: Definitions[Index] extends EventDefinition<infer Type, infer Schema>
    ? DomainEvent<Type, z.output<Schema>>
    : never;
}[number];
