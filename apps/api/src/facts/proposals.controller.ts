import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Database, listProposals, type Page, type Proposal } from '@tempore/read-models';

import { Allow } from '../auth/policy';
import type { Principal } from '../auth/principal';
import { ThePrincipal } from '../auth/the-principal';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { ProposalPageDto, ProposalsQuery } from './proposals.dto';

/** What waits for a second person, of whatever kind. It is adopted where it was proposed. */
@ApiTags('Proposals')
@Controller('v1/proposals')
@Allow('channel-manager', 'finance', 'auditor', 'admin')
@Reads('proposals')
export class ProposalsController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: 'Proposed changes, the one that has waited longest first' })
  @ApiOkResponse({ type: ProposalPageDto })
  list(
    @ThePrincipal() { id }: Principal,
    @Query() { limit, cursor, status, kind, adoptable }: ProposalsQuery,
  ): Promise<Page<Proposal>> {
    const filter = adoptable ? { status: 'open' as const, kind, notBy: id } : { status, kind };
    return listProposals(this.database, filter, { limit, cursor });
  }
}
