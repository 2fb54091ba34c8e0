import { comparePositions, type LoggedEvent } from '@tempore/kernel';

import type { Answer, History, RegisteredLine, Request, Violation } from './history';
import { groupBy } from './log-rules';

const isYes = ({ status }: { readonly status: number }): boolean => status >= 200 && status < 300;

export const isAcknowledged = ({ answers }: Request): boolean => answers.some(isYes);

/** Ids of the events that an answer vouches for: those it names, and the filings that it gives receipts for. */
const eventsOf = ({ events, lines = [] }: Answer): readonly string[] => [
  ...events,
  ...lines.flatMap(({ filingId }) => filingId ?? []),
];

/** Ids of all that an answer vouches for. */
const effectsOf = (answer: Answer): readonly string[] => [
  ...eventsOf(answer),
  ...(answer.lines ?? []).map(({ dealId }) => dealId),
];

const nameOf = ({ path, key }: Request): string => `${path} under ${key}`;

/** What was acknowledged stands in the log, and nothing more of the same command beside it. */
export const acknowledgedStandsOnce = ({ requests, log }: History): Violation[] => {
  const byId = groupBy(log, ({ id }) => id);
  const byCommand = groupBy(log, commandOnStream);
  return requests.flatMap((request) => {
    const named = request.answers.filter(isYes).flatMap(eventsOf);
    const violation = (what: string): Violation => ({ rule: 'acknowledged-once', where: nameOf(request), what });
    return [...new Set(named)].flatMap((id) => {
      const [event, twice] = byId.get(id) ?? [];
      if (!event) return [violation(`${id} was acknowledged and is not in the log`)];
      if (twice) return [violation(`${id} stands more than once`)];
      return (byCommand.get(commandOnStream(event)) ?? [])
        .filter((other) => !named.includes(other.id))
        .map((other) => violation(`${other.id} took effect beside what was acknowledged`));
    });
  });
};

/** Each line of an acknowledged form was drafted once, and filed once where it got a receipt, else not at all. */
export const acknowledgedLinesStandOnce = ({ requests, log }: History): Violation[] => {
  const drafts = groupBy(log.filter(isOfType('deal-drafted')), ({ stream }) => stream);
  const filings = groupBy(log.filter(isOfType('claim-filed')), ({ data }) => (data as { dealId: string }).dealId);
  const wrongOf = ({ dealId, filingId }: RegisteredLine): string[] => {
    const drafted = drafts.get(`deal-${dealId}`)?.length ?? 0;
    const filed = (filings.get(dealId) ?? []).map(({ id }) => id);
    const promised = filingId === null ? [] : [filingId];
    return [
      ...(drafted === 1 ? [] : [`deal ${dealId} was acknowledged and was drafted ${drafted} times`]),
      ...(filed.join() === promised.join()
        ? []
        : [`deal ${dealId} was filed by [${filed.join()}], and [${promised.join()}] was acknowledged`]),
    ];
  };
  return requests.flatMap((request) =>
    request.answers
      .filter(isYes)
      .flatMap(({ lines = [] }) => lines.flatMap(wrongOf))
      .map((what) => ({ rule: 'acknowledged-once', where: nameOf(request), what })),
  );
};

const isOfType =
  (wanted: string) =>
  ({ type }: LoggedEvent): boolean =>
    type === wanted;

const commandOnStream = ({ stream, metadata }: LoggedEvent): string => `${stream} ${metadata.commandId}`;

/** However often a request is sent, once it was acknowledged it is answered alike. */
export const repeatsAreAnsweredAlike = ({ requests }: History): Violation[] =>
  requests
    .filter(({ answers }) => new Set(answers.filter(isYes).map((answer) => effectsOf(answer).join())).size > 1)
    .map((request) => ({
      rule: 'repeats-alike',
      where: nameOf(request),
      what: 'two answers name different events',
    }));

/** One event is the answer to one request only. */
export const effectsAreNotShared = ({ requests }: History): Violation[] => {
  const claimed = requests.flatMap((request) =>
    [...new Set(request.answers.filter(isYes).flatMap(effectsOf))].map((id) => ({ id, request })),
  );
  return [...groupBy(claimed, ({ id }) => id)]
    .filter(([, claims]) => claims.length > 1)
    .map(([id, claims]) => ({
      rule: 'effects-not-shared',
      where: claims.map(({ request }) => nameOf(request)).join(', '),
      what: `${id} is the answer to both`,
    }));
};

/** Every view has got to the newest event of the log: what it equals further back proves nothing of the rest. */
export const viewsGotToTheEnd = ({ log, views }: History): Violation[] => {
  const newest = log.at(-1);
  if (!newest) return [];
  return views
    .filter(({ position }) => !position || comparePositions(position, newest.position) < 0)
    .map(({ view }) => ({ rule: 'views-current', where: view, what: `never got to ${newest.type} ${newest.id}` }));
};

/** Every view is what the log makes of it, and waits for nothing. */
export const viewsEqualTheirRebuild = ({ views }: History): Violation[] =>
  views.flatMap(({ view, equal, parkedStreams }) => [
    ...(equal ? [] : [{ rule: 'views-equal', where: view, what: 'differs from a fresh replay' }]),
    ...parkedStreams.map((stream) => ({ rule: 'views-equal', where: view, what: `${stream} is parked` })),
  ]);
