import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@tempore/acts';
import type { Role } from '@tempore/principals';
import {
  type Database,
  listProposals,
  type Page,
  type Proposal,
  type ProposalKind,
  proposalKinds,
} from '@tempore/read-models';

import { Allow } from '../auth/policy';
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
    @ThePrincipal() { id, roles }: Principal,
    @Query() { limit, cursor, status, kind, adoptable }: ProposalsQuery,
  ): Promise<Page<Proposal>> {
    const kinds = proposalKinds
      .filter((one) => roles.some((role) => SEEN_BY[one].has(role)))
      .filter((one) => kind === undefined || one === kind);
    const filter = adoptable ? { status: 'open' as const, kinds, notBy: id } : { status, kinds };
    return listProposals(this.database, filter, { limit, cursor });
  }
}

/** Whoever may read a thing may read what is proposed of it; what is said of somebody's stakes is no matter of finance. */
const SEEN_BY: Readonly<Record<ProposalKind, ReadonlySet<Role>>> = {
  policy: new Set<Role>(['channel-manager', 'finance', 'auditor', 'admin']),
  rates: new Set<Role>(['channel-manager', 'finance', 'auditor', 'admin']),
  lines: new Set<Role>(['channel-manager', 'finance', 'auditor', 'admin']),
  partner: new Set<Role>(['channel-manager', 'finance', 'auditor', 'admin']),
  account: new Set<Role>(['channel-manager', 'auditor', 'admin']),
  principal: new Set<Role>(['channel-manager', 'auditor', 'admin']),
};
