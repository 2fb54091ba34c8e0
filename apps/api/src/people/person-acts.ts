import { Inject, Injectable } from '@nestjs/common';
import { type Act, ownerOfPerson, pursueErasure } from '@tempore/acts';
import { CommandRunner, type Outcome } from '@tempore/event-store';
import type { DomainEvent } from '@tempore/kernel';
import { holdsAt, person, type PersonCommand } from '@tempore/people';
import { Vault } from '@tempore/personal-data';

import { Commands } from '../commands/commands';
import { PersonAnswer } from './people.dto';

/** Commands on persons; an erasure that one of them begins is ended before it is answered. */
@Injectable()
export class PersonActs {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async tell(act: Act, personId: string, command: PersonCommand): Promise<PersonAnswer> {
    const known = await this.vault.knows(ownerOfPerson(personId));
    const told = await this.commands.execute(act, person, personId, command, { known });
    const ended = await pursueErasure({ runner: this.runner, vault: this.vault }, personId, {
      ...act.meta,
      causationId: act.meta.commandId,
    });
    const { state } = await this.runner.read(person, personId);
    const legalHolds = holdsAt(state, act.meta.now).map(({ holdId, reason, until }) => ({ id: holdId, reason, until }));
    return new PersonAnswer(personId, both(told, ended), state.status, legalHolds);
  }
}

/** Two outcomes on one stream, one behind the other, as one. */
const both = (first: Outcome<DomainEvent>, second: Outcome<DomainEvent> | undefined): Outcome<DomainEvent> =>
  second ? { ...second, events: [...first.events, ...second.events], repeated: first.repeated } : first;
