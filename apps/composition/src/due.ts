import { pursueErasure } from '@tempore/acts';
import { docket } from '@tempore/dockets';
import { NOBODY } from '@tempore/event-store';
import { deriveId, type Instant, toInstant } from '@tempore/kernel';
import { notice } from '@tempore/notices';
import { person } from '@tempore/people';
import { reminderOf } from '@tempore/processes';
import { lineNameOf, lines, policy, PROGRAMME } from '@tempore/programme';
import { dueErasures, dueReminders, dueTimers } from '@tempore/read-models';

import type { Stores } from './stores';

/** Something that happens by itself. To let it happen twice is as good as once. */
export interface Due {
  readonly at: Instant;
  readonly about: Readonly<Record<string, string>>;
  readonly run: (now: Instant) => Promise<void>;
}

/** The dockets on which something has fallen due by an instant, the earliest first and `limit` of them at most. */
export const dueOnDockets = async (
  { runner, database }: Pick<Stores, 'runner' | 'database'>,
  by: Instant,
  limit: number,
): Promise<readonly Due[]> =>
  (await dueTimers(database, by, limit)).map(({ docketId, dueAt }) => ({
    at: toInstant(dueAt),
    about: { docketId },
    run: (now) => runner.settle(docket, docketId, now),
  }));

/** Likewise the erasures that nothing holds up any more. */
export const dueOnPersons = async (
  stores: Pick<Stores, 'runner' | 'vault' | 'database'>,
  by: Instant,
  limit: number,
): Promise<readonly Due[]> =>
  (await dueErasures(stores.database, by, limit)).map(({ personId, dueAt }) => ({
    at: toInstant(dueAt),
    about: { personId },
    run: async (now) => {
      await stores.runner.settle(person, personId, now);
      await pursueErasure(stores, personId, { actor: NOBODY, now, correlationId: personId });
    },
  }));

/** Likewise the reminders that a protection ends, by the policy that the claim lives under. */
export const dueToRemind = async (
  { runner, database }: Pick<Stores, 'runner' | 'database'>,
  by: Instant,
  limit: number,
): Promise<readonly Due[]> => {
  const [{ state }, catalogue] = await Promise.all([runner.read(policy, PROGRAMME), runner.read(lines, PROGRAMME)]);
  const rules = state.map((known) => ({
    policyVersion: known.version,
    days: known.policy.protection.reminderDays,
  }));
  return (await dueReminders(database, rules, by, limit)).map(({ dueAt, windowEnds, productLine, ...due }) => ({
    at: toInstant(dueAt),
    about: { dealId: due.dealId, daysLeft: due.daysLeft.toString() },
    run: async (now) => {
      const { noticeId, notice: data } = reminderOf({
        ...due,
        line: lineNameOf(catalogue.state, productLine),
        windowEnds: toInstant(windowEnds),
      });
      const commandId = deriveId('give-notice', noticeId);
      const meta = { commandId, requestHash: '', actor: NOBODY, now, correlationId: commandId };
      await runner.run(notice, noticeId, { type: 'GiveNotice', data }, { ...meta, causationId: due.approvalId }, {});
    },
  }));
};
