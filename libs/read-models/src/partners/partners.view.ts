import { catalogueOf, type LoggedEvent, subjectOf, unreachable } from '@tempore/kernel';
import { type PartnerEvent, partnerEvents } from '@messages/partners';
import { type Change, type EventView, patch, put, type Row } from '@tempore/projections';

const TABLE = 'partner';

/** Every partner as it stands now. */
export const partnersView: EventView = {
  name: 'partners',
  version: 2,
  onPoison: 'park',
  reads: catalogueOf(...partnerEvents),
  tables: [
    {
      name: TABLE,
      columns: {
        id: 'uuid not null',
        revision: 'bigint not null',
        status: 'text not null',
        legal_name: 'text not null',
        country: 'text not null',
        website: 'text',
        source_system: 'text',
        source_reference: 'text',
        tier: 'text',
        tier_from: 'timestamptz',
        reason: 'text',
        applied_at: 'timestamptz not null',
        changed_at: 'timestamptz not null',
      },
      key: ['id'],
      indexes: ['(legal_name, id)', 'USING gin (lower(legal_name) gin_trgm_ops)'],
    },
  ],
  project: (event) => project(event as LoggedEvent<PartnerEvent>),
};

const project = (event: LoggedEvent<PartnerEvent>): readonly Change[] => {
  const { stream, revision, metadata } = event;
  const id = subjectOf(stream);
  const changed = (row: Row): Change => patch(TABLE, { id }, { ...row, revision, changed_at: metadata.recordedAt });
  switch (event.type) {
    case 'partner-applied': {
      const { legalName, country, website, source } = event.data;
      return [
        put(TABLE, {
          id,
          revision,
          status: 'applied',
          legal_name: legalName,
          country,
          website,
          source_system: source?.system ?? null,
          source_reference: source?.reference ?? null,
          tier: null,
          tier_from: null,
          reason: null,
          applied_at: metadata.occurredAt,
          changed_at: metadata.recordedAt,
        }),
      ];
    }
    case 'partner-approved':
      return [changed({ status: 'active', tier: event.data.agreement.tier, tier_from: event.data.agreement.from })];
    case 'partner-corrected':
      return [changed({ legal_name: event.data.legalName, country: event.data.country })];
    case 'partner-tier-agreed':
      return [changed({ tier: event.data.agreement.tier, tier_from: event.data.agreement.from })];
    case 'partner-suspended':
      return [changed({ status: 'suspended', reason: event.data.reason })];
    case 'partner-reactivated':
      return [changed({ status: 'active', reason: null })];
    case 'partner-ended':
      return [changed({ status: 'ended', reason: event.data.reason })];
    case 'partner-change-proposed':
    case 'partner-change-withdrawn':
      // It changes nothing yet, and its partner is not told of it.
      return [patch(TABLE, { id }, { revision })];
    case 'partner-change-adopted':
    case 'partner-group-joined':
    case 'partner-group-left':
    case 'partner-lines-agreed':
    case 'partner-kind-agreed':
    case 'partner-manager-assigned':
    case 'partner-person-joined':
    case 'partner-person-left':
    case 'partner-person-invited':
    case 'partner-person-address-confirmed':
    case 'certificate-recorded':
    case 'certificate-revoked':
      return [changed({})];
    default:
      return unreachable(event);
  }
};
