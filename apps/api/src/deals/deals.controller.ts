import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { lineKeysOf, type Principal, type Scope } from '@tempore/acts';
import { deal } from '@tempore/deals';
import { CommandRunner } from '@tempore/event-store';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '@tempore/kernel';
import { VISIBILITY, type VisibilityChange, visibilityChanged } from '@tempore/programme';
import {
  type Database,
  type Deal,
  findDeal,
  linkedAccounts,
  type LinkedAccount,
  listDeals,
  listEvents,
  type Page,
} from '@tempore/read-models';

import { Readings } from '../access/readings';
import { Allow } from '../auth/policy';
import { ThePrincipal } from '../auth/the-principal';
import { TheScope } from '../auth/the-scope';
import { idPipe } from '../problems/id.pipe';
import { DATABASE } from '../reading/database';
import { Reads } from '../reading/reads';
import { DealDetailDto, type RegistrationDto } from './deal-detail.dto';
import { DealPageDto, DealsQuery } from './deals.dto';
import { RegisteredDeals } from './registered-deal';
import { type TimelineEntry, timelineOf } from './timeline';

type DealDetail = Deal & {
  readonly linkedAccounts: readonly LinkedAccount[] | null;
  readonly registration: RegistrationDto | null;
  readonly timeline: readonly TimelineEntry[];
};

/** More than a deal of flesh and blood ever gathers; beyond it the log is searched by page. */
const TIMELINE_LIMIT = 500;
const BEGINNING = '0'.repeat(20);

const notFound = (): Refusal => new Refusal('DEAL_NOT_FOUND', 'not-found', 'There is no such deal.');

@ApiTags('Deals')
@Controller('v1/deals')
export class DealsController {
  constructor(
    private readonly registered: RegisteredDeals,
    private readonly readings: Readings,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  @Get()
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('deals', 'claims')
  @ApiOperation({ summary: 'Deals, the latest recorded first; a partner’s own people see their own' })
  @ApiOkResponse({ type: DealPageDto })
  async list(
    @TheScope() scope: Scope,
    @ThePrincipal() principal: Principal,
    @Query() { limit, cursor, stage, status, productLine, ...filter }: DealsQuery,
  ): Promise<Page<Deal>> {
    const partnerId = within(scope, filter.partnerId);
    const drafts = seesDrafts(principal);
    const lineKeys = productLine === undefined ? undefined : await lineKeysOf(this.runner, productLine);
    const page = await listDeals(
      this.database,
      { ...filter, stages: stage, statuses: status, lineKeys, drafts, partnerId },
      { limit, cursor },
    );
    await this.recordDrafts(principal, page.items);
    return page;
  }

  @Get(':id')
  @Allow('partner-user', 'partner-admin', 'channel-manager', 'finance', 'arbiter', 'auditor', 'service', 'admin')
  @Reads('deals', 'claims', 'sequence', 'accounts')
  @ApiOperation({ summary: 'One deal with its timeline' })
  @ApiOkResponse({ type: DealDetailDto })
  async find(
    @TheScope() scope: Scope,
    @ThePrincipal() principal: Principal,
    @Param('id', idPipe) id: string,
  ): Promise<DealDetail> {
    const found = await findDeal(this.database, id);
    if (!found || (scope !== 'everybody' && scope.partnerId !== found.partnerId)) throw notFound();
    if (found.status === 'draft' && !seesDrafts(principal)) throw notFound();
    await this.recordDrafts(principal, [found]);
    const { events } = await listEvents(this.database, { dealId: id }, { after: BEGINNING, limit: TIMELINE_LIMIT });
    const timeline = timelineOf(events, principal, await this.visibilityChanges());
    const linked = await this.linkedTo(principal, found.accountId);
    const { state, revision } = await this.runner.read(deal, id);
    if (!('partnerId' in state)) return { ...found, linkedAccounts: linked, registration: null, timeline };
    // The list may not have heard of it yet.
    if (state.status === 'discarded') throw notFound();
    const { registration, etag } = await this.registered.show(principal, { id, state, revision });
    const status = registration.standing?.status ?? found.status;
    return { ...found, status, revision: etag, linkedAccounts: linked, registration, timeline };
  }

  /** Which customers there are beside its own is nothing that a partner learns. */
  private async linkedTo(principal: Principal, accountId: string | null): Promise<readonly LinkedAccount[] | null> {
    if (principal.side === 'partner') return null;
    return accountId === null ? [] : linkedAccounts(this.database, accountId);
  }

  /** Before it was submitted a deal is its partner's alone, and an auditor who sees one is on record. */
  private async recordDrafts(principal: Principal, deals: readonly Deal[]): Promise<void> {
    const drafts = deals.filter(({ status }) => status === 'draft');
    await Promise.all(drafts.map(({ id }) => this.readings.record(principal, 'draft', id)));
  }

  private async visibilityChanges(): Promise<readonly VisibilityChange[]> {
    const range = { after: BEGINNING, limit: TIMELINE_LIMIT };
    const { events } = await listEvents(this.database, { category: VISIBILITY }, range);
    return events.map(({ sequence, data }) => ({ sequence, data: visibilityChanged.schema.parse(data) }));
  }
}

/** The partner a list is narrowed to: the caller's own where it has one, else the one asked for. */
const within = (scope: Scope, asked: string | undefined): string | undefined => {
  if (scope === 'everybody' || asked === scope.partnerId) return asked;
  if (asked === undefined) return scope.partnerId;
  throw new Refusal('PARTNER_NOT_FOUND', 'not-found', 'There is no such partner.');
};

/** A draft is visible to its partner and to auditors only (rulebook 3). */
const seesDrafts = (principal: Principal): boolean =>
  principal.side === 'partner' || principal.roles.includes('auditor');
