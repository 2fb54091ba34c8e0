import { catalogue } from '@tempore/catalogue';
import { type DomainEvent, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { type PersonEvent, personEvents, personsIn } from '@messages/people';
import { type Change, type EventView, patch, put } from '@tempore/projections';

const PERSONS = 'person';
const ERASURES = 'person_erasure';
const HOLDS = 'legal_hold';

/**
 * Every natural person whose data stands somewhere in the log, sealed as it is there, with holds and erasure. Readable
 * values never come here: what Postgres has once written it may keep.
 */
export const peopleView: EventView = {
  name: 'people',
  version: 1,
  onPoison: 'park',
  reads: catalogue,
  tables: [
    {
      name: PERSONS,
      columns: {
        id: 'uuid not null',
        partner_id: 'uuid',
        // Null once erased: no key opens them any more.
        fields: 'jsonb',
      },
      key: ['id'],
      indexes: ['(partner_id)'],
    },
    {
      name: ERASURES,
      columns: {
        person_id: 'uuid not null',
        requested_at: 'timestamptz not null',
        erased_at: 'timestamptz',
      },
      key: ['person_id'],
      indexes: ['(requested_at) WHERE erased_at IS NULL'],
    },
    {
      name: HOLDS,
      columns: {
        id: 'uuid not null',
        person_id: 'uuid not null',
        reason: 'text not null',
        until: 'timestamptz',
        placed_at: 'timestamptz not null',
        lifted_at: 'timestamptz',
      },
      key: ['id'],
      indexes: ['(person_id)'],
    },
  ],
  project: (event) => (isPersonEvent(event) ? ofPerson(event) : stated(event)),
};

const personTypes: ReadonlySet<string> = new Set(personEvents.map(({ type }) => type));

const isPersonEvent = (event: LoggedEvent): event is LoggedEvent<PersonEvent> => personTypes.has(event.type);

/** An event states a person whole, so the last one that does is what stands. */
const stated = ({ data }: DomainEvent): readonly Change[] =>
  personsIn(data).map(({ personId, partnerId, fields }) =>
    put(PERSONS, { id: personId, partner_id: partnerId, fields }),
  );

const ofPerson = (event: LoggedEvent<PersonEvent>): readonly Change[] => {
  const { stream, metadata } = event;
  const id = subjectOf(stream);
  const at = metadata.recordedAt;
  switch (event.type) {
    case 'legal-hold-placed': {
      const { holdId, reason, until } = event.data;
      return [put(HOLDS, { id: holdId, person_id: id, reason, until, placed_at: at, lifted_at: null })];
    }
    case 'legal-hold-lifted':
      return [patch(HOLDS, { id: event.data.holdId }, { lifted_at: at })];
    case 'erasure-requested':
      return [put(ERASURES, { person_id: id, requested_at: at, erased_at: null })];
    case 'erasure-begun':
      return [];
    case 'personal-data-erased':
      return [patch(ERASURES, { person_id: id }, { erased_at: at }), patch(PERSONS, { id }, { fields: null })];
  }
};
