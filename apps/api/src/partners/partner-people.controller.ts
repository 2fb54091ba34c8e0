import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, addPartnerPerson, readLine, type Scope } from '@tempore/acts';
import { CommandRunner, type Revision } from '@tempore/event-store';
import { parseInstant, Refusal } from '@tempore/kernel';
import { certificatesAt, certifiedPeople, partner } from '@tempore/partners';

import { lineNamed, lines, PROGRAMME, spellingOf } from '@tempore/programme';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { Allow } from '../auth/policy';
import { AlsoWhile } from '../auth/standing-guard';
import { TheScope } from '../auth/the-scope';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { FactAnswer } from '../facts/fact-answer';
import { idPipe } from '../problems/id.pipe';
import { AddPartnerPersonDto, PartnerPeopleDto, RecordCertificateDto } from './partner-people.dto';
import { ShownEtags } from './shown-etags';

/** Who works for a partner, and what they are certified for. Names and addresses go in, and are read at `/v1/people`. */
@ApiTags('Partners')
@Controller('v1/partners/:id')
@Allow('channel-manager', 'service', 'admin')
export class PartnerPeopleController {
  constructor(
    private readonly commands: Commands,
    private readonly etags: ShownEtags,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('people')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'The partner’s people, their certificates, and how many count, as it stands in the log' })
  @ApiOkResponse({ type: PartnerPeopleDto })
  async people(@TheScope() scope: Scope, @Param('id', idPipe) id: string): Promise<PartnerPeopleDto> {
    expectOwn(scope, id);
    const { shown, revision } = await this.shown(id);
    return { ...shown, revision: this.etags.of(scope, revision, shown) };
  }

  private async shown(id: string): Promise<{ shown: Omit<PartnerPeopleDto, 'revision'>; revision: Revision }> {
    const { state, revision } = await this.runner.read(partner, id);
    if (state.status === 'none') throw notFound();
    const now = this.clock();
    const counting = certificatesAt(state.people, now);
    const catalogue = (await this.runner.read(lines, PROGRAMME)).state;
    const certifiedFor = counting.map(({ productLine }) => lineNamed(catalogue, productLine)?.code ?? productLine);
    const shown = {
      id,
      people: [...state.people.people].map(([personId, { from, until, address, confirmed }]) => ({
        personId,
        from,
        until,
        address: address === null ? ('none' as const) : confirmed ? ('confirmed' as const) : ('unconfirmed' as const),
      })),
      certificates: [...state.people.certificates.values()].map(({ certificate, revoked }) => ({
        ...certificate,
        counts: counting.includes(certificate),
        revoked,
      })),
      certified: [...new Set(certifiedFor)].sort().map((productLine) => ({
        productLine,
        people: certifiedPeople(state.people, spellingOf(catalogue, productLine), now),
      })),
    };
    return { shown, revision };
  }

  /** Who insists on nothing needs no look. */
  private async insisting(act: Act, scope: Scope, id: string): Promise<Act> {
    if (act.ifMatch === undefined) return act;
    const { shown, revision } = await this.shown(id);
    return this.etags.insisting(act, scope, revision, shown);
  }

  @Post('people')
  @AlsoWhile('applied', 'suspended')
  @Allow('partner-admin', 'channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Record that somebody works for the partner; its administrators record their own' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async add(
    @TheScope() scope: Scope,
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { personId: known, name, email }: AddPartnerPersonDto,
  ): Promise<FactAnswer> {
    expectOwn(scope, id);
    const what = { partnerId: id, personId: known, name, email };
    const insisting = await this.insisting(act, scope, id);
    const { personId, outcome } = await this.commands.perform(insisting, addPartnerPerson, what);
    return new FactAnswer(personId, id, outcome);
  }

  @Post('people/:personId/departure')
  @AlsoWhile('applied', 'suspended')
  @HttpCode(200)
  @Allow('partner-admin', 'channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Record that somebody works for the partner no more: their certificates stop counting' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async remove(
    @TheScope() scope: Scope,
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('personId', idPipe) personId: string,
  ): Promise<CommandAnswer> {
    expectOwn(scope, id);
    const insisting = await this.insisting(act, scope, id);
    return this.commands.run(insisting, partner, id, { type: 'RemovePartnerPerson', data: { personId } });
  }

  @Post('people/:personId/invitations')
  @HttpCode(200)
  @Allow('partner-admin', 'channel-manager', 'service', 'admin')
  @ApiOperation({ summary: 'Ask somebody once more to confirm their address: at most once a day, by mail' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  invite(
    @TheScope() scope: Scope,
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('personId', idPipe) personId: string,
  ): Promise<CommandAnswer> {
    expectOwn(scope, id);
    return this.commands.run(act, partner, id, { type: 'InvitePartnerPerson', data: { personId } });
  }

  @Post('certificates')
  @ApiOperation({ summary: 'Record a certificate of one of the partner’s people' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async recordCertificate(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { personId, productLine, validFrom, validUntil }: RecordCertificateDto,
  ): Promise<FactAnswer> {
    const line = await readLine(this.runner, productLine);
    const certificateId = act.newId('certificate');
    const command = {
      type: 'RecordCertificate',
      data: {
        certificateId,
        personId,
        productLine: line.code,
        validFrom: parseInstant(validFrom),
        validUntil: parseInstant(validUntil),
      },
    } as const;
    return new FactAnswer(certificateId, id, await this.commands.execute(act, partner, id, command, {}));
  }

  @Post('certificates/:certificateId/revocation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a certificate back: it stops counting now' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  revokeCertificate(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Param('certificateId', idPipe) certificateId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'RevokeCertificate', data: { certificateId, reason } });
  }
}

const expectOwn = (scope: Scope, id: string): void => {
  if (scope !== 'everybody' && scope.partnerId !== id) throw notFound();
};

const notFound = (): Refusal => new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
