import { type DomainEvent, type EventDefinition, type EventMetadata, metadataSchema } from './event';

/** A place in the store's log: strictly increasing, with holes, never shown outside. `$all` needs both numbers. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export const comparePositions = (a: Position, b: Position): number =>
  Number(a.commit > b.commit) - Number(a.commit < b.commit) ||
  Number(a.prepare > b.prepare) - Number(a.prepare < b.prepare);

/** `commit/prepare`: positions pass 2^53, so they are kept as text. */
export const formatPosition = ({ commit, prepare }: Position): string => `${commit.toString()}/${prepare.toString()}`;

/** Throws a RangeError where the text is no position. */
export const parsePosition = (text: string): Position => {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (!match?.[1] || !match[2]) throw new RangeError(`"${text}" is not a log position`);
  return { commit: BigInt(match[1]), prepare: BigInt(match[2]) };
};

/** An event as the store gives it: nothing about its content has been checked. */
export interface StoredEvent {
  /** Name of the stream without the namespace: `deal-<id>`. */
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly position: Position;
}

/** An event of the log with its content checked and lifted to the shape of today. */
export type LoggedEvent<E extends DomainEvent = DomainEvent> = E & {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly metadata: EventMetadata;
  readonly position: Position;
};

/** The category of a stream: what stands before its first dash. */
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** The subject of a stream: what stands behind its first dash. */
export const subjectOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

export type EventCatalogue = ReadonlyMap<string, EventDefinition>;

export const catalogueOf = (...definitions: readonly EventDefinition[]): EventCatalogue =>
  new Map(definitions.map((definition) => [definition.type, definition]));

/** A stored event that today's code cannot read: of an unknown type, from a later version, or not of its schema. */
export class UndecodableEvent extends Error {
  override readonly name = 'UndecodableEvent';

  constructor(event: StoredEvent, reason: string) {
    super(`${event.type} ${event.id} in ${event.stream}@${event.revision.toString()}: ${reason}`);
  }
}

/** Lifts a stored event through its upcasters and checks it. Throws `UndecodableEvent`. */
export const decode = (catalogue: EventCatalogue, event: StoredEvent): LoggedEvent => {
  const definition = catalogue.get(event.type);
  if (!definition) throw new UndecodableEvent(event, 'unknown type');
  const metadata = metadataSchema.safeParse(event.metadata);
  if (!metadata.success) throw new UndecodableEvent(event, `metadata: ${metadata.error.message}`);
  const { schemaVersion, occurredAt } = metadata.data;
  if (schemaVersion > definition.schemaVersion)
    throw new UndecodableEvent(
      event,
      `version ${schemaVersion} is later than ${definition.schemaVersion}, the last one known`,
    );
  const data = definition.schema.safeParse(lift(definition, schemaVersion, event));
  if (!data.success) throw new UndecodableEvent(event, `data: ${data.error.message}`);
  const { stream, revision, id, type, position } = event;
  return { type, data: data.data, occurredAt, stream, revision, id, metadata: metadata.data, position };
};

/** Upcasters may rely on the shape of their version; where the data has another, that is the event's fault. */
const lift = ({ upcasters }: EventDefinition, schemaVersion: number, event: StoredEvent): unknown => {
  try {
    return upcasters.slice(schemaVersion - 1).reduce((data, upcast) => upcast(data), event.data);
  } catch (error) {
    throw new UndecodableEvent(event, `data of version ${schemaVersion}: ${String(error)}`);
  }
};
