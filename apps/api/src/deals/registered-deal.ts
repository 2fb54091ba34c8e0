import { Inject, Injectable } from '@nestjs/common';
import { loadRights, type Means, type Principal, type RegisteredDeal } from '@tempore/acts';
import { contentHash, HASH_VERSION, hashVersionOf, lastOf, lawfulBasisOf } from '@tempore/deals';
import { docket, rightsOf, standingOf } from '@tempore/dockets';
import { CommandRunner } from '@tempore/event-store';
import type { SealedPerson } from '@tempore/people';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { MEANS } from '../commands/perform.command';
import { PersonalData } from '../people/personal-data';
import { type RegistrationDto, toRightDto } from './deal-detail.dto';

/** The roles that decide about a deal, and so see who was named in it; a partner sees whom it named itself. */
const SEES_PEOPLE: ReadonlySet<string> = new Set(['channel-manager', 'arbiter']);

const NOTHING_SHOWN = { name: null, email: null, phone: null, position: null };

/** A registered deal as the log has it at this moment: what is due is settled in the answer, timer or no timer. */
@Injectable()
export class RegisteredDeals {
  constructor(
    private readonly personalData: PersonalData,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(MEANS) private readonly means: Pick<Means, 'dealTags'>,
  ) {}

  async show(principal: Principal, { id, state, revision }: RegisteredDeal) {
    const now = this.clock();
    const onDocket =
      state.status === 'draft' ? docket.initialState : (await this.runner.read(docket, state.docketId)).state;
    const claim = onDocket.claims.find(({ dealId }) => dealId === id);
    const { content } = lastOf(state.statements);
    const { contacts, firstTouch, ...rest } = content;
    const isOwn = principal.side === 'partner' && principal.partnerId === state.partnerId;
    const mayRead = isOwn || principal.roles.some((role) => SEES_PEOPLE.has(role));
    const show = (person: SealedPerson) => this.person(principal, person, mayRead);
    const { counterpart, ...touch } = firstTouch;
    const shownContacts = await Promise.all(
      contacts.map(async (contact) => ({
        ...(await show(contact.person)),
        basis: lawfulBasisOf(contact),
        consentedOn: contact.consentedOn,
      })),
    );
    const shownCounterpart = counterpart && (await show(counterpart));
    const people = [...shownContacts, ...(shownCounterpart ? [shownCounterpart] : [])];
    const forgotten = new Set(people.filter(({ erased }) => erased).map(({ personId }) => personId));
    const rights = await loadRights(this.runner, principal, { id, state, docket: onDocket }, forgotten, now);
    const { amend, question } = rightsOf(onDocket, id, now);
    const registration: RegistrationDto = {
      standing: standingOf(onDocket, id, now),
      content: { ...rest, firstTouch: touch },
      contacts: shownContacts,
      counterpart: shownCounterpart,
      firstTouchDocument: claim?.document ?? content.firstTouch.document,
      contentHash: contentHash(content, claim ? hashVersionOf(claim.content) : HASH_VERSION),
      rights: { acts: rights.map(toRightDto), amendable: amend, question },
    };
    return { registration, etag: this.means.dealTags.of(principal, revision, claim) };
  }

  private async person(reader: Principal, { personId, fields }: SealedPerson, mayRead: boolean) {
    if (!mayRead) return { personId, ...NOTHING_SHOWN, erased: false };
    const plain = await this.personalData.read(reader, { personId, fields });
    return plain === 'erased'
      ? { personId, ...NOTHING_SHOWN, erased: true }
      : { personId, ...NOTHING_SHOWN, ...plain, erased: false };
  }
}
