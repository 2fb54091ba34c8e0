import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Candidates,
  type Database,
  findCandidates,
  listPossibleConflicts,
  type Page,
  type PossibleConflict,
} from '@tempore/read-models';

import { Allow } from '../auth/policy';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import {
  CandidatesDto,
  CandidatesQuery,
  PossibleConflictPageDto,
  PossibleConflictsQuery,
} from './possible-conflicts.dto';

/** Which customers may be one. Advice for people of the vendor: it decides nothing, and neither partners nor the direct team see it. */
@ApiTags('Accounts')
@Controller('v1')
@Allow('channel-manager', 'arbiter', 'auditor', 'service', 'admin')
@Reads('possible_conflicts')
export class PossibleConflictsController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get('possible-conflicts')
  @ApiOperation({ summary: 'Pairs of customers that may be one, the most alike first' })
  @ApiOkResponse({ type: PossibleConflictPageDto })
  list(@Query() { limit, cursor, minScore }: PossibleConflictsQuery): Promise<Page<PossibleConflict>> {
    return listPossibleConflicts(this.database, { minScore }, { limit, cursor });
  }

  @Get('accounts/:id/possible-conflicts')
  @ApiOperation({ summary: 'Customers that may be the same as this one' })
  @ApiOkResponse({ type: PossibleConflictPageDto })
  listOf(
    @Param('id', idPipe) accountId: string,
    @Query() { limit, cursor, minScore }: PossibleConflictsQuery,
  ): Promise<Page<PossibleConflict>> {
    return listPossibleConflicts(this.database, { accountId, minScore }, { limit, cursor });
  }

  @Get('accounts/candidates')
  @ApiOperation({ summary: 'Customers that a name may mean' })
  @ApiOkResponse({ type: CandidatesDto })
  candidates(@Query() { name, limit }: CandidatesQuery): Promise<Candidates> {
    return findCandidates(this.database, name, limit);
  }
}
