import type { AccountEvent } from '@messages/accounts';
import { documentRefSchema } from '@messages/deals';
import type { DocketEvent } from '@messages/dockets';
import { personsIn } from '@messages/people';
import { catalogue } from '@tempore/catalogue';
import type { LoggedEvent } from '@tempore/kernel';
import { type Change, type EventView, put } from '@tempore/projections';

const PIECE = 'handed_in_piece';
const FILED = 'filed_statement';

/** What a partner says in a draft is its own until it files it (rulebook 3). */
const DRAFTING: ReadonlySet<string> = new Set(['deal-drafted', 'deal-content-revised']);

/**
 * Every document and person that an event names, and the statement in a draft that does, if it is one: who looks at a
 * case may see them once that statement was filed. What any other event names is handed in by that.
 */
export const handedInView: EventView = {
  name: 'handed_in',
  version: 1,
  onPoison: 'park',
  reads: catalogue,
  tables: [
    {
      name: PIECE,
      columns: {
        /** Of the document or the person. */
        id: 'uuid not null',
        event_id: 'uuid not null',
        /** `true` where it counts only if the event is what was filed. */
        drafted: 'boolean not null',
      },
      key: ['id', 'event_id'],
    },
    { name: FILED, columns: { event_id: 'uuid not null' }, key: ['event_id'] },
  ],
  project: (event) => [
    ...piecesIn(event).map((id) => put(PIECE, { id, event_id: event.id, drafted: DRAFTING.has(event.type) })),
    ...filedBy(event),
  ],
};

const filedBy = (event: LoggedEvent): readonly Change[] => {
  const { type, data } = event as DocketEvent;
  return type === 'claim-filed' ? [put(FILED, { event_id: data.content.eventId })] : [];
};

const piecesIn = (event: LoggedEvent): readonly string[] => {
  const { type, data } = event as AccountEvent;
  const letter = type === 'account-letter-verified' && data.documentId !== null ? [data.documentId] : [];
  return [...new Set([...personsIn(data).map(({ personId }) => personId), ...documentsIn(data), ...letter])];
};

const documentsIn = (data: unknown): readonly string[] => {
  if (typeof data !== 'object' || data === null) return [];
  const named = documentRefSchema.safeParse(data);
  return [...(named.success ? [named.data.documentId] : []), ...Object.values(data).flatMap(documentsIn)];
};
