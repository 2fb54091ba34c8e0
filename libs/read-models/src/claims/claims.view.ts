import { asksAtOf, type DocketEvent, docketEvents } from '@messages/dockets';
import { catalogueOf, type Instant, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { type Change, type EventView, patch, put, type Row } from '@tempore/projections';

const TABLE = 'claim';

/** When something happens to a claim by itself: while a win waits for the vendor's answer, it escalates and no more. */
export const dueAt = `CASE WHEN win_answer_by IS NULL
  THEN least(coalesce(window_ends, deadline), asks_at, document_due_at) ELSE win_escalates_at END`;

/** SQL: a clock against the partner waits for its notice. */
export const clockWaits = '(place_waits_since IS NOT NULL OR document_waits_since IS NOT NULL)';

/** SQL: whose turn it is. An amendment or a win that waits for an answer is the vendor's, whatever else is. */
export const turn = "CASE WHEN amendment_pending OR win_answer_by IS NOT NULL THEN 'vendor' ELSE turn END";

/**
 * Every claim as it stands, with whose turn it is and until when: the table behind dockets, the review queue, the work
 * lists and the timers.
 */
export const claimsView: EventView = {
  name: 'claims',
  version: 7,
  onPoison: 'stop',
  reads: catalogueOf(...docketEvents),
  tables: [
    {
      name: TABLE,
      columns: {
        deal_id: 'uuid not null',
        docket_id: 'uuid not null',
        revision: 'bigint not null',
        partner_id: 'uuid not null',
        /** The partners under common control with it, as they were when it filed. */
        partner_group: 'uuid not null',
        /** The form with several lines that it came on. */
        form_id: 'uuid',
        /** The customer was one of the partner's named accounts when it filed. */
        aligned: 'boolean not null',
        account_id: 'uuid not null',
        product_line: 'text not null',
        site: 'text',
        round: 'integer not null',
        rank: 'bigint not null',
        /** Its place among all filings, whatever became of its rank. */
        filing: 'bigint not null',
        deal_type: 'text not null',
        value_minor_units: 'bigint not null',
        /** What it was worth when the partner last laid it before the vendor whole. */
        laid_before_minor_units: 'bigint not null',
        /** A person, not a rule, approved that. */
        person_approved: 'boolean not null',
        /** What it would be worth by an amendment that waits for a person. */
        amended_minor_units: 'bigint',
        currency: 'text not null',
        status: 'text not null',
        reason: 'text',
        /** But for what waits for the vendor beside: see `turn`. */
        turn: 'text',
        filed_at: 'timestamptz not null',
        since: 'timestamptz not null',
        /** When it ceased to live. */
        ended_at: 'timestamptz',
        deadline: 'timestamptz',
        /** When the partner is asked whether it still wants the place for which it waits. */
        asks_at: 'timestamptz',
        /** Since when it is asked so; null where nothing is asked. */
        asked_at: 'timestamptz',
        /** By when what shows the first touch is due; null where it is there, and while that clock waits. */
        document_due_at: 'timestamptz',
        /** Since when the clock of its place, and that of its document, wait for their notice; null where they do not. */
        place_waits_since: 'timestamptz',
        document_waits_since: 'timestamptz',
        review_target: 'timestamptz',
        /** A person has to look: until then a rule may yet approve it. */
        referred: 'boolean not null',
        escalated: 'boolean not null',
        reviewer: 'text',
        window_ends: 'timestamptz',
        /** The event by which the window began. */
        approval_id: 'uuid',
        /** Whose numbers the claim lives under. */
        policy_version: 'integer not null',
        amendment_pending: 'boolean not null',
        win_answer_by: 'timestamptz',
        win_escalates_at: 'timestamptz',
      },
      key: ['deal_id'],
      indexes: [
        '(docket_id, rank)',
        '(partner_id, status)',
        '(account_id)',
        `(window_ends) WHERE status = 'approved'`,
        `((${turn}))`,
        `((${dueAt}))`,
        `(docket_id) WHERE ${clockWaits}`,
      ],
    },
  ],
  project: (event, ordinal) => project(event as LoggedEvent<DocketEvent>, ordinal),
};

const NOT_IN_LINE: Row = { asks_at: null, asked_at: null };

const ENDING: Row = {
  ...NOT_IN_LINE,
  document_due_at: null,
  place_waits_since: null,
  document_waits_since: null,
  turn: null,
  deadline: null,
  review_target: null,
  window_ends: null,
  amendment_pending: false,
  amended_minor_units: null,
  win_answer_by: null,
  win_escalates_at: null,
};

const endedAt = (at: Instant): Row => ({ ...ENDING, ended_at: at });

const project = (event: LoggedEvent<DocketEvent>, ordinal: bigint): readonly Change[] => {
  const { stream, revision, metadata } = event;
  const at = metadata.recordedAt;
  const change = (set: Row): readonly Change[] =>
    'dealId' in event.data ? [patch(TABLE, { deal_id: event.data.dealId }, { ...set, revision })] : [];
  const move = (status: string, since: Instant, set: Row): readonly Change[] =>
    change({ status, since, place_waits_since: null, ...set });
  /** The end of a clock, or that it waits for its notice. */
  const deadline = (endsAt: Instant | null): Row => ({ deadline: endsAt, place_waits_since: endsAt ? null : at });
  const review = (clock: { targetAt: Instant; escalatesAt: Instant }): Row => ({
    turn: 'vendor',
    deadline: clock.escalatesAt,
    review_target: clock.targetAt,
    escalated: false,
  });

  switch (event.type) {
    case 'claim-filed': {
      const { data } = event;
      return [
        put(TABLE, {
          deal_id: data.dealId,
          docket_id: subjectOf(stream),
          revision,
          partner_id: data.partnerId,
          partner_group: data.group,
          form_id: data.project?.formId ?? null,
          aligned: data.standing.named === 'aligned',
          account_id: data.accountId,
          product_line: data.productLine,
          site: data.site,
          round: data.round,
          rank: ordinal,
          filing: ordinal,
          deal_type: data.dealType,
          value_minor_units: data.value.minorUnits,
          laid_before_minor_units: data.value.minorUnits,
          person_approved: false,
          amended_minor_units: null,
          currency: data.value.currency,
          status: data.place === 'held' ? 'submitted' : 'queued',
          reason: null,
          filed_at: at,
          since: at,
          ended_at: null,
          turn: data.place === 'held' ? 'vendor' : 'paused',
          deadline: data.review?.escalatesAt ?? data.lapsesAt,
          asks_at: data.place === 'queued' ? asksAtOf(data.asksAt, at) : null,
          asked_at: null,
          document_due_at: data.documentDueAt ?? null,
          place_waits_since: null,
          document_waits_since: data.documentOwed && !data.documentDueAt ? at : null,
          review_target: data.review?.targetAt ?? null,
          referred: false,
          escalated: false,
          reviewer: null,
          window_ends: null,
          approval_id: null,
          policy_version: data.terms.policyVersion,
          amendment_pending: false,
          win_answer_by: null,
          win_escalates_at: null,
        }),
      ];
    }
    case 'claim-offered':
      return move('offered', metadata.occurredAt, {
        ...NOT_IN_LINE,
        turn: 'partner',
        ...deadline(event.data.reconfirmBy),
      });
    case 'claim-reconfirmed':
      return move('submitted', at, { ...review(event.data.review), referred: true });
    case 'claim-referred':
      return change({ referred: true });
    case 'review-picked-up':
      return move('in-review', at, { reviewer: metadata.actor });
    case 'review-escalated':
      return change({ escalated: true, deadline: null });
    case 'question-asked':
      return move('action-required', at, {
        turn: 'partner',
        ...deadline(event.data.answerBy),
        review_target: null,
      });
    case 'question-answered': {
      const { review: clock, lapsesAt, asksAt, documented, priority, value } = event.data;
      const rank: Row = {
        ...(priority === 'moved' && { rank: ordinal }),
        ...(documented && { document_due_at: null, document_waits_since: null }),
      };
      const content: Row = {
        value_minor_units: value.minorUnits,
        laid_before_minor_units: value.minorUnits,
        currency: value.currency,
      };
      return clock
        ? move('in-review', at, { ...review(clock), ...rank, ...content })
        : move('queued', at, {
            turn: 'paused',
            deadline: lapsesAt,
            asks_at: asksAtOf(asksAt, at),
            review_target: null,
            ...rank,
            ...content,
          });
    }
    case 'claim-approved':
      return move('approved', at, {
        turn: 'partner',
        deadline: null,
        review_target: null,
        window_ends: event.data.windowEnds,
        approval_id: event.id,
        escalated: false,
        person_approved: event.data.rule === null,
      });
    case 'claim-rejected':
      return move('rejected', at, {
        turn: 'partner',
        ...deadline(event.data.contestableUntil),
        review_target: null,
        document_due_at: null,
        document_waits_since: null,
        reason: event.data.code,
      });
    case 'claim-lapsed':
      return move('lapsed', metadata.occurredAt, {
        ...(event.data.contestable
          ? { ...ENDING, turn: 'partner', ...deadline(event.data.contestableUntil) }
          : endedAt(metadata.occurredAt)),
        reason: event.data.because,
      });
    case 'contest-period-ended':
      return change({ turn: null, deadline: null, ended_at: metadata.occurredAt });
    case 'claim-expired':
      return move('expired', metadata.occurredAt, endedAt(metadata.occurredAt));
    case 'claim-withdrawn':
    case 'offer-declined':
      return move('withdrawn', at, { ...endedAt(at), reason: event.data.reason });
    case 'claim-released':
      return move('released', at, { ...endedAt(at), reason: event.data.reason });
    case 'claim-lost':
      return move('lost', at, { ...endedAt(at), reason: event.data.reason });
    case 'claim-superseded':
      return move('superseded', at, endedAt(at));
    case 'win-confirmed':
      return move('won', at, endedAt(at));
    case 'win-claimed':
      return change({
        win_answer_by: event.data.answerBy,
        win_escalates_at: event.data.answerBy,
        escalated: false,
      });
    case 'win-escalated':
      return change({ win_escalates_at: event.data.escalatesAt, escalated: true });
    case 'win-refused':
      return change({ win_answer_by: null, win_escalates_at: null, escalated: false });
    case 'claim-amended':
      return change(
        event.data.needsReview
          ? { amendment_pending: true, amended_minor_units: event.data.value.minorUnits }
          : { value_minor_units: event.data.value.minorUnits, currency: event.data.value.currency },
      );
    case 'amendment-approved': {
      const { value } = event.data;
      const worth: Row = value
        ? {
            value_minor_units: value.minorUnits,
            laid_before_minor_units: value.minorUnits,
            person_approved: true,
            currency: value.currency,
          }
        : {};
      return change({ amendment_pending: false, amended_minor_units: null, ...worth });
    }
    case 'amendment-rejected':
      return change({ amendment_pending: false, amended_minor_units: null });
    case 'touch-recorded':
      return event.data.lapsesAt
        ? change({
            ...deadline(event.data.lapsesAt),
            asks_at: asksAtOf(event.data.asksAt, at),
            asked_at: null,
          })
        : [];
    case 'first-touch-documented':
      return change({ document_due_at: null, document_waits_since: null });
    case 'interest-asked':
      return change({ ...deadline(event.data.lapsesAt), asks_at: event.data.asksAt, asked_at: at });
    case 'interest-confirmed':
      return change({ ...deadline(event.data.lapsesAt), asks_at: event.data.asksAt, asked_at: null });
    case 'clock-started':
      return change(
        event.data.clock === 'document'
          ? { document_due_at: event.data.endsAt, document_waits_since: null }
          : deadline(event.data.endsAt),
      );
    case 'decision-refused':
    case 'round-closed':
    case 'direct-opportunity-opened':
    case 'direct-opportunity-closed':
    case 'direct-touch-recorded':
    case 'tender-published':
    case 'tender-closed':
      return [];
  }
};
