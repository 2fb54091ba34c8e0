import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Scope } from '@tempore/acts';
import { monthsBefore, parseDay, Refusal, startOfDay } from '@tempore/kernel';
import { type Database, findPartner, type PipelineTotal, pipelineTotals, wonRevenue } from '@tempore/read-models';

import { CLOCK, type Clock } from '../../../composition/src/clock';
import { Allow } from '../auth/policy';
import { TheScope } from '../auth/the-scope';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { PipelineTotalDto, RevenueDto, RevenueQuery } from './partner-results.dto';

const REVENUE_MONTHS = 12;

@ApiTags('Partners')
@Controller('v1/partners/:id')
export class PartnerResultsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('pipeline')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'auditor', 'service', 'admin')
  @Reads('deals', 'claims', 'partners')
  @ApiOperation({ summary: 'How many deals stand at each stage, and what they add up to, by currency' })
  @ApiOkResponse({ type: [PipelineTotalDto] })
  async pipeline(@TheScope() scope: Scope, @Param('id', idPipe) partnerId: string): Promise<readonly PipelineTotal[]> {
    await this.expectVisible(scope, partnerId);
    return pipelineTotals(this.database, { partnerId, drafts: scope !== 'everybody' });
  }

  @Get('revenue')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'auditor', 'service', 'admin')
  @Reads('deals', 'claims', 'partners')
  @ApiOperation({ summary: 'Won value of the trailing twelve months, by currency' })
  @ApiOkResponse({ type: RevenueDto })
  async revenue(
    @TheScope() scope: Scope,
    @Param('id', idPipe) partnerId: string,
    @Query() { on }: RevenueQuery,
  ): Promise<RevenueDto> {
    await this.expectVisible(scope, partnerId);
    const through = parseDay(on ?? this.clock().slice(0, 10));
    const after = monthsBefore(startOfDay(through), REVENUE_MONTHS).slice(0, 10);
    const totals = await wonRevenue(this.database, partnerId, { after, through });
    return { after, through, totals: totals.flatMap(({ value }) => (value ? [value] : [])) };
  }

  private async expectVisible(scope: Scope, partnerId: string): Promise<void> {
    const own = scope === 'everybody' || scope.partnerId === partnerId;
    if (own && (await findPartner(this.database, partnerId))) return;
    throw new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
  }
}
