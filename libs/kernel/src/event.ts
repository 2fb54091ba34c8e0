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
  /** Who decided, where that is not whoever gave the command: a rule is its own actor, `rule/<name>`. */
  readonly actor?: string;
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

/** Who sees a part of what happened: the organisation that an event is about, and the vendor's own sales team. */
export const audiences = ['partner', 'direct-team'] as const;
export type Audience = (typeof audiences)[number];

/** What an audience is shown of an event: these fields of its data, and whether it is told who acted. */
export interface Shown {
  readonly fields: readonly string[];
  readonly actor: boolean;
}

/** An audience that is not named here is not told that the event happened. */
export type Visibility = Readonly<Partial<Record<Audience, Shown>>>;

/** One stored type: its literal name, why the fact exists, the shape of its data today and the way there from older ones. */
export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly why: string;
  readonly schema: Schema;
  readonly schemaVersion: number;
  readonly upcasters: readonly Upcaster[];
  /** For each stored version, the oldest first. */
  readonly visibility: readonly Visibility[];
}

/** What most events go without. */
interface Further {
  readonly upcasters?: readonly Upcaster[];
  /** Of all versions, or of each, the oldest first. Nobody outside sees an event that does not say so. */
  readonly shown?: Visibility | readonly Visibility[];
}

/**
 * Defines a stored event type. The name is a literal in the log for ever; `upcasters` go oldest to newest, so the
 * current version is one more than their number.
 */
export const defineEvent = <const Type extends string, Schema extends z.ZodType>(
  type: Type,
  why: string,
  schema: Schema,
  { upcasters = [], shown = {} }: Further = {},
): EventDefinition<Type, Schema> => {
  const schemaVersion = upcasters.length + 1;
  const visibility = isPerVersion(shown) ? shown : Array.from({ length: schemaVersion }, () => shown);
  if (visibility.length !== schemaVersion)
    throw new Error(`${type} says of ${visibility.length} versions who sees them`);
  return { type, why, schema, upcasters, schemaVersion, visibility };
};

const isPerVersion = (shown: Visibility | readonly Visibility[]): shown is readonly Visibility[] =>
  Array.isArray(shown);

/** Shows these fields. */
export const shows = (...fields: readonly string[]): Shown => ({ fields, actor: false });

/** Shows these fields and who acted: for what only the audience's own people do. */
export const showsWithActor = (...fields: readonly string[]): Shown => ({ fields, actor: true });

/** The union of domain events that a list of definitions describes. */
export type EventOf<Definitions extends readonly EventDefinition[]> = {
  [Index in keyof Definitions]: Definitions[Index] extends EventDefinition<infer Type, infer Schema>
    ? DomainEvent<Type, z.output<Schema>>
    : never;
}[number];
