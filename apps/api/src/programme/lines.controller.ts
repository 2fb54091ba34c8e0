import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Act, Scope } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';
import { expectLine, type Line, type LineChange, lines, PROGRAMME } from '@tempore/programme';

import { Allow } from '../auth/policy';
import { TheScope } from '../auth/the-scope';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { ProposalAnswer } from '../facts/proposal-answer';
import { toOpenProposals } from '../facts/proposals.dto';
import { idPipe } from '../problems/id.pipe';
import { linePipe } from '../registration/line.pipe';
import { AddLineDto, DescribeLineDto, LineDto, LinesDto } from './lines.dto';

/** The product lines that filings choose from. Changes take two people; a line is closed, never removed. */
@ApiTags('Lines')
@Controller('v1/lines')
@Allow('channel-manager', 'admin')
export class LinesController {
  constructor(
    private readonly commands: Commands,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Get()
  @Allow(
    'partner-user',
    'partner-admin',
    'channel-manager',
    'direct-rep',
    'finance',
    'arbiter',
    'panel-member',
    'auditor',
    'service',
    'admin',
  )
  @ApiOperation({ summary: 'The catalogue of product lines, as it stands in the log' })
  @ApiOkResponse({ type: LinesDto })
  async list(@TheScope() scope: Scope): Promise<LinesDto> {
    const { state, revision } = await this.runner.read(lines, PROGRAMME);
    return {
      revision: revision.toString(),
      lines: [...state.lines.values()].map(toLine),
      proposals: scope === 'everybody' ? toOpenProposals(state.proposals) : null,
    };
  }

  @Get(':line')
  @Allow(
    'partner-user',
    'partner-admin',
    'channel-manager',
    'direct-rep',
    'finance',
    'arbiter',
    'panel-member',
    'auditor',
    'service',
    'admin',
  )
  @ApiOperation({ summary: 'The line that any of its spellings names' })
  @ApiOkResponse({ type: LineDto })
  async find(@Param('line', linePipe) line: string): Promise<LineDto> {
    return toLine(expectLine((await this.runner.read(lines, PROGRAMME)).state, line));
  }

  @Post('proposals/additions')
  @ApiOperation({ summary: 'Propose a line; filings name it when a second person has adopted it' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  add(
    @TheAct() act: Act,
    @Body() { code, name = code, spellings = [], family = null, reason }: AddLineDto,
  ): Promise<ProposalAnswer> {
    return this.propose(act, { of: 'line-added', code, name, spellings, family }, reason);
  }

  @Post(':line/proposals/description')
  @ApiOperation({ summary: 'Propose another name or family of a line, or further spellings; it keeps those it has' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  describe(
    @TheAct() act: Act,
    @Param('line', linePipe) line: string,
    @Body() { name, spellings = [], family = null, reason }: DescribeLineDto,
  ): Promise<ProposalAnswer> {
    return this.propose(act, { of: 'line-described', code: line, name, spellings, family }, reason);
  }

  @Post(':line/proposals/closing')
  @ApiOperation({ summary: 'Propose that a line takes no filings any more; what was filed goes on' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  close(
    @TheAct() act: Act,
    @Param('line', linePipe) line: string,
    @Body() { reason }: WithReason,
  ): Promise<ProposalAnswer> {
    return this.propose(act, { of: 'line-closed', code: line }, reason);
  }

  @Post(':line/proposals/reopening')
  @ApiOperation({ summary: 'Propose that a closed line takes filings again' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: ProposalAnswer })
  reopen(
    @TheAct() act: Act,
    @Param('line', linePipe) line: string,
    @Body() { reason }: WithReason,
  ): Promise<ProposalAnswer> {
    return this.propose(act, { of: 'line-reopened', code: line }, reason);
  }

  @Post('proposals/:proposalId/adoption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Adopt a proposed change of the catalogue, as somebody else than who proposed it' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  adopt(@TheAct() act: Act, @Param('proposalId', idPipe) proposalId: string): Promise<CommandAnswer> {
    return this.commands.run(act, lines, PROGRAMME, { type: 'AdoptLineChange', data: { proposalId } });
  }

  @Post('proposals/:proposalId/withdrawal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a proposed change of the catalogue off the table' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  withdraw(
    @TheAct() act: Act,
    @Param('proposalId', idPipe) proposalId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    return this.commands.run(act, lines, PROGRAMME, { type: 'WithdrawLineChange', data: { proposalId, reason } });
  }

  private async propose(act: Act, change: LineChange, reason: string): Promise<ProposalAnswer> {
    const proposalId = act.newId('proposal');
    const command = { type: 'ProposeLineChange', data: { proposalId, change, reason } } as const;
    return new ProposalAnswer(proposalId, PROGRAMME, await this.commands.execute(act, lines, PROGRAMME, command, {}));
  }
}

const toLine = ({ code, name, spellings, family, open }: Line): LineDto => ({ code, name, spellings, family, open });
