import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Act, tellClaim } from '@tempore/acts';
import { deciderHasStake, type DocketCommand } from '@tempore/dockets';

import { Allow } from '../auth/policy';
import { ApiCommandHeaders, TheAct } from '../commands/act';
import { Commands } from '../commands/commands';
import { WithReason } from '../commands/with-reason.dto';
import { idPipe } from '../problems/id.pipe';
import { QuestionDto, RejectionDto } from './claim.dto';
import { DealAnswer } from './registration-answers';

/** What the vendor decides about a deal. Whoever has a stake in it is refused, and that they tried is kept. */
@ApiTags('Review')
@Controller('v1/deals/:id')
@Allow('channel-manager')
export class ReviewController {
  constructor(private readonly commands: Commands) {}

  @Post('review')
  @HttpCode(200)
  @ApiOperation({ summary: 'Pick the claim up: from here on it is in your review' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  pickUp(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'PickUpReview', data: { dealId: id } });
  }

  @Post('question')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the partner for more: it keeps its place until the deadline' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  ask(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { code, text, fields = [], businessDays }: QuestionDto,
  ): Promise<DealAnswer> {
    return this.tell(act, id, {
      type: 'AskQuestion',
      data: { dealId: id, code, text, fields, businessDays: businessDays ?? null },
    });
  }

  @Post('approval')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve: the right is exclusive from here to the end of the window' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  approve(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'ApproveClaim', data: { dealId: id } });
  }

  @Post('rejection')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reject with a code; the place stays blocked while the partner may contest' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  reject(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { code, reason }: RejectionDto,
  ): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'RejectClaim', data: { dealId: id, code, reason } });
  }

  @Post('amendment/approval')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept an amendment that takes the value over the threshold' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  approveAmendment(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'ApproveAmendment', data: { dealId: id } });
  }

  @Post('amendment/rejection')
  @HttpCode(200)
  @ApiOperation({ summary: 'Turn an amendment down: what was approved stands' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  rejectAmendment(
    @TheAct() act: Act,
    @Param('id', idPipe) id: string,
    @Body() { reason }: WithReason,
  ): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'RejectAmendment', data: { dealId: id, reason } });
  }

  @Post('win/confirmation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm the win: claims that collide with it are superseded' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  confirmWin(@TheAct() act: Act, @Param('id', idPipe) id: string): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'ConfirmWin', data: { dealId: id } });
  }

  @Post('win/refusal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse the win: there is no such order. The claim stands as it stood' })
  @ApiCommandHeaders()
  @ApiOkResponse({ type: DealAnswer })
  refuseWin(@TheAct() act: Act, @Param('id', idPipe) id: string, @Body() { reason }: WithReason): Promise<DealAnswer> {
    return this.tell(act, id, { type: 'RefuseWin', data: { dealId: id, reason } });
  }

  private async tell(act: Act, id: string, command: DocketCommand): Promise<DealAnswer> {
    const answer = new DealAnswer(await this.commands.perform(act, tellClaim, { id, command }));
    // That they tried is on record; to them it is a refusal all the same.
    if (answer.events.some(({ type }) => type === 'decision-refused')) throw deciderHasStake();
    return answer;
  }
}
