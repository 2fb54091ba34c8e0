import { Inject, Injectable } from '@nestjs/common';
import { type Act, organisationOf, type Principal, viewerOf } from '@tempore/acts';
import type { Contact, ContentChange, DocumentRef } from '@tempore/deals';
import { document, maySee } from '@tempore/documents';
import { CommandRunner } from '@tempore/event-store';
import { InvalidFields, parseDay, parseInstant } from '@tempore/kernel';
import type { SealedPerson } from '@tempore/people';

import { PersonalData } from '../people/personal-data';
import type { ContactDto, CounterpartDto, DealContentDto, DealValueDto, FirstTouchDto } from './deal-content.dto';

/** What a partner says on its way in: people are sealed, documents named by what the system knows of them. */
@Injectable()
export class DealContents {
  constructor(
    private readonly personalData: PersonalData,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** Throws `InvalidFields` where a document is not there, or not for this principal. */
  async seal(
    act: Act,
    { customer, purchaser, contacts, firstTouch, evidence, ...rest }: DealContentDto,
  ): Promise<ContentChange> {
    const { productLine, type, kind, value, estimatedClose, businessProblem, site, projectReference, ownReference } =
      rest;
    return withoutUndefined({
      customer: customer && withoutUndefined(customer),
      purchaser: orNull(purchaser, ({ legalName, country = null }) => ({ legalName, country })),
      contacts: contacts && (await this.contacts(act, contacts)),
      firstTouch: firstTouch && (await this.firstTouch(act, firstTouch)),
      evidence: evidence && (await this.documents(act.principal, 'evidence', evidence)),
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
  }

  counterpart(act: Act, kind: string, { name, email, phone, position }: CounterpartDto): Promise<SealedPerson> {
    const plain = withoutUndefined({ name, email, phone, position });
    return this.personalData.enter(act, kind, organisationOf(act.principal), plain);
  }

  /** The documents as they are on record. Throws `InvalidFields`. */
  async documents(principal: Principal, field: string, ids: readonly string[]): Promise<DocumentRef[]> {
    const known = await Promise.all(ids.map(async (id) => ({ id, ...(await this.runner.read(document, id)) })));
    const missing = known.filter(({ state }) => !maySee(viewerOf(principal), state)).map(({ id }) => id);
    if (missing.length > 0)
      throw new InvalidFields([
        { field, message: `names no document that there is: ${missing.join(', ')}; hand it in by POST /v1/documents` },
      ]);
    return known.flatMap(({ id, state }) =>
      state.status === 'uploaded' ? [{ documentId: id, hash: state.upload.sha256 }] : [],
    );
  }

  private async document(principal: Principal, field: string, id: string): Promise<DocumentRef | undefined> {
    return (await this.documents(principal, field, [id]))[0];
  }

  private contacts(act: Act, contacts: readonly ContactDto[]): Promise<Contact[]> {
    return Promise.all(
      contacts.map(async ({ basis, consentedOn, ...plain }, index) => ({
        person: await this.counterpart(act, `contact:${index}`, plain),
        ...(basis !== undefined && { basis }),
        consentedOn: consentedOn ? parseDay(consentedOn) : null,
      })),
    );
  }

  private async firstTouch(act: Act, { kind, at, counterpart, documentId }: FirstTouchDto) {
    return withoutUndefined({
      kind,
      at: orNull(at, parseInstant),
      counterpart: await orNull(counterpart, (plain) => this.counterpart(act, 'first-touch', plain)),
      document: await orNull(documentId, (id) => this.document(act.principal, 'firstTouch.documentId', id)),
    });
  }
}

const toValue = ({ oneTime, annualRecurring, termMonths }: DealValueDto) => ({
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
