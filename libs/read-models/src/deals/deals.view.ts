import { nameKey } from '@tempore/kernel';
import { put, type Row, rowsOf, stateView, type StreamSeen } from '@tempore/projections';
import { type DealContent, dealFold, type DealState, lastOf } from '@state/deals';

/**
 * Every sale, by its own stream: those that another system knew, and those that partners registered here. Where a
 * registered one stands is its docket's to say: the query joins it. The table behind lists, search, pipeline and revenue.
 */
export const dealsView = stateView({
  name: 'deals',
  version: 7,
  rules: '0843db91fa87753a',
  onPoison: 'stop',
  tables: [
    {
      name: 'deal',
      columns: {
        id: 'uuid not null',
        revision: 'bigint not null',
        partner_id: 'uuid not null',
        account_id: 'uuid',
        account_name: 'text',
        /** As it was typed or another system has it. */
        product_line: 'text',
        /** What the line is looked up by, under whatever spelling. */
        line_key: 'text',
        product_as_given: 'text',
        status: 'text not null',
        site: 'text',
        deal_type: 'text',
        estimated_close: 'date',
        own_reference: 'text',
        project_reference: 'text',
        /** As another system has it, or as its partner reported it last. */
        stage: 'text',
        /** As another system has it. */
        value_minor_units: 'bigint',
        currency: 'text',
        opened_on: 'date',
        closed_on: 'date',
        /** The statement in which the partner said how it ended. */
        outcome_id: 'uuid',
        source_system: 'text',
        source_reference: 'text',
        asserted_at: 'timestamptz',
        recorded_at: 'timestamptz not null',
        search_text: 'text not null',
      },
      key: ['id'],
      indexes: [
        '(recorded_at DESC, id DESC)',
        '(partner_id, recorded_at DESC, id DESC)',
        '(partner_id, closed_on)',
        '(account_id)',
        '(status, recorded_at DESC, id DESC)',
        'USING gin (search_text gin_trgm_ops)',
      ],
    },
  ],
  streams: [
    rowsOf(dealFold, (deal, stream) =>
      deal.status === 'none' ? [] : [put('deal', { ...ofStream(deal, stream), ...ofDeal(deal) })],
    ),
  ],
});

type KnownDeal = Exclude<DealState, { status: 'none' }>;

const ofStream = ({ status }: KnownDeal, { id, revision, first }: StreamSeen): Row => ({
  id,
  revision,
  status,
  recorded_at: first.recordedAt,
});

const searchText = (...texts: readonly (string | null)[]): string => texts.filter(Boolean).join(' ').toLowerCase();

const ofDeal = (state: KnownDeal): Row => {
  if (state.status === 'legacy') {
    const { deal } = state;
    return {
      partner_id: deal.partnerId,
      account_id: deal.accountId,
      account_name: deal.accountName,
      ...ofLine(deal.productLine),
      product_as_given: deal.productAsGiven,
      stage: deal.stage,
      value_minor_units: deal.value?.minorUnits ?? null,
      currency: deal.value?.currency ?? null,
      opened_on: deal.openedOn,
      closed_on: deal.closedOn,
      source_system: deal.source.system,
      source_reference: deal.source.reference,
      asserted_at: deal.assertedAt,
      search_text: searchText(deal.source.reference, deal.accountName, deal.productLine),
    };
  }
  const { content } = lastOf(state.statements);
  const filed = state.status === 'filed' || state.status === 'ended' ? state : null;
  return {
    partner_id: state.partnerId,
    account_id: filed?.accountId ?? null,
    ...ofContent(content),
    ...ofLine(content.productLine),
    stage: filed?.stage ?? null,
    closed_on: filed?.outcome?.claimed.closedOn ?? null,
    outcome_id: filed?.outcome?.eventId ?? null,
  };
};

const ofContent = (content: DealContent): Row => {
  const { customer, productLine, site, type, estimatedClose, ownReference, projectReference } = content;
  return {
    account_name: customer.legalName,
    site,
    deal_type: type,
    estimated_close: estimatedClose,
    own_reference: ownReference,
    project_reference: projectReference,
    search_text: searchText(ownReference, projectReference, customer.legalName, productLine),
  };
};

const ofLine = (productLine: string | null): Row => ({
  product_line: productLine,
  line_key: productLine === null ? null : nameKey(productLine),
});
