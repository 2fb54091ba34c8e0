import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Act, Principal } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { Refusal } from '@tempore/kernel';
import { notice } from '@tempore/notices';
import { roles } from '@tempore/principals';
import { type Database, findNotice, listNotices } from '@tempore/read-models';

import { Allow } from '../auth/policy';
import { AlsoWhile } from '../auth/standing-guard';
import { ThePrincipal } from '../auth/the-principal';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { addresseesOf } from './addressees';
import { InboxQuery, NoticeDto, NoticePageDto, toNoticeDto } from './inbox.dto';

/** What somebody was told: themselves, the partner they act for, or everybody who holds a role of theirs. */
@ApiTags('Inbox')
@Controller('v1/inbox')
@Allow(...roles)
export class InboxController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  @Get()
  @Reads('notices')
  @ApiOperation({ summary: 'Notices to the caller, newest first' })
  @ApiOkResponse({ type: NoticePageDto })
  async list(
    @ThePrincipal() principal: Principal,
    @Query() { limit, cursor, unread }: InboxQuery,
  ): Promise<NoticePageDto> {
    const filter = { addressees: addresseesOf(principal), unread };
    const { items, next } = await listNotices(this.database, filter, { limit, cursor });
    return { items: items.map(toNoticeDto), next };
  }

  @Get(':id')
  @Reads('notices')
  @ApiOperation({ summary: 'One notice' })
  @ApiOkResponse({ type: NoticeDto })
  async find(@ThePrincipal() principal: Principal, @Param('id', idPipe) id: string): Promise<NoticeDto> {
    const found = await findNotice(this.database, id, addresseesOf(principal));
    if (!found) throw notFound();
    return toNoticeDto(found);
  }

  @Post(':id/acknowledgement')
  @AlsoWhile('applied', 'suspended', 'ended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a notice was seen, for everybody it is addressed to' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async acknowledge(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<CommandAnswer> {
    const { state } = await this.runner.read(notice, id);
    if (state.status === 'none') throw notFound();
    const { addressee } = state.notice;
    if (!addresseesOf(act.principal).some((mine) => mine.kind === addressee.kind && mine.id === addressee.id))
      throw notFound();
    return this.commands.run(act, notice, id, { type: 'AcknowledgeNotice', data: {} });
  }
}

const notFound = (): Refusal => new Refusal('NOTICE_NOT_FOUND', 'not-found', 'There is no such notice in this inbox.');
