import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@tempore/acts';
import { type Database, listWork, type Page, type WorkItem } from '@tempore/read-models';

import { Allow } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { DATABASE } from '../reading/database';
import { PageQuery } from '../reading/page.dto';
import { Reads } from '../reading/reads';
import { WorkPageDto } from './work.dto';

/** What waits for the caller: as one of a partner's people, or as a channel manager. */
@ApiTags('Work')
@Controller('v1/work')
@Allow('partner-user', 'partner-admin', 'channel-manager')
@Reads('claims', 'proposals', 'notices')
export class WorkController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: 'What waits for the caller, the nearest deadline first' })
  @ApiOkResponse({ type: WorkPageDto })
  list(@ThePrincipal() principal: Principal, @Query() { limit, cursor }: PageQuery): Promise<Page<WorkItem>> {
    const worker = principal.side === 'partner' ? { partnerId: principal.partnerId } : { channelManager: principal.id };
    return listWork(this.database, worker, { limit, cursor });
  }
}
