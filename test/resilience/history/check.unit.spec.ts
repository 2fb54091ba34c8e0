import { accountKeyId } from '@tempore/accounts';
import { docketId } from '@tempore/dockets';
import { NOBODY } from '@tempore/event-store';
import { addDays, deriveId, type DomainEvent, type LoggedEvent, nameKey } from '@tempore/kernel';
import {
  accountId,
  ACTOR,
  aContent,
  anOpening,
  aStanding,
  claimedKey,
  dealOf,
  filing,
  type Happened,
  docketHistory,
  NOW,
  openedAccount,
  productLine,
  told,
} from '@tempore/testing';

import { checkHistory } from './check';
import type { Answer, ComparedView, History } from './history';

const LATER = addDays(NOW, 7);
const DOCKET = `docket-${docketId(accountId, nameKey(productLine))}`;
const ACCOUNT = `account-${accountId}`;
const northwind = `deal-${dealOf('northwind')}`;
const fabrikam = `deal-${dealOf('fabrikam')}`;

/** Events as they stand on one stream, each of a command of its own, and what fell due under its cause. */
const standing = (stream: string, events: readonly Happened<DomainEvent>[]): readonly LoggedEvent[] =>
  events.map(({ recorded, cause, ...event }, index) => {
    const commandId = cause ? deriveId('due', stream, cause) : deriveId('command', stream, index.toString());
    const at = recorded?.recordedAt ?? NOW;
    return {
      ...event,
      stream,
      revision: BigInt(index),
      id: deriveId('event', stream, index.toString()),
      position: { commit: 0n, prepare: 0n },
      occurredAt: event.occurredAt ?? at,
      metadata: {
        $correlationId: commandId,
        $causationId: commandId,
        actor: cause ? NOBODY : (recorded?.actor ?? ACTOR),
        commandId,
        requestHash: 'hash',
        occurredAt: event.occurredAt ?? at,
        recordedAt: at,
        decider: 'docket@1',
        schemaVersion: 1,
      },
    };
  });

const registered = (partner: string): readonly Happened<DomainEvent>[] => {
  const { eventId, hash } = filing(partner).data.content;
  const { partnerId } = aStanding(partner);
  return [
    { type: 'deal-drafted', data: { partnerId, content: aContent() }, recorded: { id: eventId } },
    {
      type: 'deal-submitted',
      data: { docketId: docketId(accountId, nameKey(productLine)), accountId, content: { eventId, hash } },
    },
  ];
};

/** Northwind files, somebody looks at it and takes too long; Fabrikam files behind it. */
const onDocket = standing(
  DOCKET,
  docketHistory([
    told(NOW, 'northwind', filing('northwind')),
    told(NOW, null, { type: 'PickUpReview', data: { dealId: dealOf('northwind') } }),
    told(LATER, 'fabrikam', filing('fabrikam')),
  ]),
);

const KEY = `accountkey-${accountKeyId({ kind: 'domain', value: 'contoso.com' })}`;

const log: readonly LoggedEvent[] = [
  ...standing(KEY, claimedKey(accountId, anOpening())),
  ...standing(ACCOUNT, openedAccount()),
  ...standing(northwind, registered('northwind')),
  ...standing(fabrikam, registered('fabrikam')),
  ...onDocket,
].map((event, index) => ({ ...event, position: { commit: BigInt(index), prepare: BigInt(index) } }));

const find = (type: string, from = log): LoggedEvent => {
  const found = from.findLast((event) => event.type === type);
  if (!found) throw new Error(`There is no ${type}`);
  return found;
};
const filed = find('claim-filed');
const ofNorthwind = log.filter(({ stream }) => stream === northwind);
/** Under which the first claim of the docket holds its place. */
const { review: firstReview } = find('claim-filed', onDocket.slice(0, 1)).data as { review: unknown };
const escalated = find('review-escalated');
const firstFiling = log.filter(({ type }) => type === 'claim-filed')[0] ?? filed;

const yes = (...events: readonly LoggedEvent[]): Answer => ({ status: 201, events: events.map(({ id }) => id) });
const request = (...answers: readonly Answer[]) => ({ key: deriveId('key', 'one'), path: 'POST /v1/deals', answers });

/** One form with one line, and what it was told became of it. */
const formOf = (partner: string, filing: LoggedEvent | null) => ({
  key: deriveId('key', 'form'),
  path: 'POST /v1/registrations',
  answers: [{ ...yes(), lines: [{ dealId: dealOf(partner), filingId: filing?.id ?? null }] }],
});

const newest = { commit: BigInt(log.length - 1), prepare: BigInt(log.length - 1) };
const aView: ComparedView = { view: 'deals@1', position: newest, equal: true, parkedStreams: [] };

const whole: History = {
  requests: [
    request(yes(filed), yes(filed)),
    formOf('northwind', firstFiling),
    { key: 'another', path: 'POST /v1/partners', answers: [] },
  ],
  log,
  views: [aView],
  points: [{ point: 'rows-written (projector)', hits: 1 }],
  now: LATER,
};

const without = (gone: LoggedEvent): History => ({ ...whole, log: log.filter((event) => event !== gone) });
const withMore = (...more: readonly LoggedEvent[]): History => ({ ...whole, log: [...log, ...more] });
const withChanged = (old: LoggedEvent, change: Partial<LoggedEvent>): History => ({
  ...whole,
  log: log.map((event) => (event === old ? { ...event, ...change } : event)),
});

