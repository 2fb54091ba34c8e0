import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '@tempore/kernel';
import {
  type Database,
  type Deal,
  findDeal,
  listDeals,
  listEvents,
  type Page,
  type SequencedEvent,
} from '@tempore/read-models';

import { Allow } from '../auth/policy';
import type { Scope } from '../auth/principal';
import { TheScope } from '../auth/the-scope';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { DealDetailDto, DealPageDto, DealsQuery } from './deals.dto';

type DealDetail = Deal & { readonly timeline: readonly TimelineEntry[] };
type TimelineEntry = Pick<SequencedEvent, 'id' | 'type' | 'occurredAt' | 'recordedAt' | 'actor' | 'data'> & {
  readonly sequence: string | null;
};

/** More than a deal of flesh and blood ever gathers; beyond it the log is searched by page. */
const TIMELINE_LIMIT = 500;
const BEGINNING = '0'.repeat(20);

const notFound = (): Refusal => new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal.');

@ApiTags('Deals')
@Controller('v1/deals')
export class DealsController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('deals')
  @ApiOperation({ summary: 'Deals, the latest recorded first; a partner’s own people see their own' })
  @ApiOkResponse({ type: DealPageDto })
  list(@TheScope() scope: Scope, @Query() { limit, cursor, stage, ...filter }: DealsQuery): Promise<Page<Deal>> {
    const partnerId = within(scope, filter.partnerId);
    return listDeals(this.database, { ...filter, stages: stage, partnerId }, { limit, cursor });
  }

  @Get(':id')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('deals', 'sequence')
  @ApiOperation({ summary: 'One deal with its timeline' })
  @ApiOkResponse({ type: DealDetailDto })
  async find(@TheScope() scope: Scope, @Param('id', idPipe) id: string): Promise<DealDetail> {
    const deal = await findDeal(this.database, id);
    if (!deal || (scope !== 'everybody' && scope.partnerId !== deal.partnerId)) throw notFound();
    const { events } = await listEvents(this.database, { dealId: id }, { after: BEGINNING, limit: TIMELINE_LIMIT });
    return { ...deal, timeline: events.flatMap((event) => toEntry(event, scope)) };
  }
}

/** The partner a list is narrowed to: the caller's own where it has one, else the one asked for. */
const within = (scope: Scope, asked: string | undefined): string | undefined => {
  if (scope === 'everybody' || asked === scope.partnerId) return asked;
  if (asked === undefined) return scope.partnerId;
  throw new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
};

/** What a partner says stands in its deal's own stream; of everything else it learns what its notices tell. */
const PARTNER_SEES: ReadonlySet<string> = new Set(['deal']);

/** A partner gets no global sequence: two readings would tell how much others did in between. */
const toEntry = (event: SequencedEvent, scope: Scope): TimelineEntry[] => {
  const { id, type, occurredAt, recordedAt, actor, data } = event;
  const entry = { sequence: event.sequence, id, type, occurredAt, recordedAt, actor, data };
  if (scope === 'everybody') return [entry];
  return PARTNER_SEES.has(event.category) ? [{ ...entry, sequence: null }] : [];
};
