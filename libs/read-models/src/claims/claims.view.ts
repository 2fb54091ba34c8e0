import { nameKey } from '@tempore/kernel';
import { put, type Put, rowsOf, stateView, type StreamSeen } from '@tempore/projections';
import {
  type Claim,
  docketFold,
  type DocketState,
  documentDueAt,
  dueAt,
  isEscalated,
  nextOf,
  owesDocument,
  reasonOf,
  turnOf,
  waitsSince,
  workOf,
} from '@state/dockets';

/**
 * Every docket as it stands: its claims with whose turn it is and until when, what there is to do about them, and when
 * something happens on it by itself. The tables behind dockets, lists of deals, the review queue, work lists and timers.
 */
export const claimsView = stateView({
  name: 'claims',
  version: 9,
  rules: '0f826565effb427f',
  onPoison: 'stop',
  tables: [
    {
      name: 'claim',
      columns: {
        deal_id: 'uuid not null',
        docket_id: 'uuid not null',
        partner_id: 'uuid not null',
        /** The partners under common control with it, as they were when it filed. */
        partner_group: 'uuid not null',
        /** The form with several lines that it came on. */
        form_id: 'uuid',
        aligned: 'boolean not null',
        account_id: 'uuid not null',
        product_line: 'text not null',
        /** What the line is looked up by, under whatever spelling. */
        line_key: 'text not null',
        site: 'text',
        round: 'integer not null',
        /** Its place on the docket, from 1. */
        rank: 'integer not null',
        /** The event that is its filing. */
        filing_id: 'uuid not null',
        deal_type: 'text not null',
        value_minor_units: 'bigint not null',
        /** What a person has approved of it. */
        approved_minor_units: 'bigint not null',
        /** What it would be worth by an amendment that waits for a person. */
        amended_minor_units: 'bigint',
        currency: 'text not null',
        status: 'text not null',
        reason: 'text',
        turn: 'text',
        next: 'text not null',
        until: 'timestamptz',
        /** What there is to do about it, whose turn that is, since when, and whose it is alone. */
        task: 'text',
        task_turn: 'text',
        task_since: 'timestamptz',
        assignee: 'text',
        /** What shows the first touch is due, and by when; null while that clock waits for its notice. */
        owes_document: 'boolean not null',
        document_due_at: 'timestamptz',
        filed_at: 'timestamptz not null',
        since: 'timestamptz not null',
        /** When it ceased to live. */
        ended_at: 'timestamptz',
        escalated: 'boolean not null',
        reviewer: 'text',
        window_ends: 'timestamptz',
        /** The event by which the window began. */
        approval_id: 'uuid',
        /** Whose numbers the claim lives under. */
        policy_version: 'integer not null',
        /** How often the reviewer asked. */
        questions: 'integer not null',
        /** The statements of the partner that were laid before it after the filing. */
        weighed: 'uuid[] not null',
        /** The statement of the win that waits for the vendor's answer, and those that it refused. */
        win_id: 'uuid',
        refused_wins: 'uuid[] not null',
      },
      key: ['deal_id'],
      indexes: [
        '(docket_id, rank)',
        '(partner_id, status)',
        '(account_id)',
        '(status)',
        `(window_ends) WHERE status = 'approved'`,
        `(until) WHERE turn = 'vendor'`,
        `(assignee) WHERE task_turn = 'vendor'`,
        `(next) WHERE next = 'rules-decide'`,
      ],
    },
    {
      name: 'docket',
      columns: {
        id: 'uuid not null',
        account_id: 'uuid',
        product_line: 'text',
        /** When something happens there by itself next. */
        due_at: 'timestamptz',
        /** Since when a clock against a partner waits for its notice. */
        waits_since: 'timestamptz',
      },
      key: ['id'],
      indexes: ['(due_at, id) WHERE due_at IS NOT NULL', '(waits_since, id) WHERE waits_since IS NOT NULL'],
    },
  ],
  streams: [
    rowsOf(docketFold, (docket, stream) => [
      ofDocket(docket, stream),
      ...docket.claims.map((claim, index) => ofClaim(docket, claim, index + 1, stream)),
    ]),
  ],
});

const ofDocket = (docket: DocketState, { id }: StreamSeen): Put =>
  put('docket', {
    id,
    account_id: docket.subject?.accountId ?? null,
    product_line: docket.subject?.productLine ?? null,
    due_at: dueAt(docket),
    waits_since: waitsSince(docket),
  });

const ofClaim = ({ subject }: DocketState, claim: Claim, rank: number, { id }: StreamSeen): Put => {
  const { state, project, value, win } = claim;
  const { next, until } = nextOf(claim);
  const work = workOf(claim);
  return put('claim', {
    deal_id: claim.dealId,
    docket_id: id,
    partner_id: claim.partnerId,
    partner_group: claim.group,
    form_id: project.formId,
    aligned: claim.aligned,
    account_id: subject?.accountId ?? null,
    product_line: subject?.productLine ?? null,
    line_key: nameKey(subject?.productLine ?? ''),
    site: claim.site,
    round: claim.round,
    rank,
    filing_id: claim.filingId,
    deal_type: claim.dealType,
    value_minor_units: value.minorUnits,
    approved_minor_units: claim.approvedValue.minorUnits,
    amended_minor_units: state.status === 'approved' ? (state.amendment?.value.minorUnits ?? null) : null,
    currency: value.currency,
    status: state.status,
    reason: reasonOf(claim),
    turn: turnOf(claim),
    next,
    until,
    task: work?.task ?? null,
    task_turn: work?.turn ?? null,
    task_since: work?.since ?? null,
    assignee: work?.assignee ?? null,
    owes_document: owesDocument(claim),
    document_due_at: documentDueAt(claim),
    filed_at: claim.filedAt,
    since: claim.since,
    ended_at: claim.endedAt,
    escalated: isEscalated(claim),
    reviewer: 'reviewer' in state ? state.reviewer : null,
    window_ends: state.status === 'approved' ? state.windowEnds : null,
    approval_id: claim.approvalId,
    policy_version: claim.terms.policyVersion,
    questions: claim.questions,
    weighed: claim.weighed,
    win_id: win?.statementId ?? null,
    refused_wins: claim.refusedWins,
  });
};
