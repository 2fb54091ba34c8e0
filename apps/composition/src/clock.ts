import { randomUUID } from 'node:crypto';

import { CLOCK as CLOCK_CATEGORY, clockMoved, SIMULATED, simulatedClock } from '@tempore/clock';
import type { CommandMeta, Outcome } from '@tempore/event-store';
import { type DomainEvent, type Instant, laterOf, Refusal, toInstant } from '@tempore/kernel';
import type { Settings } from '@tempore/settings';
import type { Logger } from 'pino';

import type { Lifetime } from './lifetime';
import type { Stores } from './stores';

/** Injection token of what time it is. */
export const CLOCK = Symbol('CLOCK');

/** Injection token of the clock that may be moved. */
export const INSTALLATION_CLOCK = Symbol('INSTALLATION_CLOCK');

/** What time it is. */
export type Clock = () => Instant;

export const systemClock: Clock = () => toInstant(new Date());

/** The clock of an installation; `move` is there where it is simulated. */
export interface InstallationClock {
  readonly now: Clock;
  readonly move?: MoveClock;
  /** Looks where it stands by now: another process may have moved it, and is heard of a moment later. */
  readonly look?: () => Promise<void>;
}

/** Moves a simulated clock on. Throws `CLOCK_BACKWARDS`. */
export type MoveClock = (
  to: Instant,
  by: Pick<CommandMeta, 'actor' | 'commandId' | 'requestHash'>,
) => Promise<Outcome<DomainEvent>>;

/** The time of day, or, in a simulated installation, what the log says it is. */
export const openClock = async (
  { clock }: Pick<Settings, 'clock'>,
  stores: ClockStores,
  logger: Logger,
  lifetime: Lifetime,
): Promise<InstallationClock> => {
  if (clock === 'system') return { now: systemClock };
  const { stop, ...simulated } = await openSimulatedClock(stores, logger);
  return lifetime.add('simulated clock', simulated, stop);
};

type ClockStores = Pick<Stores, 'runner' | 'eventStore' | 'installationId'>;

/** Resumes the simulated clock where the log says it stands; the first start sets it to the time of day. */
const openSimulatedClock = async (
  { runner, eventStore, installationId }: ClockStores,
  logger: Logger,
): Promise<Required<InstallationClock> & { readonly stop: () => Promise<void> }> => {
  const { state } = await runner.read(simulatedClock, SIMULATED);
  let at = state.at ?? systemClock();
  const keep = (to: Instant): void => {
    at = laterOf(at, to);
  };
  const move: MoveClock = async (to, by) => {
    const meta = { ...by, now: to, correlationId: by.commandId };
    const outcome = await runner.run(simulatedClock, SIMULATED, { type: 'MoveClock', data: { to } }, meta, {});
    keep(to);
    return outcome;
  };
  if (state.at === null) {
    try {
      await move(at, { actor: installationId, commandId: randomUUID(), requestHash: '' });
    } catch (error) {
      // Another app that starts at this moment has set it, a little later.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  const stopping = new AbortController();
  const following = follow(eventStore, stopping.signal, keep).catch((error: unknown) => {
    logger.fatal({ err: error }, 'the simulated clock is no longer followed');
  });
  return {
    now: () => at,
    move,
    look: async () => {
      const { state: moved } = await runner.read(simulatedClock, SIMULATED);
      if (moved.at) keep(moved.at);
    },
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
};

/** Another process may have moved the clock. */
const follow = async (
  eventStore: Stores['eventStore'],
  signal: AbortSignal,
  keep: (to: Instant) => void,
): Promise<void> => {
  for await (const { events } of eventStore.subscribe({ categories: [CLOCK_CATEGORY], signal }))
    for (const { type, data } of events) if (type === clockMoved.type) keep(clockMoved.schema.parse(data).to);
};
