import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, docketOf, loadDocketContext, readLine } from '@tempore/acts';
import { docket, type DocketCommand, type DocketContext, type DocketEvent, type DocketState } from '@tempore/dockets';
import { CommandRunner, type Outcome } from '@tempore/event-store';
import { parseInstant } from '@tempore/kernel';
import type { Line } from '@tempore/programme';

import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { FactAnswer } from '../facts/fact-answer';
import { PersonalData } from '../people/personal-data';
import { idPipe } from '../problems/id.pipe';
import { ClaimActs } from './claim-acts';
import { CloseTenderDto, TenderDto, TouchDto } from './claim.dto';
import { linePipe } from './line.pipe';

/** What the vendor's own side puts on a docket, held to the same standard as partners. */
@ApiTags('Dockets')
@Controller('v1/accounts/:id/lines/:line')
@Allow('direct-rep', 'channel-manager', 'admin')
export class DirectTeamController {
  constructor(
    private readonly commands: Commands,
    private readonly claims: ClaimActs,
    private readonly personalData: PersonalData,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Post('direct-opportunities')
  @ApiOperation({ summary: 'Say on the docket that the vendor’s own team pursues this sale' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async open(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) spelling: string,
    @Body() { reason }: WithReason,
  ): Promise<FactAnswer> {
    const line = await readLine(this.runner, spelling);
    const opportunityId = act.newId('direct-opportunity');
    const data = { accountId, productLine: line.code, opportunityId, reason };
    const { id, outcome } = await this.tell(act, accountId, line, { type: 'OpenDirectOpportunity', data });
    return new FactAnswer(opportunityId, id, outcome);
  }

  @Post('direct-opportunities/:opportunityId/touches')
  @ApiOperation({ summary: 'Record a contact of the vendor’s own team; it counts from when it is recorded' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  async recordTouch(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) spelling: string,
    @Param('opportunityId', idPipe) opportunityId: string,
    @Body() dto: TouchDto,
  ): Promise<CommandAnswer> {
    const touch = await this.claims.touchOf(act, dto);
    const command = { type: 'RecordDirectTouch', data: { opportunityId, touch } } as const;
    const line = await readLine(this.runner, spelling);
    return this.answer(this.personalData.withoutPlain(act, touch), accountId, line, command);
  }

  @Post('direct-opportunities/:opportunityId/closing')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that the vendor’s own team pursues the sale no more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async close(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) spelling: string,
    @Param('opportunityId', idPipe) opportunityId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    const command = { type: 'CloseDirectOpportunity', data: { opportunityId, reason } } as const;
    return this.answer(act, accountId, await readLine(this.runner, spelling), command);
  }

  @Post('tenders')
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Record that the customer asks for bids in public' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  async publishTender(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) spelling: string,
    @Body() { reference, publishedAt, reason }: TenderDto,
  ): Promise<CommandAnswer> {
    const line = await readLine(this.runner, spelling);
    const data = { accountId, productLine: line.code, reference, publishedAt: parseInstant(publishedAt), reason };
    return this.answer(act, accountId, line, { type: 'PublishTender', data });
  }

  @Post('tenders/closing')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Record that a tender stands in nobody’s way any more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  async closeTender(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) spelling: string,
    @Body() { reference, reason }: CloseTenderDto,
  ): Promise<CommandAnswer> {
    const line = await readLine(this.runner, spelling);
    return this.answer(act, accountId, line, { type: 'CloseTender', data: { reference, reason } });
  }

  private async answer(act: Act, accountId: string, line: Line, command: DocketCommand): Promise<CommandAnswer> {
    const { id, outcome } = await this.tell(act, accountId, line, command);
    return new CommandAnswer(id, outcome);
  }

  private async tell(
    act: Act,
    accountId: string,
    line: Line,
    command: DocketCommand,
  ): Promise<{ readonly id: string; readonly outcome: Outcome<DocketEvent> }> {
    const actor = { id: act.principal.id, partnerId: null };
    const id = await docketOf(this.runner, accountId, line);
    const { claims } = (await this.runner.read(docket, id)).state;
    const about = { accountId, productLine: line.code, partnerId: null, actor, beside: claims };
    const context = await loadDocketContext(this.runner, about, act.meta.now);
    const outcome = await this.commands.execute<DocketState, DocketCommand, DocketEvent, DocketContext>(
      act,
      docket,
      id,
      command,
      context,
    );
    return { id, outcome };
  }
}
