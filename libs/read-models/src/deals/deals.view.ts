import { catalogueOf, type EventOf, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { legacyDealRecorded } from '@messages/deals';
import { type Change, type EventView, put } from '@tempore/projections';

const TABLE = 'deal';

type LegacyDealRecorded = EventOf<[typeof legacyDealRecorded]>;

/** Every sale that another system knew: the table behind lists, search, pipeline and revenue. */
export const dealsView: EventView = {
  name: 'deals',
  version: 1,
  onPoison: 'stop',
  reads: catalogueOf(legacyDealRecorded),
  tables: [
    {
      name: TABLE,
      columns: {
        id: 'uuid not null',
        revision: 'bigint not null',
        partner_id: 'uuid not null',
        account_id: 'uuid',
        account_name: 'text',
        product_line: 'text not null',
        product_as_given: 'text',
        stage: 'text not null',
        value_minor_units: 'bigint',
        currency: 'text',
        opened_on: 'date',
        closed_on: 'date',
        source_system: 'text not null',
        source_reference: 'text not null',
        asserted_at: 'timestamptz not null',
        recorded_at: 'timestamptz not null',
        search_text: 'text not null',
      },
      key: ['id'],
      indexes: [
        '(recorded_at DESC, id DESC)',
        '(partner_id, recorded_at DESC, id DESC)',
        '(partner_id, stage, closed_on)',
        '(account_id)',
        'USING gin (search_text gin_trgm_ops)',
      ],
    },
  ],
  project: (event) => project(event as LoggedEvent<LegacyDealRecorded>),
};

const project = ({ stream, revision, data, metadata }: LoggedEvent<LegacyDealRecorded>): readonly Change[] => [
  put(TABLE, {
    id: subjectOf(stream),
    revision,
    partner_id: data.partnerId,
    account_id: data.accountId,
    account_name: data.accountName,
    product_line: data.productLine,
    product_as_given: data.productAsGiven,
    stage: data.stage,
    value_minor_units: data.value?.minorUnits ?? null,
    currency: data.value?.currency ?? null,
    opened_on: data.openedOn,
    closed_on: data.closedOn,
    source_system: data.source.system,
    source_reference: data.source.reference,
    asserted_at: data.assertedAt,
    recorded_at: metadata.recordedAt,
    search_text: [data.source.reference, data.accountName, data.productLine].filter(Boolean).join(' ').toLowerCase(),
  }),
];
