import { type Instant, laterOf, type Recorded, sameName, unreachable } from '@tempore/kernel';

import type { Certificate, PartnerPeopleEvent } from './partner-people.events';

/** Half-open: `until` is null while it lasts. */
interface Period {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** A certificate and when it counts, its owner apart: since it was recorded, until it lapses or was revoked. */
export interface KnownCertificate {
  readonly certificate: Certificate;
  readonly counts: Period;
  readonly revoked: boolean;
}

export interface PartnerPeopleState {
  /** By person; of somebody who left and came back, the time since then. */
  readonly people: ReadonlyMap<string, Period>;
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
        : { ...state, people: new Map(people).set(event.data.personId, { from: recordedAt, until: null }) };
    case 'partner-person-left': {
      const period = people.get(event.data.personId);
      return period?.until === null
        ? { ...state, people: new Map(people).set(event.data.personId, { ...period, until: recordedAt }) }
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

/** How many of the partner's people hold a certificate that counts at an instant, for one line or, with null, for any. */
export const certifiedPeople = (state: PartnerPeopleState, productLine: string | null, at: Instant): number =>
  new Set(
    certificatesAt(state, at)
      .filter((certificate) => productLine === null || sameName(certificate.productLine, productLine))
      .map(({ personId }) => personId),
  ).size;

const holds = ({ from, until }: Period, at: Instant): boolean => from <= at && (until === null || at < until);
