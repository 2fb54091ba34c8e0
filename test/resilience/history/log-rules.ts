import { NOBODY } from '@tempore/event-store';
import { type LoggedEvent } from '@tempore/kernel';

import type { Violation } from './history';

export const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
};

export const streamsOf = (log: readonly LoggedEvent[]) => groupBy(log, ({ stream }) => stream);

/** No event id stands twice in the log. */
export const idsAreUnique = (log: readonly LoggedEvent[]): Violation[] =>
  [...groupBy(log, ({ id }) => id)]
    .filter(([, events]) => events.length > 1)
    .map(([id, [event]]) => ({ rule: 'ids-unique', where: event?.stream ?? '', what: `${id} stands more than once` }));

/** The revisions of a stream are 0, 1, 2 and so on. */
export const revisionsAreContiguous = (log: readonly LoggedEvent[]): Violation[] =>
  [...streamsOf(log)].flatMap(([where, events]) => {
    const gap = events.findIndex(({ revision }, index) => revision !== BigInt(index));
    return gap < 0 ? [] : [{ rule: 'revisions-contiguous', where, what: `its event ${gap} has another revision` }];
  });

/** On one stream `recordedAt` never runs back (rulebook 2.2). */
export const timeNeverRunsBack = (log: readonly LoggedEvent[]): Violation[] =>
  [...streamsOf(log)].flatMap(([where, events]) =>
    events
      .filter(({ metadata }, index) => metadata.recordedAt < (events[index - 1]?.metadata.recordedAt ?? ''))
      .map(({ id }) => ({ rule: 'time-never-back', where, what: `${id} was recorded before the event before it` })),
  );

/** What a command leaves on a stream came with one append: nothing of others stands between. */
export const appendsAreWhole = (log: readonly LoggedEvent[]): Violation[] =>
  [...streamsOf(log)].flatMap(([where, events]) =>
    [...groupBy(events, ({ metadata }) => metadata.commandId)].flatMap(([commandId, own]) => {
      const [first, last] = [own[0], own.at(-1)];
      const whole = first && last && last.revision - first.revision === BigInt(own.length - 1);
      return whole ? [] : [{ rule: 'appends-whole', where, what: `${commandId} took effect in more than one place` }];
    }),
  );

const isDue = ({ metadata: { actor, commandId, $correlationId } }: LoggedEvent): boolean =>
  actor === NOBODY && commandId === $correlationId;

/** What falls due by itself. */
export const duesOf = (log: readonly LoggedEvent[]): readonly LoggedEvent[] => log.filter(isDue);

/** The command id of what falls due is made of stream and cause (rulebook 2.5): where it stands twice, a timer fired twice. */
export const timersTookEffectOnce = (log: readonly LoggedEvent[]): Violation[] =>
  [...groupBy(duesOf(log), ({ metadata }) => metadata.commandId)]
    .filter(([, events]) => events.length > 1)
    .map(([, [event]]) => ({
      rule: 'timers-once',
      where: event?.stream ?? '',
      what: `${event?.type ?? ''} fell due more than once for one cause`,
    }));
