import type { Principal } from '@tempore/acts';
import { catalogue } from '@tempore/catalogue';
import { DEAL } from '@tempore/deals';
import { DOCKET } from '@tempore/dockets';
import { shownAt, type VisibilityChange } from '@tempore/programme';
import type { SequencedEvent } from '@tempore/read-models';

export type TimelineEntry = Pick<SequencedEvent, 'id' | 'type' | 'occurredAt' | 'recordedAt' | 'actor' | 'data'> & {
  readonly sequence: string | null;
};

/**
 * What happened to a deal, on its own stream and on its docket, as far as the one who asks may know of it. The vendor's
 * deciders see what was filed; what a draft said before that is the partner's own, and the auditors'.
 */
export const timelineOf = (
  events: readonly SequencedEvent[],
  reader: Principal,
  changes: readonly VisibilityChange[],
): readonly TimelineEntry[] => {
  const ofDeal = events.filter(({ category }) => category === DEAL || category === DOCKET);
  if (reader.side === 'partner') return ofDeal.flatMap((event) => forPartner(event, changes));
  return (reader.roles.includes('auditor') ? ofDeal : sinceFiling(ofDeal)).map(toEntry);
};

const toEntry = ({ sequence, id, type, occurredAt, recordedAt, actor, data }: SequencedEvent): TimelineEntry => ({
  sequence,
  id,
  type,
  occurredAt,
  recordedAt,
  actor,
  data: withoutSealed(data),
});

/** A partner gets no global sequence: two readings would tell how much others did in between. */
const forPartner = (event: SequencedEvent, changes: readonly VisibilityChange[]): readonly TimelineEntry[] => {
  const { type, sequence } = event;
  const version = event.schemaVersion ?? 1;
  const declared = shownAt(changes, { audience: 'partner', type, version }, sequence);
  // Before this installation has declared anything, it is what the code says.
  const shown = declared === undefined ? catalogue.get(type)?.visibility[version - 1]?.partner : declared;
  if (!shown) return [];
  const entry = toEntry(event);
  return [{ ...entry, sequence: null, actor: shown.actor ? entry.actor : null, data: only(shown.fields, entry.data) }];
};

/** What was said while it was a draft, but for what was filed of it. */
const sinceFiling = (events: readonly SequencedEvent[]): readonly SequencedEvent[] => {
  const submitted = events.find(({ type }) => type === 'deal-submitted');
  const filed = (submitted?.data as { readonly content?: { readonly eventId?: string } } | undefined)?.content?.eventId;
  return events.filter(({ id, type }) => !DRAFTING.has(type) || id === filed);
};

const DRAFTING: ReadonlySet<string> = new Set(['deal-drafted', 'deal-content-revised', 'submission-rehearsed']);

const only = (fields: readonly string[], data: unknown): unknown =>
  isObject(data) ? Object.fromEntries(Object.entries(data).filter(([field]) => fields.includes(field))) : null;

/** A person stands in a timeline by id alone: who may read more finds it with the deal. */
const withoutSealed = (data: unknown): unknown => {
  if (Array.isArray(data)) return data.map(withoutSealed);
  if (!isObject(data)) return data;
  if ('personId' in data && 'fields' in data) return { personId: data.personId };
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, withoutSealed(value)]));
};

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null;
