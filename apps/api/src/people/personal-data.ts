import { Inject, Injectable } from '@nestjs/common';
import {
  type Act,
  openPerson,
  ownerOfPerson,
  type PlainPerson,
  type Principal,
  requestHasher,
  type Secrets,
} from '@tempore/acts';
import { personFields, type SealedPerson } from '@tempore/people';
import { seal, Vault } from '@tempore/personal-data';

import { SECRETS } from '../../../composition/src/secrets';
import { Readings } from '../access/readings';

/** Where personal data is sealed on its way in, and opened on its way out. No other place sees it in the clear. */
@Injectable()
export class PersonalData {
  private readonly hash: (content: unknown) => string;

  constructor(
    private readonly readings: Readings,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SECRETS) secrets: Secrets,
  ) {
    this.hash = requestHasher(secrets);
  }

  /**
   * Seals a person that an act enters, under a new id; `kind` tells the persons of one act apart. A repeat of the act
   * seals to the same bytes. The key is kept before this resolves. Throws a `Refusal` where the vault does not answer, or
   * where the person was erased since.
   */
  async enter(act: Act, kind: string, partnerId: string | null, plain: PlainPerson): Promise<SealedPerson> {
    const personId = act.newId(kind);
    const owner = ownerOfPerson(personId);
    const key = await this.vault.keyFor(owner, act.meta.now);
    const sealed = personFields.flatMap((path) => {
      const value = plain[path];
      return value === undefined ? [] : [[path, seal(key, { owner, path }, value, act.meta.commandId)] as const];
    });
    return { personId, partnerId, fields: Object.fromEntries(sealed) };
  }

  /**
   * The same act, recognised by what it says in its sealed form. The hash of a request stands in the log for ever; made
   * of readable values it would let whoever has the installation's secret try guesses at an erased person.
   */
  withoutPlain(act: Act, content: unknown): Act {
    return { ...act, meta: { ...act.meta, requestHash: this.hash(content) } };
  }

  /** A person's readable values, for somebody who may read them; `erased` where the key is destroyed. */
  async read(reader: Principal, person: Pick<SealedPerson, 'personId' | 'fields'>): Promise<PlainPerson | 'erased'> {
    await this.readings.record(reader, 'person', person.personId);
    return openPerson(this.vault, person);
  }
}
