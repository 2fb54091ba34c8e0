import { DEAL } from '@tempore/deals';
import { DOCKET } from '@tempore/dockets';
import type { SequencedEvent } from '@tempore/read-models';

import type { Scope } from '../auth/principal';

export type TimelineEntry = Pick<SequencedEvent, 'id' | 'type' | 'occurredAt' | 'recordedAt' | 'actor' | 'data'> & {
  readonly sequence: string | null;
};

/** What happened to a deal, on its own stream and on its docket, as far as the one who asks may know of it. */
export const timelineOf = (events: readonly SequencedEvent[], scope: Scope): readonly TimelineEntry[] =>
  events
    .filter(({ category }) => category === DEAL || category === DOCKET)
    .filter(({ type }) => scope === 'everybody' || !VENDOR_ONLY.has(type))
    .map((event) => (scope === 'everybody' ? toEntry(event) : forPartner(event)));

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
const forPartner = (event: SequencedEvent): TimelineEntry => {
  const isOwn = event.category === DEAL && !NOTED.has(event.type);
  return {
    ...toEntry(event),
    sequence: null,
    actor: isOwn ? event.actor : null,
    data: told(withoutSealed(event.data)),
  };
};

/** Why a person had to look, which tells of others, and who was barred from deciding. */
const VENDOR_ONLY: ReadonlySet<string> = new Set(['claim-referred', 'decision-refused']);

/** A deal's own notes of its docket: whoever moved the docket wrote them, a reviewer or somebody else's person. */
const NOTED: ReadonlySet<string> = new Set(['deal-submitted', 'deal-ended']);

/** What a decision used, and what it was told of others; a later round tells that somebody won the one before. */
const VENDOR_FIELDS: ReadonlySet<string> = new Set(['standing', 'facts', 'terms', 'conflict', 'group', 'round']);

const told = (data: unknown): unknown =>
  isObject(data) ? Object.fromEntries(Object.entries(data).filter(([field]) => !VENDOR_FIELDS.has(field))) : data;

/** A person stands in a timeline by id alone: who may read more finds it with the deal. */
const withoutSealed = (data: unknown): unknown => {
  if (Array.isArray(data)) return data.map(withoutSealed);
  if (!isObject(data)) return data;
  if ('personId' in data && 'fields' in data) return { personId: data.personId };
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, withoutSealed(value)]));
};

const isObject = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null;
