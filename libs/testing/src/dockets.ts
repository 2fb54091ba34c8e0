import type { DocumentRef } from '@tempore/deals';
import {
  type AccountFacts,
  type DocketCommand,
  type DocketContext,
  docket,
  docketClocks,
  type DocketEvent,
  type FileClaim,
  type PartnerStanding,
  termsOf,
  type Touch,
} from '@tempore/dockets';
import { addDays, deriveId, type Instant, parseDay, sameName } from '@tempore/kernel';
import { policyVersion1 } from '@messages/programme';
import type { SealedPerson } from '@messages/people';

import { ACTOR, fold, type Happened, NOW } from './fold';
import { happenedNext, type Told } from './history';

export const accountId = deriveId('account', 'contoso');
export const productLine = 'Gateway';

/** Tells of spellings whether they are of a line that has no other name. */
export const lineCalled =
  (name = productLine) =>
  (spelling: string): boolean =>
    sameName(name, spelling);

/** The deal of a partner that is called so in a specification; a number tells its deals apart. */
export const dealOf = (partner: string, number = 1): string => deriveId('deal', partner, number.toString());

export const usd = (units: number) => ({ minorUnits: units * 100, currency: 'USD' });

/** A document that was uploaded. */
export const aDocument = (name = 'minutes'): DocumentRef => ({
  documentId: deriveId('document', name),
  hash: '0'.repeat(64),
});

/** Somebody at the customer's, as events carry people. */
export const aPerson = (name = 'Ada'): SealedPerson => ({
  personId: deriveId('person', name),
  partnerId: null,
  fields: { name: { ciphertext: 'c2VhbGVk', commitment: '1'.repeat(64) } },
});

/** Progress where nothing else is said. */
export const aTouch = (touch: Partial<Touch> = {}): Touch => ({
  touchId: deriveId('touch', JSON.stringify(touch)),
  kind: 'meeting',
  direction: 'two-way',
  happenedAt: NOW,
  counterpart: aPerson(),
  evidence: [aDocument()],
  ...touch,
});

/** An active silver partner, alone in its group, free to register what it likes. */
export const aStanding = (name: string, standing: Partial<PartnerStanding> = {}): PartnerStanding => ({
  partnerId: deriveId('partner', name),
  group: deriveId('partner', name),
  status: 'active',
  tier: 'silver',
  kind: 'referral',
  lacks: [],
  territories: null,
  named: 'not-aligned',
  ...standing,
});

/** Nothing on record of the customer. */
export const noFacts: AccountFacts = { territory: null, house: null, customerOfLine: null, renewalLetter: null };

/** What a docket's decisions are told where a specification does not say otherwise. */
export const aDocketContext = (context: Partial<DocketContext> = {}): DocketContext => ({
  now: NOW,
  actor: ACTOR,
  policy: { version: 1, policy: policyVersion1 },
  partner: null,
  account: noFacts,
  stakes: [],
  examined: 'all',
  rates: [],
  ...context,
});

/** A filing of 75,000.00 USD for a new customer, beyond what any rule approves by itself. */
export const filing = (partner: string, data: Partial<FileClaim['data']> = {}): FileClaim => {
  const dealId = data.dealId ?? dealOf(partner);
  return {
    type: 'FileClaim',
    data: {
      dealId,
      accountId,
      productLine,
      content: { eventId: deriveId('content', dealId), hash: deriveId('hash', dealId).replaceAll('-', '').repeat(2) },
      site: null,
      dealType: 'new',
      estimatedClose: parseDay('2099-12-31'),
      documented: true,
      amounts: [usd(75_000)],
      form: null,
      elsewhere: usd(0),
      ...data,
    },
  };
};

/** What somebody told the docket at an instant; `partner` names whose deal it is about. */
export const told = (
  now: Instant,
  partner: string | null,
  command: DocketCommand,
  context: Partial<DocketContext> = {},
): Told<DocketCommand, DocketContext> => ({
  command,
  context: aDocketContext({ now, partner: partner === null ? null : aStanding(partner), ...context }),
});

/** What happened on a docket, with all that its partners have to be told standing in their inboxes since an instant. */
export const notified = (
  history: readonly Happened<DocketEvent>[],
  since: Instant,
): readonly Happened<DocketEvent>[] => {
  const { claims } = fold(docket, history);
  const [next] = claims.flatMap(({ dealId, waiting }) => waiting.map(({ eventId }) => ({ dealId, eventId })));
  if (!next) return history;
  const data = { ...next, noticeId: deriveId('notice', next.eventId), noticeStoodAt: since };
  const told = { command: { type: 'StartClock', data } as const, context: { now: since, actor: ACTOR } };
  return notified(happenedNext(docketClocks, history, told), since);
};

/** The history of a docket whose partners are told of everything at once. */
export const docketHistory = (lines: readonly Told<DocketCommand, DocketContext>[]): readonly Happened<DocketEvent>[] =>
  lines.reduce<readonly Happened<DocketEvent>[]>(
    (history, line) => notified(happenedNext(docket, history, line), line.context.now),
    [],
  );

type Filed = Extract<DocketEvent, { type: 'claim-filed' }>;

/** What follows from `filing` at an instant where nobody holds and nothing else is said. */
export const filedClaim = (partner: string, now: Instant, data: Partial<Filed['data']> = {}): Filed => {
  const { dealId, content, site, dealType } = filing(partner).data;
  const { partnerId, group } = aStanding(partner);
  const value = data.value ?? usd(75_000);
  const review = { targetAt: addDays(now, 1), escalatesAt: addDays(now, 2) };
  return {
    type: 'claim-filed',
    data: {
      dealId,
      partnerId,
      group,
      accountId,
      productLine,
      content,
      site,
      dealType,
      kind: 'referral',
      value,
      rates: [],
      project: { formId: null, lines: value, rates: [], onDocket: usd(0), elsewhere: usd(0) },
      round: 1,
      place: 'held',
      review,
      lapsesAt: null,
      asksAt: null,
      documentOwed: false,
      documentDueAt: null,
      terms: termsOf({ version: 1, policy: policyVersion1 }, now),
      standing: aStanding(partner),
      facts: noFacts,
      ...data,
    },
  };
};