/** What a stream gets next. */
const next = (event: LoggedEvent, change: Partial<LoggedEvent> = {}): LoggedEvent => ({
  ...event,
  id: deriveId('next', event.id),
  revision: BigInt(log.filter(({ stream }) => stream === event.stream).length),
  ...change,
});

const rulesBroken = (history: History): readonly string[] => [
  ...new Set(checkHistory(history).violations.map(({ rule }) => rule)),
];

describe('the history checker', () => {
  it('given a history in which everything was kept, then it finds nothing, and says how much it looked at', () => {
    expect(checkHistory(whole)).toEqual({
      counts: {
        requests: 3,
        acknowledged: 2,
        repeated: 1,
        unanswered: 1,
        lines: 1,
        events: log.length,
        streams: 5,
        wins: 0,
        filings: 2,
        timers: 1,
        views: 1,
      },
      violations: [],
    });
  });

  it.each<[string, History, string]>([
    ['an acknowledged event is gone', without(filed), 'acknowledged-once'],
    ['an acknowledged command took effect twice', withMore(next(filed)), 'acknowledged-once'],
    ['an event stands twice', withMore(next(filed, { id: filed.id })), 'ids-unique'],
    ['an event in the middle of a stream is gone', without(escalated), 'revisions-contiguous'],
    [
      'an event was recorded before the one before it',
      withChanged(filed, { metadata: { ...filed.metadata, recordedAt: addDays(NOW, -1) } }),
      'time-never-back',
    ],
    ['a command was carried out in two halves', withMore(next(find('review-picked-up'))), 'appends-whole'],
    ['a timer took effect twice', withMore(next(escalated)), 'timers-once'],
    ['a timer never took effect', { ...whole, now: addDays(LATER, 365) }, 'timers-once'],
    [
      'a request was answered in two ways',
      { ...whole, requests: [request(yes(filed), yes(escalated))] },
      'repeats-alike',
    ],
    [
      'two requests are told the same effect',
      { ...whole, requests: [request(yes(filed)), { ...request(yes(filed)), key: 'other' }] },
      'effects-not-shared',
    ],
    ['a view differs from its rebuild', { ...whole, views: [{ ...aView, equal: false }] }, 'views-equal'],
    ['a stream is parked', { ...whole, views: [{ ...aView, parkedStreams: [northwind] }] }, 'views-equal'],
    [
      'a view equals its rebuild and never got to the newest event',
      { ...whole, views: [{ ...aView, position: { commit: 1n, prepare: 1n } }] },
      'views-current',
    ],
    ['a view never handled anything', { ...whole, views: [{ ...aView, position: undefined }] }, 'views-current'],
    ['the filing that a form got a receipt for is gone', without(firstFiling), 'acknowledged-once'],
    ['the deal of a line was drafted twice', withMore(next(find('deal-drafted', ofNorthwind))), 'acknowledged-once'],
    [
      'a line that was answered as a draft was filed',
      { ...whole, requests: [formOf('northwind', null)] },
      'acknowledged-once',
    ],
    [
      'a line was filed once more by another command',
      withMore(next(firstFiling, { metadata: { ...firstFiling.metadata, commandId: deriveId('command', 'another') } })),
      'acknowledged-once',
    ],
    [
      'two forms are told the same deal',
      {
        ...whole,
        requests: [formOf('northwind', firstFiling), { ...formOf('northwind', firstFiling), key: 'other' }],
      },
      'effects-not-shared',
    ],
    ['a key is claimed for a customer that never opened', without(find('account-opened')), 'nothing-half-done'],
    ['a customer opened by a key that names nobody', without(find('accountkey-claimed')), 'nothing-half-done'],
    ['a filed deal does not know it', without(find('deal-submitted')), 'nothing-half-done'],
    [
      'a deal says it was filed and was not',
      { ...whole, log: log.filter(({ stream }) => stream !== DOCKET) },
      'nothing-half-done',
    ],
    [
      'a deal says it was filed on another docket',
      withChanged(find('deal-submitted'), {
        data: { ...(find('deal-submitted').data as object), docketId: deriveId('docket', 'another') },
      }),
      'nothing-half-done',
    ],
    ['nobody looked at a claim that has its place', without(find('review-picked-up')), 'nothing-half-done'],
    [
      'a claim ended and its deal does not know it',
      withMore(next(filed, { type: 'claim-withdrawn', data: { dealId: dealOf('fabrikam'), reason: 'Wrong line' } })),
      'nothing-half-done',
    ],
    [
      'a deal ended and its claim did not',
      withMore(next(find('deal-submitted'), { type: 'deal-ended', data: { as: 'lost' } })),
      'nothing-half-done',
    ],
    [
      'no app died at a named point',
      { ...whole, points: [{ point: 'rows-written (projector)', hits: 0 }] },
      'points-hit',
    ],
    [
      'two claims hold one place',
      withChanged(filed, { data: { ...(filed.data as object), place: 'held', review: firstReview } }),
      'one-holder',
    ],
  ])('given %s, then it says so', (_, history, rule) => {
    expect(rulesBroken(history)).toContain(rule);
  });
});
