import {
  acknowledgedLinesStandOnce,
  acknowledgedStandsOnce,
  effectsAreNotShared,
  isAcknowledged,
  repeatsAreAnsweredAlike,
  viewsEqualTheirRebuild,
  viewsGotToTheEnd,
} from './answer-rules';
import type { History, Violation } from './history';
import {
  appendsAreWhole,
  duesOf,
  idsAreUnique,
  revisionsAreContiguous,
  streamsOf,
  timersTookEffectOnce,
  timeNeverRunsBack,
} from './log-rules';
import { registrationsAreWhole } from './registration-rules';
import { nothingIsOverdue, openingsAreWhole, placesHaveOneHolder } from './state-rules';

/** How much a check looked at: a rule that saw nothing proved nothing. */
export interface Counts {
  readonly requests: number;
  readonly acknowledged: number;
  /** Answered, whatever the answer, more than once. */
  readonly repeated: number;
  readonly unanswered: number;
  /** Lines of forms that were acknowledged. */
  readonly lines: number;
  readonly events: number;
  readonly streams: number;
  readonly wins: number;
  readonly filings: number;
  readonly timers: number;
  readonly views: number;
}

export interface Findings {
  readonly counts: Counts;
  readonly violations: readonly Violation[];
}

/** A point at which nothing died was not stood. */
const everyPointWasHit = ({ points }: History): Violation[] =>
  points
    .filter(({ hits }) => hits === 0)
    .map(({ point }) => ({ rule: 'points-hit', where: point, what: 'nothing died there' }));

/** Holds what was answered, what stands in the log and what the views say against each other. */
export const checkHistory = (history: History): Findings => {
  const { log, requests, views } = history;
  const aboutLog = [
    idsAreUnique,
    revisionsAreContiguous,
    timeNeverRunsBack,
    appendsAreWhole,
    timersTookEffectOnce,
  ].flatMap((rule) => rule(log));
  const aboutAll = [
    acknowledgedStandsOnce,
    acknowledgedLinesStandOnce,
    repeatsAreAnsweredAlike,
    effectsAreNotShared,
    viewsGotToTheEnd,
    viewsEqualTheirRebuild,
    openingsAreWhole,
    registrationsAreWhole,
    nothingIsOverdue,
    placesHaveOneHolder,
    everyPointWasHit,
  ].flatMap((rule) => rule(history));
  return {
    counts: {
      requests: requests.length,
      acknowledged: requests.filter(isAcknowledged).length,
      repeated: requests.filter(({ answers }) => answers.length > 1).length,
      unanswered: requests.filter(({ answers }) => answers.length === 0).length,
      lines: requests.flatMap(({ answers: [first] }) => first?.lines ?? []).length,
      events: log.length,
      streams: streamsOf(log).size,
      wins: log.filter(({ type }) => type === 'win-confirmed').length,
      filings: log.filter(({ type }) => type === 'claim-filed').length,
      timers: duesOf(log).length,
      views: views.length,
    },
    violations: [...aboutLog, ...aboutAll],
  };
};
