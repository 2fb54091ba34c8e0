import { customerNamedIn, deal } from '@tempore/deals';
import { DOCKET, docket, docketClocks, type DocketEvent, docketEvents, type DocketState } from '@tempore/dockets';
import { type CommandRunner, NOBODY } from '@tempore/event-store';
import { catalogueOf, decode, deriveId, type Instant, type LoggedEvent, toInstant } from '@tempore/kernel';
import { notice } from '@tempore/notices';
import { partner } from '@tempore/partners';
import { reminderOf, type SaleNames, tellOfClaim } from '@tempore/processes';
import { lineNameOf, lines, policy, PROGRAMME } from '@tempore/programme';
import { dueReminders, waitingClocks } from '@tempore/read-models';

import { giveNotice } from './give-notice';
import { type Due, OVERDUE_AT_ONCE, processOf, type Surroundings, type TimedStores } from './process';

/** Tells partners and reviewers what happened on a docket, and the docket from when its clocks against a partner run. */
export const claimNotices = processOf({
  name: 'claim-notices',
  follows: docketEvents,
  graceMs: 0,
  step: (event, { runner, clock }) => tell(event, runner, clock()),
  timers: {
    // What no event brings about is that an end draws near.
    everyMs: 60_000,
    views: ['claims', 'notices'],
    due: (stores, by, limit) => dueToRemind(stores, by, limit),
  },
  watchdog: {
    // A clock that goes on waiting waits for a notice that was left out.
    everyMs: 60_000,
    overdue: async (surroundings) => {
      const waiting = await waitingClocks(surroundings.database, surroundings.leftBefore(), OVERDUE_AT_ONCE);
      return waiting.map(({ docketId }) => ({ about: { docketId }, run: () => tellAgain(docketId, surroundings) }));
    },
  },
});

const tell = (event: LoggedEvent<DocketEvent>, runner: CommandRunner, now: Instant): Promise<void> =>
  tellOfClaim(
    {
      readDocket: async (docketId) => (await runner.read(docket, docketId)).state,
      namesOf: (told, state) => namesOf(told, state, runner),
      giveNotice: (noticeId, data) => giveNotice(runner, now, noticeId, data, event),
      startClock: (docketId, command) => {
        const { actor, $correlationId: correlationId } = event.metadata;
        const commandId = deriveId('start-clock', docketId, command.data.eventId);
        const meta = { commandId, requestHash: '', actor, now, correlationId, causationId: event.id };
        return runner.run(docketClocks, docketId, command, meta, {});
      },
    },
    event,
    now,
  );

const namesOf = async (
  { data }: DocketEvent,
  { subject, claims }: DocketState,
  runner: CommandRunner,
): Promise<SaleNames> => {
  const claim = 'dealId' in data ? claims.find(({ dealId }) => dealId === data.dealId) : undefined;
  const [known, named, sale] = await Promise.all([
    runner.read(lines, PROGRAMME),
    claim && runner.read(partner, claim.partnerId),
    claim && runner.read(deal, claim.dealId),
  ]);
  return {
    line: lineNameOf(known.state, subject?.productLine ?? ''),
    partner: named && named.state.status !== 'none' ? named.state.particulars.legalName : '',
    customer: sale ? customerNamedIn(sale.state) : null,
  };
};

const catalogue = catalogueOf(...docketEvents);

/** Tells once more of every event for whose notice a clock waits. */
const tellAgain = async (docketId: string, { runner, eventStore, clock }: Surroundings): Promise<void> => {
  const { state } = await runner.read(docket, docketId);
  const waiting = new Set(state.claims.flatMap((claim) => claim.waiting.map(({ eventId }) => eventId)));
  if (waiting.size === 0) return;
  const { events } = await eventStore.load(`${DOCKET}-${docketId}`);
  for (const event of events)
    if (waiting.has(event.id)) await tell(decode(catalogue, event) as LoggedEvent<DocketEvent>, runner, clock());
};

/** The reminders that a protection ends, by the policy that the claim lives under. */
const dueToRemind = async ({ runner, database }: TimedStores, by: Instant, limit: number): Promise<readonly Due[]> => {
  const [{ state }, known] = await Promise.all([runner.read(policy, PROGRAMME), runner.read(lines, PROGRAMME)]);
  const rules = state.map(({ version, policy: { protection } }) => ({
    policyVersion: version,
    days: protection.reminderDays,
  }));
  return (await dueReminders(database, rules, by, limit)).map(({ dueAt, windowEnds, productLine, ...due }) => ({
    at: toInstant(dueAt),
    about: { dealId: due.dealId, daysLeft: due.daysLeft.toString() },
    run: async (now) => {
      const { noticeId, notice: data } = reminderOf({
        ...due,
        line: lineNameOf(known.state, productLine),
        customer: customerNamedIn((await runner.read(deal, due.dealId)).state),
        windowEnds: toInstant(windowEnds),
      });
      const commandId = deriveId('give-notice', noticeId);
      const meta = { commandId, requestHash: '', actor: NOBODY, now, correlationId: commandId };
      await runner.run(notice, noticeId, { type: 'GiveNotice', data }, { ...meta, causationId: due.approvalId }, {});
    },
  }));
};
