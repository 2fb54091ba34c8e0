import { deal, dealAmended, dealOutcomeClaimed } from '@tempore/deals';
import { docketEvents } from '@tempore/dockets';
import { type CommandRunner, NOBODY } from '@tempore/event-store';
import { deriveId, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { driveRegistration, type Registration } from '@tempore/processes';
import { listOpenRegistrations } from '@tempore/read-models';

import { ActLog } from '../act-log';
import { registrationLog } from '../registration/registration-log';
import { OVERDUE_AT_ONCE, processOf, type Surroundings } from './process';

/** What a partner says of its filed deal. */
const statements = [dealAmended, dealOutcomeClaimed] as const;

/**
 * Lets a deal and its docket know of each other, and asks the rules about fresh claims. Whoever sends a command over
 * HTTP does this before the answer; what comes here was left by a crash, or came about by itself.
 */
export const dealRegistration = processOf({
  name: 'deal-registration',
  follows: [...docketEvents, ...statements],
  graceMs: 0,
  step: async (event, surroundings) => {
    const registration = await registrationOf(event, surroundings);
    if (registration) await drive(registration, surroundings, event.metadata.actor, event.metadata.$correlationId);
  },
  timers: null,
  watchdog: {
    everyMs: 30_000,
    overdue: async (surroundings) => {
      const { database, leftBefore } = surroundings;
      const left = await listOpenRegistrations(database, leftBefore(), OVERDUE_AT_ONCE);
      return left.map((registration) => ({
        about: { ...registration },
        run: () => drive(registration, surroundings, NOBODY, registration.dealId),
      }));
    },
  },
});

const drive = (
  registration: Registration,
  { clock, ...stores }: Surroundings,
  actor: string,
  correlationId: string,
): Promise<void> => {
  const commandId = deriveId('drive-registration', registration.dealId, correlationId);
  const meta = { commandId, requestHash: '', actor, now: clock(), correlationId };
  return driveRegistration(
    registrationLog({ log: new ActLog(stores.runner), database: stores.database }, meta),
    registration,
  );
};

/** Undefined where the event says nothing of a deal that stands on a docket. */
const registrationOf = async (
  { type, stream, data }: LoggedEvent,
  { runner }: { readonly runner: CommandRunner },
): Promise<Registration | undefined> => {
  if (!statements.some((statement) => statement.type === type))
    return hasDeal(data) ? { dealId: data.dealId, docketId: subjectOf(stream) } : undefined;
  const { state } = await runner.read(deal, subjectOf(stream));
  return 'docketId' in state ? { dealId: subjectOf(stream), docketId: state.docketId } : undefined;
};

const hasDeal = (data: unknown): data is { readonly dealId: string } =>
  typeof data === 'object' && data !== null && 'dealId' in data;
