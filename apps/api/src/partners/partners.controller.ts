import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Act, Scope } from '@tempore/acts';
import { type Instant, parseInstant, Refusal } from '@tempore/kernel';
import { partner } from '@tempore/partners';
import { type Database, findPartner, listPartners, type Page, type Partner } from '@tempore/read-models';

import { Allow } from '../auth/policy';
import { TheScope } from '../auth/the-scope';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import {
  AgreeTierDto,
  ApplyDto,
  ApproveDto,
  CorrectPartnerDto,
  EndDto,
  PartnerDto,
  PartnerPageDto,
  PartnersQuery,
  SuspendDto,
} from './partners.dto';
import { ShownEtags } from './shown-etags';

@ApiTags('Partners')
@Controller('v1/partners')
export class PartnersController {
  constructor(
    private readonly commands: Commands,
    private readonly etags: ShownEtags,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Post()
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Apply to join the programme' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  apply(@TheAct() act: Act, @Body() { legalName, country, website }: ApplyDto): Promise<CommandAnswer> {
    const data = { legalName, country, website: website ?? null, source: null };
    return this.commands.run(act, partner, act.newId('partner'), { type: 'ApplyAsPartner', data });
  }

  @Post(':id/approval')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Approve an application: the agreement begins' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  approve(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: ApproveDto): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'ApprovePartner', data });
  }

  @Post(':id/corrections')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Correct the partner’s name or country, from an instant on; what is left out stays' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  correct(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { from, ...data }: CorrectPartnerDto,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'CorrectPartner', data: { ...data, from: since(act, from) } });
  }

  @Post(':id/tier')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Record that another tier was agreed, from an instant on' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  agreeTier(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { tier, from, reason }: AgreeTierDto,
  ): Promise<CommandAnswer> {
    const data = { tier, reason, from: since(act, from) };
    return this.commands.run(act, partner, id, { type: 'AgreePartnerTier', data });
  }

  @Post(':id/suspension')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Suspend a partner' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  suspend(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: SuspendDto): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'SuspendPartner', data });
  }

  @Post(':id/reactivation')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'End a suspension' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  reactivate(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'ReactivatePartner', data: {} });
  }

  @Post(':id/end')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'End the agreement for good' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  end(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() { reason, note }: EndDto): Promise<CommandAnswer> {
    return this.commands.run(act, partner, id, { type: 'EndPartner', data: { reason, note: note ?? null } });
  }

  @Get()
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('partners')
  @ApiOperation({ summary: 'Partners by name; a partner’s own people see their own' })
  @ApiOkResponse({ type: PartnerPageDto })
  async list(
    @TheScope() scope: Scope,
    @Query() { limit, cursor, status, search }: PartnersQuery,
  ): Promise<Page<Partner>> {
    const id = scope === 'everybody' ? undefined : scope.partnerId;
    const { items, next } = await listPartners(this.database, { id, status, search }, { limit, cursor });
    return { items: items.map((found) => this.asShown(scope, found)), next };
  }

  @Get(':id')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('partners')
  @ApiOperation({ summary: 'One partner' })
  @ApiOkResponse({ type: PartnerDto })
  async find(@TheScope() scope: Scope, @Param('id', idPipe) id: string): Promise<Partner> {
    const visible = scope === 'everybody' || scope.partnerId === id;
    const found = visible ? await findPartner(this.database, id) : undefined;
    if (found) return this.asShown(scope, found);
    throw new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
  }

  private asShown(scope: Scope, { revision, ...shown }: Partner): Partner {
    return { ...shown, revision: this.etags.of(scope, revision, shown) };
  }
}

/** The instant that is named, or that of the request. */
const since = ({ meta: { now } }: Act, from: string | undefined): Instant =>
  from === undefined ? now : parseInstant(from);
