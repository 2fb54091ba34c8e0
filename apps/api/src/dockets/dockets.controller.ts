import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { docketOf, readLine, type Scope } from '@tempore/acts';
import { docket, type DocketState, settledAt, standingOf } from '@tempore/dockets';
import { CommandRunner } from '@tempore/event-store';
import { Refusal } from '@tempore/kernel';
import { type Claim, type Database, listClaims, listTimers, type Page, type Timer } from '@tempore/read-models';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { Allow } from '../auth/policy';
import { TheScope } from '../auth/the-scope';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { PageQuery } from '../reading/page.dto';
import { Reads } from '../reading/reads';
import { DocketDto, DocketQuery, ReviewPageDto, ReviewsQuery, TimerPageDto } from './dockets.dto';

/** Who stands where on a customer's line, what waits for a decision, and what happens next by itself. */
@ApiTags('Dockets')
@Controller('v1')
export class DocketsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('dockets/:id')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'arbiter', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'A docket as it stands in the log, in order of rank; a partner sees its own claims' })
  @ApiOkResponse({ type: DocketDto })
  docket(@TheScope() scope: Scope, @Param('id', idPipe) id: string): Promise<DocketDto> {
    return this.show(scope, id);
  }

  @Get('dockets')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'arbiter', 'auditor', 'service', 'admin')
  @ApiOperation({ summary: 'The docket of a customer’s product line' })
  @ApiOkResponse({ type: DocketDto })
  async docketOf(@TheScope() scope: Scope, @Query() { accountId, productLine }: DocketQuery): Promise<DocketDto> {
    const line = await readLine(this.runner, productLine);
    return this.show(scope, await docketOf(this.runner, accountId, line));
  }

  @Get('reviews')
  @Allow('channel-manager', 'auditor', 'admin')
  @Reads('claims', 'sequence')
  @ApiOperation({
    summary:
      'The review queue: claims, amendments and wins that wait for the vendor; aligned partners first, then the nearest deadline, then the earliest filing',
  })
  @ApiOkResponse({ type: ReviewPageDto })
  reviews(@Query() { limit, cursor, ...filter }: ReviewsQuery): Promise<Page<Claim>> {
    return listClaims(this.database, { turn: 'vendor', ...filter }, { limit, cursor });
  }

  @Get('timers')
  @Allow('channel-manager', 'auditor', 'service', 'admin')
  @Reads('claims')
  @ApiOperation({ summary: 'The dockets on which something happens by itself, the earliest first' })
  @ApiOkResponse({ type: TimerPageDto })
  timers(@Query() { limit, cursor }: PageQuery): Promise<Page<Timer>> {
    return listTimers(this.database, { limit, cursor });
  }

  private async show(scope: Scope, id: string): Promise<DocketDto> {
    const now = this.clock();
    const { state } = await this.runner.read(docket, id);
    const { subject, claims, touches, opportunities, tenders } = settledAt(state, now);
    const isVendor = scope === 'everybody';
    const shown = claims.filter(({ partnerId }) => isVendor || partnerId === scope.partnerId);
    if (!subject || (!isVendor && shown.length === 0))
      throw new Refusal('DOCKET_NOT_FOUND', 'not-found', 'There is no such docket.');
    return {
      id,
      ...subject,
      claims: shown.flatMap((claim) => {
        const { dealId, partnerId, site, round, filedAt, value } = claim;
        const amendedValue = claim.state.status === 'approved' ? (claim.state.amendment?.value ?? null) : null;
        const standing = standingOf(state, dealId, now);
        // A later round tells that somebody won the one before.
        const shownRound = isVendor ? round : null;
        return standing ? [{ dealId, partnerId, site, round: shownRound, filedAt, value, amendedValue, standing }] : [];
      }),
      touches: touches.filter(({ dealId }) => shown.some((claim) => claim.dealId === dealId)).map(toTouch),
      opportunities: isVendor ? opportunities.map(toOpportunity) : null,
      tenders: tenders.map(({ reference, publishedAt, closed }) => ({ reference, publishedAt, open: closed === null })),
    };
  }
}

const toTouch = ({ dealId, touch }: DocketState['touches'][number]) => {
  const { touchId, kind, direction, happenedAt, counterpart, evidence } = touch;
  const documents = evidence.map(({ documentId }) => documentId);
  return {
    dealId,
    touchId,
    kind,
    direction,
    happenedAt,
    counterpartId: counterpart?.personId ?? null,
    evidence: documents,
  };
};

const toOpportunity = ({ opportunityId, reason, closed, touches }: DocketState['opportunities'][number]) => ({
  opportunityId,
  reason,
  open: closed === null,
  touches: touches.length,
});
