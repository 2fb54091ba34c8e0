import { account } from '@tempore/accounts';
import { deal, type DealEvent } from '@tempore/deals';
import { docket, docketId, type DocketCommand, type DocketEvent } from '@tempore/dockets';
import {
  accountId,
  aDocketContext,
  aStanding,
  dealOf,
  dueBy,
  draftedDeal,
  filing,
  fold,
  type Happened,
  NOW,
  productLine,
  recordedAt,
  usd,
} from '@tempore/testing';
import fc from 'fast-check';

import { type DealRegistrationLog, driveRegistration } from '..';

const dealId = dealOf('northwind');
const registration = { dealId, docketId: docketId(accountId, productLine) };

interface Log {
  deal: readonly Happened<DealEvent>[];
  docket: readonly Happened<DocketEvent>[];
}

const newLog = (): Log => ({ deal: draftedDeal(), docket: [] });

class Crash extends Error {}

const context = { ...aDocketContext(), partner: aStanding('northwind') };

/** Decides and appends in one go, as the runner does. */
const tellDocket = (log: Log, command: DocketCommand): void => {
  const due = dueBy(docket, fold(docket, log.docket), NOW).map(recordedAt(NOW));
  const settled = [...log.docket, ...due];
  log.docket = [...settled, ...docket.decide(command, fold(docket, settled), context).map(recordedAt(NOW))];
};

/** The log as one process reaches it: each access waits for its turn, and after `accesses` of them the process dies. */
const accessTo = (log: Log, turn: () => Promise<void>, score: number, accesses = Infinity): DealRegistrationLog => {
  let left = accesses;
  const access = async <T>(act: () => T): Promise<T> => {
    await turn();
    if (left-- <= 0) throw new Crash();
    return act();
  };
  return {
    readDeal: () => access(() => fold(deal, log.deal)),
    readDocket: () => access(() => fold(docket, log.docket)),
    readAccount: () => access(() => account.initialState),
    tellAccount: () => access(() => undefined),
    tellDeal: (_id, command) =>
      access(() => {
        log.deal = [...log.deal, ...deal.decide(command, fold(deal, log.deal), context)];
      }),
    tellDocket: (_id, command) => access(() => tellDocket(log, command)),
    adviseOnFiling: () => access(() => ({ conflict: { score, sequence: '7' }, elsewhere: usd(0) })),
    claimsElsewhere: () => access(() => ({ live: usd(0), approved: usd(0) })),
  };
};

const atOnce = () => Promise.resolve();

const unlessCrashed = (work: Promise<void>): Promise<void> =>
  work.catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });

/** What may have happened to the claim by the time that somebody drives it on. */
const claim = fc.record({
  units: fc.constantFrom(20_000, 75_000),
  score: fc.constantFrom(0.1, 0.9),
  isWithdrawn: fc.boolean(),
});

const filedLog = ({ units, isWithdrawn }: { units: number; isWithdrawn: boolean }): Log => {
  const log = newLog();
  tellDocket(log, filing('northwind', { amounts: [usd(units)] }));
  if (isWithdrawn) tellDocket(log, { type: 'WithdrawClaim', data: { dealId, reason: 'Wrong line' } });
  return log;
};

const typesIn = ({ deal: told, docket: decided }: Log) => [...told, ...decided].map(({ type }) => type);

it('whoever drives a registration at once and dies wherever, after the watchdog it stands as if nobody had died', () =>
  fc.assert(
    fc.asyncProperty(
      claim,
      fc.array(fc.nat(8), { minLength: 1, maxLength: 4 }),
      fc.scheduler(),
      async (given, deaths, scheduler) => {
        const undisturbed = filedLog(given);
        await driveRegistration(accessTo(undisturbed, atOnce, given.score), registration);

        const log = filedLog(given);
        const turn = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(
          Promise.all(
            deaths.map((accesses) =>
              unlessCrashed(driveRegistration(accessTo(log, turn, given.score, accesses), registration)),
            ),
          ),
        );
        await driveRegistration(accessTo(log, atOnce, given.score), registration);

        expect(typesIn(log)).toEqual(typesIn(undisturbed));
        expect(fold(deal, log.deal)).toEqual(fold(deal, undisturbed.deal));
        expect(fold(docket, log.docket)).toEqual(fold(docket, undisturbed.docket));
      },
    ),
    { numRuns: 300 },
  ));
