import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  docket,
  type DocketCommand,
  type DocketContext,
  type DocketEvent,
  docketId,
  type DocketState,
} from '@tempore/dockets';
import { CommandRunner, type Outcome } from '@tempore/event-store';
import { parseInstant } from '@tempore/kernel';

import { loadDocketContext } from '../../../composition/src/docket-context';
import { Allow } from '../auth/policy';
import { type Act, ApiCommandHeaders, TheAct } from '../commands/act';
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
    @Param('line', linePipe) productLine: string,
    @Body() { reason }: WithReason,
  ): Promise<FactAnswer> {
    const opportunityId = act.newId('direct-opportunity');
    const data = { accountId, productLine, opportunityId, reason };
    const outcome = await this.tell(act, accountId, productLine, { type: 'OpenDirectOpportunity', data });
    return new FactAnswer(opportunityId, docketId(accountId, productLine), outcome);
  }

  @Post('direct-opportunities/:opportunityId/touches')
  @ApiOperation({ summary: 'Record a contact of the vendor’s own team; it counts from when it is recorded' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  async recordTouch(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) productLine: string,
    @Param('opportunityId', idPipe) opportunityId: string,
    @Body() dto: TouchDto,
  ): Promise<CommandAnswer> {
    const touch = await this.claims.touchOf(act, dto);
    const command = { type: 'RecordDirectTouch', data: { opportunityId, touch } } as const;
    return this.answer(this.personalData.withoutPlain(act, touch), accountId, productLine, command);
  }

  @Post('direct-opportunities/:opportunityId/closing')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that the vendor’s own team pursues the sale no more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: CommandAnswer })
  close(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) productLine: string,
    @Param('opportunityId', idPipe) opportunityId: string,
    @Body() { reason }: WithReason,
  ): Promise<CommandAnswer> {
    const command = { type: 'CloseDirectOpportunity', data: { opportunityId, reason } } as const;
    return this.answer(act, accountId, productLine, command);
  }

  @Post('tenders')
  @Allow('channel-manager', 'admin')
  @ApiOperation({ summary: 'Record that the customer asks for bids in public' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: CommandAnswer })
  publishTender(
    @TheAct() act: Act,
    @Param('id', idPipe) accountId: string,
    @Param('line', linePipe) productLine: string,
    @Body() { reference, publishedAt, reason }: TenderDto,
  ): Promise<CommandAnswer> {
    const data = { accountId, productLine, reference, publishedAt: parseInstant(publishedAt), reason };
    return this.answer(act, accountId, productLine, { type: 'PublishTender', data });
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
    @Param('line', linePipe) productLine: string,
    @Body() { reference, reason }: CloseTenderDto,
  ): Promise<CommandAnswer> {
    return this.answer(act, accountId, productLine, { type: 'CloseTender', data: { reference, reason } });
  }

  private async answer(act: Act, accountId: string, line: string, command: DocketCommand): Promise<CommandAnswer> {
    return new CommandAnswer(docketId(accountId, line), await this.tell(act, accountId, line, command));
  }

  private async tell(
    act: Act,
    accountId: string,
    productLine: string,
    command: DocketCommand,
  ): Promise<Outcome<DocketEvent>> {
    const actor = { id: act.principal.id, partnerId: null };
    const about = { accountId, productLine, partnerId: null, actor };
    const context = await loadDocketContext(this.runner, about, act.meta.now);
    const id = docketId(accountId, productLine);
    return this.commands.execute<DocketState, DocketCommand, DocketEvent, DocketContext>(
      act,
      docket,
      id,
      command,
      context,
    );
  }
}
