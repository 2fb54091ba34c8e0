import type { ContentChange, DealKind, DealType, DocumentRef, LawfulBasis, TouchKind } from '@tempore/deals';
import { document, maySee } from '@tempore/documents';
import { InvalidFields, type Money, parseDay, parseInstant } from '@tempore/kernel';
import type { SealedPerson } from '@tempore/people';

import type { Act } from '../act';
import type { Means } from '../means';
import { type EnteredPerson, sealPeople } from '../people/seal-people';
import { organisationOf, viewerOf } from '../principal';

/** Somebody at the customer, as the partner names them. */
export interface SaidPerson {
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly position?: string;
}

interface SaidContact extends SaidPerson {
  readonly basis?: LawfulBasis | null;
  readonly consentedOn?: string | null;
}

interface SaidFirstTouch {
  readonly kind?: TouchKind | null;
  readonly at?: string | null;
  readonly counterpart?: SaidPerson | null;
  readonly documentId?: string | null;
}

/** What a partner says of a deal; what is left out stays as it was. */
export interface SaidContent {
  readonly customer?: NonNullable<ContentChange['customer']>;
  readonly purchaser?: { readonly legalName: string; readonly country?: string | null } | null;
  readonly contacts?: readonly SaidContact[];
  readonly productLine?: string | null;
  readonly type?: DealType | null;
  readonly kind?: DealKind | null;
  readonly value?: {
    readonly oneTime?: Money | null;
    readonly annualRecurring?: Money | null;
    readonly termMonths?: number | null;
  };
  readonly estimatedClose?: string | null;
  readonly businessProblem?: string | null;
  readonly firstTouch?: SaidFirstTouch;
  readonly site?: string | null;
  readonly projectReference?: string | null;
  readonly ownReference?: string | null;
  readonly evidence?: readonly string[];
}

/**
 * What a partner says on its way in: people are sealed, documents named by what the system knows of them. Throws
 * `InvalidFields` where a document is not there, or not for whoever acts.
 */
export const sealContent = async (means: Pick<Means, 'vault'>, act: Act, said: SaidContent): Promise<ContentChange> => {
  const { customer, purchaser, contacts, firstTouch, evidence, value, estimatedClose, ...rest } = said;
  const { productLine, type, kind, businessProblem, site, projectReference, ownReference } = rest;
  const [shown, documents] = [
    await orNull(firstTouch?.documentId, (id) => documentsOf(act, 'firstTouch.documentId', [id])),
    evidence && (await documentsOf(act, 'evidence', evidence)),
  ];
  const sealed = await sealPeople(means, act, organisationOf(act.principal), peopleIn(said));
  return withoutUndefined({
    customer: customer && withoutUndefined(customer),
    purchaser: orNull(purchaser, ({ legalName, country = null }) => ({ legalName, country })),
    contacts: contacts?.map(({ basis, consentedOn }, index) => ({
      person: personAt(sealed, index),
      ...(basis !== undefined && { basis }),
      consentedOn: consentedOn ? parseDay(consentedOn) : null,
    })),
    firstTouch:
      firstTouch &&
      withoutUndefined({
        kind: firstTouch.kind,
        at: orNull(firstTouch.at, parseInstant),
        counterpart: orNull(firstTouch.counterpart, () => personAt(sealed, contacts?.length ?? 0)),
        document: orNull(shown, ([document]) => document),
      }),
    evidence: documents,
    value: value && toValue(value),
    estimatedClose: orNull(estimatedClose, parseDay),
    productLine,
    type,
    kind,
    businessProblem,
    site,
    projectReference,
    ownReference,
  });
};

/** Contacts first, then who the first touch was with. */
const peopleIn = ({ contacts = [], firstTouch }: SaidContent): readonly EnteredPerson[] => [
  ...contacts.map((contact, index) => ({ kind: `contact:${index}`, plain: plainOf(contact) })),
  ...(firstTouch?.counterpart ? [{ kind: 'first-touch', plain: plainOf(firstTouch.counterpart) }] : []),
];

const personAt = (sealed: readonly SealedPerson[], index: number): SealedPerson => {
  const person = sealed[index];
  if (person) return person;
  throw new Error(`Of ${sealed.length} persons none is number ${index}`);
};

/** Somebody whom an act names beside a deal. */
export const sealCounterpart = async (
  means: Pick<Means, 'vault'>,
  act: Act,
  kind: string,
  said: SaidPerson,
): Promise<SealedPerson> =>
  personAt(await sealPeople(means, act, organisationOf(act.principal), [{ kind, plain: plainOf(said) }]), 0);

const plainOf = ({ name, email, phone, position }: SaidPerson) => withoutUndefined({ name, email, phone, position });

/** The documents as they are on record. Throws `InvalidFields`. */
export const documentsOf = async (
  { log, principal }: Act,
  field: string,
  ids: readonly string[],
): Promise<DocumentRef[]> => {
  const known = await Promise.all(ids.map(async (id) => ({ id, ...(await log.read(document, id)) })));
  const missing = known.filter(({ state }) => !maySee(viewerOf(principal), state)).map(({ id }) => id);
  if (missing.length > 0)
    throw new InvalidFields([
      { field, message: `names no document that there is: ${missing.join(', ')}; hand it in by POST /v1/documents` },
    ]);
  return known.flatMap(({ id, state }) =>
    state.status === 'uploaded' ? [{ documentId: id, hash: state.upload.sha256 }] : [],
  );
};

const toValue = ({ oneTime, annualRecurring, termMonths }: NonNullable<SaidContent['value']>) => ({
  oneTime: oneTime ?? null,
  annualRecurring: annualRecurring ?? null,
  termMonths: termMonths ?? null,
});

const orNull = <From, To>(given: From | null | undefined, read: (given: From) => To): To | null | undefined => {
  if (given === null) return null;
  return given === undefined ? undefined : read(given);
};

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** What was left out is not there: it must not overwrite what stood before. */
const withoutUndefined = <T extends object>(given: T): Defined<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined<T>;
