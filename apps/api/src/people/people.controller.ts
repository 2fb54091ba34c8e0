import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, type Principal, type Scope, tellPerson } from '@tempore/acts';
import { parseInstant, Refusal } from '@tempore/kernel';
import type { PersonCommand } from '@tempore/people';
import { type Database, findPerson, isHandedIn, type KnownPerson } from '@tempore/read-models';

import { Allow } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { TheScope } from '../auth/the-scope';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { Commands } from '../commands/commands';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { PersonalData } from './personal-data';
import { PersonAnswer, PersonDto, PlaceLegalHoldDto, ReasonDto } from './people.dto';

@ApiTags('People')
@Controller('v1/people')
export class PeopleController {
  constructor(
    private readonly commands: Commands,
    private readonly personalData: PersonalData,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get(':id')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'arbiter', 'admin')
  @Reads('people', 'handed_in')
  @ApiOperation({ summary: 'What is kept of a person, readable; a partner’s own people see whom they entered' })
  @ApiOkResponse({ type: PersonDto })
  async find(
    @TheScope() scope: Scope,
    @ThePrincipal() principal: Principal,
    @Param('id', idPipe) id: string,
  ): Promise<PersonDto> {
    const person = await findPerson(this.database, id);
    if (!person || !(await this.isOpenTo(scope, person)))
      throw new Refusal('PERSON_NOT_FOUND', 'not-found', 'There is no such person.');
    const plain = person.fields
      ? await this.personalData.read(principal, { personId: id, fields: person.fields })
      : 'erased';
    const { name = null, email = null, phone = null, position = null } = plain === 'erased' ? {} : plain;
    const { erasureRequestedAt, erasedAt } = person;
    return {
      id,
      status: plain === 'erased' ? 'erased' : 'kept',
      name,
      email,
      phone,
      position,
      erasureRequestedAt,
      erasedAt,
      legalHolds: holdsFor(scope, person),
    };
  }

  /** A partner sees whom it entered; the vendor's people do once it has handed that in. */
  private async isOpenTo(scope: Scope, { id, partnerId }: KnownPerson): Promise<boolean> {
    if (scope !== 'everybody') return scope.partnerId === partnerId;
    return partnerId === null || isHandedIn(this.database, id);
  }

  @Post(':id/erasure')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Forget a person: at once, or as soon as no legal hold stands any more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: PersonAnswer })
  erase(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: ReasonDto): Promise<PersonAnswer> {
    return this.tell(act, id, { type: 'RequestErasure', data });
  }

  @Post(':id/legal-holds')
  @Allow('arbiter', 'admin')
  @ApiOperation({ summary: 'Keep a person’s data from being erased, for a reason that is recorded' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: PersonAnswer })
  hold(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { reason, until }: PlaceLegalHoldDto,
  ): Promise<PersonAnswer> {
    const data = { holdId: act.newId('legal-hold'), reason, until: until === undefined ? null : parseInstant(until) };
    return this.tell(act, id, { type: 'PlaceLegalHold', data });
  }

  @Post(':id/legal-holds/:holdId/lift')
  @HttpCode(200)
  @Allow('arbiter', 'admin')
  @ApiOperation({ summary: 'Lift a legal hold; an erasure that waits for the last one follows at once' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: PersonAnswer })
  lift(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('holdId', idPipe) holdId: string,
    @Body() { reason }: ReasonDto,
  ): Promise<PersonAnswer> {
    return this.tell(act, id, { type: 'LiftLegalHold', data: { holdId, reason } });
  }

  private async tell(act: Act, personId: string, command: PersonCommand): Promise<PersonAnswer> {
    return new PersonAnswer(personId, await this.commands.perform(act, tellPerson, { personId, command }));
  }
}

/** Why data is held may tell of a case in which a partner has no part. */
const holdsFor = (scope: Scope, { holds }: KnownPerson): PersonDto['legalHolds'] =>
  scope === 'everybody' ? holds : null;
