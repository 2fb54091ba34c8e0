import { type Instant, laterOf, type Recorded, unreachable } from '@tempore/kernel';
import type { Sealed } from '@messages/people';

import type { Certificate, PartnerPeopleEvent } from './partner-people.events';

/** Half-open: `until` is null while it lasts. */
interface Period {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** Somebody's time with the partner, and where they are reached. */
export interface Employment extends Period {
  /** Sealed; null where it is not known. */
  readonly address: Sealed | null;
  /** Whether they have said that it is theirs: until then nothing but that question is mailed there. */
  readonly confirmed: boolean;
  /** When they were last asked. */
  readonly askedAt: Instant;
}

/** A certificate and when it counts, its owner apart: since it was recorded, until it lapses or was revoked. */
export interface KnownCertificate {
  readonly certificate: Certificate;
  readonly counts: Period;
  readonly revoked: boolean;
}

export interface PartnerPeopleState {
  /** By person; of somebody who left and came back, the time since then. */
  readonly people: ReadonlyMap<string, Employment>;
  readonly certificates: ReadonlyMap<string, KnownCertificate>;
}

export const initialPeople: PartnerPeopleState = { people: new Map(), certificates: new Map() };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolvePeople = (
  state: PartnerPeopleState,
  event: PartnerPeopleEvent,
  { recordedAt }: Recorded,
): PartnerPeopleState => {
  const { people, certificates } = state;
  switch (event.type) {
    case 'partner-person-joined':
      return worksHere(state, event.data.personId)
        ? state
        : withEmployment(state, event.data.personId, {
            from: recordedAt,
            until: null,
            address: event.data.person?.fields.email ?? null,
            confirmed: false,
            askedAt: recordedAt,
          });
    case 'partner-person-left': {
      const employment = people.get(event.data.personId);
      return employment?.until === null
        ? withEmployment(state, event.data.personId, { ...employment, until: recordedAt })
        : state;
    }
    case 'partner-person-invited': {
      const employment = people.get(event.data.personId);
      return employment ? withEmployment(state, event.data.personId, { ...employment, askedAt: recordedAt }) : state;
    }
    case 'partner-person-address-confirmed': {
      const employment = people.get(event.data.personId);
      return employment?.address?.commitment === event.data.commitment
        ? withEmployment(state, event.data.personId, { ...employment, confirmed: true })
        : state;
    }
    case 'certificate-recorded': {
      const { certificateId, validFrom, validUntil } = event.data;
      if (certificates.has(certificateId)) return state;
      const counts = { from: laterOf(validFrom, recordedAt), until: validUntil };
      const known = { certificate: event.data, counts, revoked: false };
      return { ...state, certificates: new Map(certificates).set(certificateId, known) };
    }
    case 'certificate-revoked': {
      const known = certificates.get(event.data.certificateId);
      if (!known || known.revoked) return state;
      const { certificateId, validUntil } = known.certificate;
      const until = validUntil < recordedAt ? validUntil : recordedAt;
      const revoked = { ...known, counts: { ...known.counts, until }, revoked: true };
      return { ...state, certificates: new Map(certificates).set(certificateId, revoked) };
    }
    default:
      return unreachable(event);
  }
};

const withEmployment = (state: PartnerPeopleState, personId: string, employment: Employment): PartnerPeopleState => ({
  ...state,
  people: new Map(state.people).set(personId, employment),
});

export const worksHere = ({ people }: PartnerPeopleState, personId: string): boolean =>
  people.get(personId)?.until === null;

/** The certificates of people who work for the partner that count at an instant. */
export const certificatesAt = ({ people, certificates }: PartnerPeopleState, at: Instant): readonly Certificate[] =>
  [...certificates.values()]
    .filter(({ certificate: { personId }, counts }) => {
      const employed = people.get(personId);
      return employed !== undefined && holds(employed, at) && holds(counts, at);
    })
    .map(({ certificate }) => certificate);

/** How many of the partner's people hold a certificate that counts at an instant, for one line by all that it is called. */
export const certifiedPeople = (
  state: PartnerPeopleState,
  isOfLine: (spelling: string) => boolean,
  at: Instant,
): number =>
  new Set(
    certificatesAt(state, at)
      .filter(({ productLine }) => isOfLine(productLine))
      .map(({ personId }) => personId),
  ).size;

const holds = ({ from, until }: Period, at: Instant): boolean => from <= at && (until === null || at < until);

/** Those of whoever works for the partner who have said that an address is theirs, with it. */
export const mailablePeople = ({ people }: PartnerPeopleState): readonly { personId: string; address: Sealed }[] =>
  [...people].flatMap(([personId, { until, address, confirmed }]) =>
    until === null && address && confirmed ? [{ personId, address }] : [],
  );

/** The address of somebody who works for the partner and has not said yet that it is theirs. */
export const unconfirmedAddress = ({ people }: PartnerPeopleState, personId: string): Sealed | undefined => {
  const employment = people.get(personId);
  return employment?.until === null && !employment.confirmed ? (employment.address ?? undefined) : undefined;
};
