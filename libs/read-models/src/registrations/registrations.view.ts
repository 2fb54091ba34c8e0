import { ACCOUNT, accountCustomerRecorded } from '@messages/accounts';
import { DEAL, type DealEvent, dealEvents, whitelist } from '@messages/deals';
import { type DocketEvent, docketEvents } from '@messages/dockets';
import { catalogueOf, categoryOf, type EventOf, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { type Change, type EventView, patch, put, type Row } from '@tempore/projections';

const TABLE = 'registration';

/** SQL: something is left to do. */
export const isOpen =
  'NOT submission_noted OR NOT rule_asked OR (ended AND NOT end_noted) OR (won AND NOT customer_noted)' +
  ' OR statement_open OR outcome_open';

/**
 * What each filed deal and its docket owe each other: whatever stands open here for long was left by a crash. The
 * watchdog of the registrations reads it.
 */
export const registrationsView: EventView = {
  name: 'registrations',
  version: 3,
  onPoison: 'park',
  reads: catalogueOf(...dealEvents, ...docketEvents, accountCustomerRecorded),
  tables: [
    {
      name: TABLE,
      columns: {
        deal_id: 'uuid not null',
        docket_id: 'uuid not null',
        /** When something happened last that may have left something to do. */
        since: 'timestamptz not null',
        submission_noted: 'boolean not null',
        rule_asked: 'boolean not null',
        /** The docket has ended the claim for good. */
        ended: 'boolean not null',
        end_noted: 'boolean not null',
        won: 'boolean not null',
        /** The customer's stream knows that it has the line. */
        customer_noted: 'boolean not null',
        /** What the partner said that was not laid before the docket yet. */
        statement_open: 'boolean not null',
        outcome_open: 'boolean not null',
      },
      key: ['deal_id'],
      indexes: [`(since) WHERE ${isOpen}`],
    },
  ],
  project: (event) => {
    switch (categoryOf(event.stream)) {
      case DEAL:
        return ofDeal(event as LoggedEvent<DealEvent>);
      case ACCOUNT:
        return ofAccount(event as LoggedEvent<EventOf<[typeof accountCustomerRecorded]>>);
      default:
        return ofDocket(event as LoggedEvent<DocketEvent>);
    }
  },
};

/** The term that a win brings goes by the deal's id; any other is nobody's here. */
const ofAccount = ({ data }: LoggedEvent<EventOf<[typeof accountCustomerRecorded]>>): readonly Change[] => [
  patch(TABLE, { deal_id: data.termId }, { customer_noted: true }),
];

const ofDeal = (event: LoggedEvent<DealEvent>): readonly Change[] => {
  const note = (set: Row): readonly Change[] => [patch(TABLE, { deal_id: subjectOf(event.stream) }, set)];
  const since = event.metadata.recordedAt;
  switch (event.type) {
    case 'deal-submitted':
      return note({ submission_noted: true });
    case 'deal-amended': {
      const { answers, changed } = event.data;
      const weighs = answers !== null || changed.some((field) => whitelist.includes(field));
      return weighs ? note({ statement_open: true, since }) : [];
    }
    case 'deal-outcome-claimed':
      return note({ outcome_open: true, since });
    case 'deal-ended':
      return note({ end_noted: true, statement_open: false, outcome_open: false });
    case 'legacy-deal-recorded':
    case 'deal-drafted':
    case 'deal-content-revised':
    case 'deal-discarded':
    case 'submission-rehearsed':
    case 'deal-stage-reached':
      return [];
  }
};

const ofDocket = (event: LoggedEvent<DocketEvent>): readonly Change[] => {
  const since = event.metadata.recordedAt;
  if (event.type === 'claim-filed') {
    const { dealId, place } = event.data;
    return [
      put(TABLE, {
        deal_id: dealId,
        docket_id: subjectOf(event.stream),
        since,
        submission_noted: false,
        rule_asked: place === 'queued',
        ended: false,
        end_noted: false,
        won: false,
        customer_noted: false,
        statement_open: false,
        outcome_open: false,
      }),
    ];
  }
  const set = owed(event);
  return set && 'dealId' in event.data ? [patch(TABLE, { deal_id: event.data.dealId }, { ...set, since })] : [];
};

const owed = (event: LoggedEvent<DocketEvent>): Row | null => {
  switch (event.type) {
    case 'claim-referred':
    case 'claim-approved':
    case 'review-picked-up':
      return { rule_asked: true };
    case 'claim-amended':
    case 'question-answered':
      return { statement_open: false };
    case 'win-claimed':
      return { outcome_open: false };
    case 'claim-lapsed':
      return event.data.contestable ? null : ENDED;
    case 'contest-period-ended':
    case 'claim-withdrawn':
    case 'offer-declined':
    case 'claim-released':
    case 'claim-lost':
    case 'claim-superseded':
      return ENDED;
    case 'win-confirmed':
      return { ...ENDED, won: true };
    case 'claim-filed':
    case 'claim-offered':
    case 'claim-reconfirmed':
    case 'claim-expired':
    case 'claim-rejected':
    case 'question-asked':
    case 'review-escalated':
    case 'win-escalated':
    case 'amendment-approved':
    case 'amendment-rejected':
    case 'decision-refused':
    case 'touch-recorded':
    case 'interest-asked':
    case 'first-touch-documented':
    case 'interest-confirmed':
    case 'clock-started':
    case 'win-refused':
    case 'round-closed':
    case 'direct-opportunity-opened':
    case 'direct-opportunity-closed':
    case 'direct-touch-recorded':
    case 'tender-published':
    case 'tender-closed':
      return null;
  }
};

const ENDED: Row = { ended: true, rule_asked: true, outcome_open: false, statement_open: false };
