import { registrationLog } from '@tempore/acts';
import { deal, dealAmended, dealOutcomeClaimed } from '@tempore/deals';
import { docketEvents } from '@tempore/dockets';
import { NOBODY } from '@tempore/event-store';
import { deriveId, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { driveRegistration, type Registration } from '@tempore/processes';
import { listOpenRegistrations } from '@tempore/read-models';

import type { Clock } from '../../composition/src/clock';
import type { Stores } from '../../composition/src/stores';
import { later } from './later';
import type { Process } from './process';

const OVERDUE_MS = 15_000;
const WATCH_EVERY_MS = 30_000;
/** How many of the overdue are driven on at a time. */
const OVERDUE_AT_ONCE = 100;

const statements: readonly string[] = [dealAmended.type, dealOutcomeClaimed.type];

/**
 * Lets a deal and its docket know of each other, and asks the rules about fresh claims. Whoever sends a command over
 * HTTP does this before the answer; what comes here was left by a crash, or came about by itself.
 */
export const dealRegistration = ({ runner, database }: Pick<Stores, 'runner' | 'database'>, clock: Clock): Process => {
  const drive = (registration: Registration, actor: string, correlationId: string): Promise<void> => {
    const commandId = deriveId('drive-registration', registration.dealId, correlationId);
    const meta = { commandId, requestHash: '', actor, now: clock(), correlationId };
    return driveRegistration(registrationLog({ runner, database }, meta), registration);
  };

  /** Undefined where the event says nothing of a deal that stands on a docket. */
  const registrationOf = async ({ type, stream, data }: LoggedEvent): Promise<Registration | undefined> => {
    if (!statements.includes(type))
      return hasDeal(data) ? { dealId: data.dealId, docketId: subjectOf(stream) } : undefined;
    const { state } = await runner.read(deal, subjectOf(stream));
    return 'docketId' in state ? { dealId: subjectOf(stream), docketId: state.docketId } : undefined;
  };

  return {
    name: 'deal-registration',
    interestedIn: [...docketEvents.map(({ type }) => type), ...statements],
    nudge: (event) => ({
      due: event.metadata.recordedAt,
      about: { event: event.id },
      run: async () => {
        const registration = await registrationOf(event);
        if (registration) await drive(registration, event.metadata.actor, event.metadata.$correlationId);
      },
    }),
    watchEveryMs: WATCH_EVERY_MS,
    overdue: async () => {
      const now = clock();
      const left = await listOpenRegistrations(database, later(now, -OVERDUE_MS), OVERDUE_AT_ONCE);
      return left.map((registration) => ({
        due: now,
        about: { ...registration },
        run: () => drive(registration, NOBODY, registration.dealId),
      }));
    },
  };
};

const hasDeal = (data: unknown): data is { readonly dealId: string } =>
  typeof data === 'object' && data !== null && 'dealId' in data;
