import { Body, Controller, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Act,
  amendDeal,
  claimOutcome,
  type DealDone,
  discardDeal,
  type Doing,
  draftDeal,
  handInDocument,
  type Principal,
  recordTouch,
  rehearseDeal,
  reportStage,
  reviseDeal,
  submitDeal,
  tellClaim,
} from '@tempore/acts';
import { Refusal } from '@tempore/kernel';
import type { FastifyReply } from 'fastify';

import { Allow } from '../auth/policy';
import { AlsoWhile } from '../auth/standing-guard';
import { ApiCommandHeaders, DECIDED_ANEW, TheAct } from '../commands/act';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { LimitedAs } from '../limits/rate-guard';
import { idPipe } from '../problems/id.pipe';
import { FirstTouchDocumentDto, OutcomeDto, StageDto, TouchDto } from './claim.dto';
import { DealContentDto } from './deal-content.dto';
import { DealAnswer, FilingAnswer, RehearsalAnswer } from './registration-answers';
import { SubmissionQuery } from './registration.dto';

/** What a partner says and does about its own deals. */
@ApiTags('Deals')
@Controller('v1/deals')
@Allow('partner-user', 'partner-admin')
export class DealsOfPartnerController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @ApiOperation({ summary: 'Draft a deal: it holds no place, and nobody else sees it' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: DealAnswer })
  draft(@TheAct() act: Act, @Body() data: DealContentDto): Promise<DealAnswer> {
    return this.done(act, draftDeal, { partnerId: partnerOf(act.principal), said: data });
  }

  @Post(':id/revisions')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say something of a draft anew: what is left out stays as it was' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  revise(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: DealContentDto): Promise<DealAnswer> {
    return this.done(act, reviseDeal, { id, said: data });
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a draft up: it stands in no list any more' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  discard(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.done(act, discardDeal, { id });
  }

  // A rehearsal tells what an availability check tells, so it counts as one.
  @Post(':id/submission')
  @LimitedAs('availability checks', ({ query }) => (query as { dryRun?: unknown }).dryRun === 'true')
  @ApiOperation({
    summary:
      'File the deal: the answer is its place. Every missing field, or every code against it, comes in one refusal',
    description: DECIDED_ANEW,
  })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: FilingAnswer })
  @ApiOkResponse({ type: RehearsalAnswer, description: 'With `dryRun=true`: what submitting would bring' })
  async submit(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Query() { dryRun = false }: SubmissionQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FilingAnswer | RehearsalAnswer> {
    if (!dryRun) return new FilingAnswer(await this.commands.perform(act, submitDeal, { id }));
    void reply.status(200);
    return new RehearsalAnswer(id, await this.commands.perform(act, rehearseDeal, { id }));
  }

  @Post(':id/amendments')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change what may change of a filed deal, or add contacts and evidence' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  amend(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: DealContentDto): Promise<DealAnswer> {
    return this.done(act, amendDeal, { id, said: data, inAnswer: false });
  }

  @Post(':id/answer')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer what the reviewer asked, by what you change or add' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  answer(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: DealContentDto): Promise<DealAnswer> {
    return this.done(act, amendDeal, { id, said: data, inAnswer: true });
  }

  @Post(':id/first-touch-document')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hand in what shows the first touch, where it did not come with the filing' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  handIn(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { documentId }: FirstTouchDocumentDto,
  ): Promise<DealAnswer> {
    return this.done(act, handInDocument, { id, documentId });
  }

  @Post(':id/touches')
  @ApiOperation({ summary: 'Record a contact with the customer; two-way, named and evidenced it is progress' })
  @ApiCommandHeaders()
  @ApiCreatedResponse({ type: DealAnswer })
  recordTouch(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: TouchDto): Promise<DealAnswer> {
    return this.done(act, recordTouch, { id, said: data });
  }

  @Post(':id/stage')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say how far the sale has come' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  reportStage(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() { stage }: StageDto): Promise<DealAnswer> {
    return this.done(act, reportStage, { id, stage });
  }

  @Post(':id/outcome')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that the sale was won, for the vendor to confirm, or lost' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  claimOutcome(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() data: OutcomeDto): Promise<DealAnswer> {
    return this.done(act, claimOutcome, { id, said: data });
  }

  @Post(':id/reconfirmation')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take the place that was offered' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  reconfirm(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.done(act, tellClaim, { id, command: { type: 'ReconfirmClaim', data: { dealId: id } } });
  }

  @Post(':id/interest')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that you still want the place for which you wait: the time in line begins anew' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  confirmInterest(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.done(act, tellClaim, { id, command: { type: 'ConfirmInterest', data: { dealId: id } } });
  }

  @Post(':id/refusal')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Decline the place that was offered: the deal ends' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  decline(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() { reason }: WithReason): Promise<DealAnswer> {
    return this.done(act, tellClaim, { id, command: { type: 'DeclineOffer', data: { dealId: id, reason } } });
  }

  @Post(':id/withdrawal')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the claim up before it is decided; it may be filed anew at once' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  withdraw(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() { reason }: WithReason): Promise<DealAnswer> {
    return this.done(act, tellClaim, { id, command: { type: 'WithdrawClaim', data: { dealId: id, reason } } });
  }

  @Post(':id/release')
  @AlsoWhile('suspended')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the protection back before its window ends' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  release(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() { reason }: WithReason): Promise<DealAnswer> {
    return this.done(act, tellClaim, { id, command: { type: 'ReleaseClaim', data: { dealId: id, reason } } });
  }

  private async done<What>(act: Act, doing: Doing<What, DealDone>, what: What): Promise<DealAnswer> {
    return new DealAnswer(await this.commands.perform(act, doing, what));
  }
}

export const partnerOf = (principal: Principal): string => {
  if (principal.side === 'partner') return principal.partnerId;
  throw new Refusal('FORBIDDEN', 'forbidden', 'The token names no partner that it acts for.');
};
