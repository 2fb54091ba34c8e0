import { DEAL, type DealContent, type DealEvent, dealEvents } from '@messages/deals';
import { type DocketEvent, docketEvents } from '@messages/dockets';
import { catalogueOf, categoryOf, type LoggedEvent, nameKey, subjectOf } from '@tempore/kernel';
import { type Change, type EventView, patch, put, type Row } from '@tempore/projections';

const TABLE = 'deal';

/**
 * Every sale: those that another system knew, and those that partners registered here, with their place on a docket. The
 * table behind lists, search, pipeline and revenue.
 */
export const dealsView: EventView = {
  name: 'deals',
  version: 6,
  onPoison: 'stop',
  reads: catalogueOf(...dealEvents, ...docketEvents),
  tables: [
    {
      name: TABLE,
      columns: {
        id: 'uuid not null',
        revision: 'bigint not null',
        partner_id: 'uuid not null',
        account_id: 'uuid',
        account_name: 'text',
        /** As it was typed or another system has it; from its filing on the line's code. */
        product_line: 'text',
        /** What the line is looked up by, under whatever spelling. */
        line_key: 'text',
        product_as_given: 'text',
        /** Where a registered deal stands; null for one of another system. */
        status: 'text',
        docket_id: 'uuid',
        site: 'text',
        deal_type: 'text',
        estimated_close: 'date',
        own_reference: 'text',
        project_reference: 'text',
        stage: 'text not null',
        /** The partner gave the draft up. */
        discarded: 'boolean not null',
        value_minor_units: 'bigint',
        /** What it would be worth by an amendment that waits for the vendor. */
        amended_minor_units: 'bigint',
        currency: 'text',
        opened_on: 'date',
        closed_on: 'date',
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
        '(partner_id, stage, closed_on)',
        '(account_id)',
        '(docket_id) WHERE docket_id IS NOT NULL',
        '(status, recorded_at DESC, id DESC) WHERE status IS NOT NULL',
        'USING gin (search_text gin_trgm_ops)',
      ],
    },
  ],
  project: (event) =>
    categoryOf(event.stream) === DEAL
      ? ofDeal(event as LoggedEvent<DealEvent>)
      : ofDocket(event as LoggedEvent<DocketEvent>),
};

const searchText = (...texts: readonly (string | null)[]): string => texts.filter(Boolean).join(' ').toLowerCase();

const ofDeal = (event: LoggedEvent<DealEvent>): readonly Change[] => {
  const { stream, revision, metadata } = event;
  const id = subjectOf(stream);
  const change = (set: Row): readonly Change[] => [patch(TABLE, { id }, { ...set, revision })];
  switch (event.type) {
    case 'legacy-deal-recorded': {
      const { data } = event;
      return [
        put(TABLE, {
          id,
          revision,
          partner_id: data.partnerId,
          account_id: data.accountId,
          account_name: data.accountName,
          ...ofLine(data.productLine),
          product_as_given: data.productAsGiven,
          stage: data.stage,
          discarded: false,
          value_minor_units: data.value?.minorUnits ?? null,
          currency: data.value?.currency ?? null,
          opened_on: data.openedOn,
          closed_on: data.closedOn,
          source_system: data.source.system,
          source_reference: data.source.reference,
          asserted_at: data.assertedAt,
          recorded_at: metadata.recordedAt,
          search_text: searchText(data.source.reference, data.accountName, data.productLine),
        }),
      ];
    }
    case 'deal-drafted': {
      const { partnerId, content } = event.data;
      return [
        put(TABLE, {
          id,
          revision,
          partner_id: partnerId,
          status: 'draft',
          stage: 'draft',
          discarded: false,
          recorded_at: metadata.recordedAt,
          ...ofContent(content),
          ...ofLine(content.productLine),
        }),
      ];
    }
    case 'deal-content-revised': {
      const { content } = event.data;
      return change({ ...ofContent(content), ...ofLine(content.productLine) });
    }
    case 'deal-amended':
      return change(ofContent(event.data.content));
    case 'deal-stage-reached':
      return change({ stage: event.data.stage });
    case 'deal-outcome-claimed':
      return change({ closed_on: event.data.closedOn });
    case 'deal-discarded':
      return change({ discarded: true });
    case 'deal-submitted':
      return change({ discarded: false });
    case 'submission-rehearsed':
    case 'deal-ended':
      return change({});
  }
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

const ofDocket = (event: LoggedEvent<DocketEvent>): readonly Change[] => {
  if (!('dealId' in event.data)) return [];
  const set = onDocket(event);
  return set ? [patch(TABLE, { id: event.data.dealId }, set)] : [];
};

const onDocket = (event: LoggedEvent<DocketEvent>): Row | null => {
  switch (event.type) {
    case 'claim-filed': {
      const { accountId, productLine, value, place } = event.data;
      const { minorUnits, currency } = value;
      const status = place === 'held' ? 'submitted' : 'queued';
      const docket_id = subjectOf(event.stream);
      return {
        ...at(status),
        ...ofLine(productLine),
        docket_id,
        account_id: accountId,
        value_minor_units: minorUnits,
        currency,
      };
    }
    case 'question-answered': {
      const { place, value } = event.data;
      const status = place === 'held' ? 'in-review' : 'queued';
      return { ...at(status), value_minor_units: value.minorUnits, currency: value.currency };
    }
    case 'claim-amended': {
      const { needsReview, value } = event.data;
      return needsReview
        ? { amended_minor_units: value.minorUnits }
        : { value_minor_units: value.minorUnits, currency: value.currency };
    }
    case 'amendment-approved': {
      const { value } = event.data;
      const worth: Row = value ? { value_minor_units: value.minorUnits, currency: value.currency } : {};
      return { amended_minor_units: null, ...worth };
    }
    case 'amendment-rejected':
      return { amended_minor_units: null };
    case 'claim-reconfirmed':
      return at('submitted');
    case 'claim-offered':
      return at('offered');
    case 'review-picked-up':
      return at('in-review');
    case 'question-asked':
      return at('action-required');
    case 'claim-approved':
      return at('approved');
    case 'claim-rejected':
      return at('rejected');
    case 'claim-lapsed':
      return at('lapsed');
    case 'claim-expired':
      return at('expired');
    case 'claim-released':
      return at('released');
    case 'claim-withdrawn':
    case 'offer-declined':
      return at('withdrawn');
    case 'claim-superseded':
      return at('superseded');
    case 'claim-lost':
      return at('lost');
    case 'win-confirmed':
      return at('won');
    case 'win-refused':
      return { closed_on: null };
    case 'claim-referred':
    case 'review-escalated':
    case 'win-escalated':
    case 'contest-period-ended':
    case 'decision-refused':
    case 'touch-recorded':
    case 'interest-asked':
    case 'first-touch-documented':
    case 'interest-confirmed':
    case 'clock-started':
    case 'win-claimed':
    case 'round-closed':
    case 'direct-opportunity-opened':
    case 'direct-opportunity-closed':
    case 'direct-touch-recorded':
    case 'tender-published':
    case 'tender-closed':
      return null;
  }
};

/** The stage is the place, until the partner reports how far the sale has come; an amendment waits in one place only. */
const at = (status: string): Row => ({ status, stage: status, amended_minor_units: null });
