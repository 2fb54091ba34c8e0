import { Inject, Injectable } from '@nestjs/common';
import { openPerson, type PlainPerson, type Principal } from '@tempore/acts';
import type { SealedPerson } from '@tempore/people';
import { Vault } from '@tempore/personal-data';

import { Readings } from '../access/readings';

/** Where personal data is opened on its way out. */
@Injectable()
export class PersonalData {
  constructor(
    private readonly readings: Readings,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** A person's readable values, for somebody who may read them; `erased` where the key is destroyed. */
  async read(reader: Principal, person: Pick<SealedPerson, 'personId' | 'fields'>): Promise<PlainPerson | 'erased'> {
    await this.readings.record(reader, 'person', person.personId);
    return openPerson(this.vault, person);
  }
}
