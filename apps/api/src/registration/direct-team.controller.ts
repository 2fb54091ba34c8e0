import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Act,
  closeDirectOpportunity,
  closeTender,
  type DocketDone,
  type Doing,
  openDirectOpportunity,
  publishTender,
  recordDirectTouch,
} from '@tempore/acts';

import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { CommandAnswer } from '../commands/command-answer';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { FactAnswer } from '../facts/fact-answer';
import { idPipe } from '../problems/id.pipe';
import { CloseTenderDto, TenderDto, TouchDto } from './claim.dto';
import { linePipe } from './line.pipe';

/** What the vendor's own side puts on a docket, held to the same standard as partners. */
@ApiTags('Dockets')
@Controller('v1/accounts/:id/lines/:line')
@Allow('direct-rep', 'channel-manager', 'admin')
export class DirectTeamController {
  constructor(private readonly commands: Commands) {}

  @Post('direct-opportunities')
  @ApiOperation({ summary: 'Say on the docket that the vendor’s own team pursues this sale' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FactAnswer })
  async open(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) line: string,
    @Body() { reason }: WithReason,
  ): Promise<FactAnswer> {
    const what = { accountId, line, reason };
    const { opportunityId, id, outcome } = await this.commands.perform(act, openDirectOpportunity, what);
    return new FactAnswer(opportunityId, id, outcome);
  }

  @Post('direct-opportunities/:opportunityId/touches')
  @ApiOperation({ summary: 'Record a contact of the vendor’s own team; it counts from when it is recorded' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  recordTouch(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) line: string,
    @Param('opportunityId', idPipe) opportunityId: string,
    @Body() dto: TouchDto,
  ): Promise<CommandAnswer> {
    return this.done(act, recordDirectTouch, { accountId, line, opportunityId, said: dto });
  }

  @Post('direct-opportunities/:opportunityId/closing')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that the vendor’s own team pursues the sale no more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  close(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) line: string,
    @Param('opportunityId', idPipe) opportunityId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    return this.done(act, closeDirectOpportunity, { accountId, line, opportunityId, reason });
  }

  @Post('tenders')
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Record that the customer asks for bids in public' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  publishTender(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) line: string,
    @Body() { reference, publishedAt, reason }: TenderDto,
  ): Promise<CommandAnswer> {
    return this.done(act, publishTender, { accountId, line, reference, publishedAt, reason });
  }

  @Post('tenders/closing')
  @HttpCode(200)
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Record that a tender stands in nobody’s way any more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  closeTender(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) line: string,
    @Body() { reference, reason }: CloseTenderDto,
  ): Promise<CommandAnswer> {
    return this.done(act, closeTender, { accountId, line, reference, reason });
  }

  private async done<What>(act: Act, doing: Doing<What, DocketDone>, what: What): Promise<CommandAnswer> {
    const { id, outcome } = await this.commands.perform(act, doing, what);
    return new CommandAnswer(id, outcome);
  }
}
