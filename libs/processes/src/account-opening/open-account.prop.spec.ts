import { account, accountKey, accountKeyId, domainKey, inClaimOrder } from '@tempore/accounts';
import { type Command, type Decider, deriveId, type DomainEvent, Refusal } from '@tempore/kernel';
import { ACTOR, anOpening, fold, NOW } from '@tempore/testing';
import fc from 'fast-check';

import { type AccountOpeningLog, openAccount, type PendingAccount, settleOpening } from '..';

/** Streams of one category, with every command decided and appended in one go, as the runner does. */
const streamsOf = <State, C extends Command, E extends DomainEvent>(decider: Decider<State, C, E>) => {
  const streams = new Map<string, readonly E[]>();
  const read = (id: string): State => fold(decider, streams.get(id) ?? []);
  const tell = (id: string, command: C): void => {
    const events = decider.decide(command, read(id), { now: NOW, actor: ACTOR });
    streams.set(id, [...(streams.get(id) ?? []), ...events]);
  };
  return { streams, read, tell };
};

const newLog = () => ({ keys: streamsOf(accountKey), accounts: streamsOf(account) });
type Log = ReturnType<typeof newLog>;

class Crash extends Error {}

/** The log as one process reaches it: each access waits for its turn, and after `accesses` of them the process dies. */
const accessTo = ({ keys, accounts }: Log, turn: () => Promise<void>, accesses = Infinity): AccountOpeningLog => {
  let left = accesses;
  const access = async <T>(act: () => T): Promise<T> => {
    await turn();
    if (left-- <= 0) throw new Crash();
    return act();
  };
  return {
    readKey: (key) => access(() => keys.read(accountKeyId(key))),
    readAccount: (id) => access(() => accounts.read(id)),
    tellKey: (key, command) => access(() => keys.tell(accountKeyId(key), command)),
    tellAccount: (id, command) => access(() => accounts.tell(id, command)),
  };
};

/** The same log as an act goes through it: it goes on from what it has read or was answered, and asks again once refused. */
const remembering = (log: AccountOpeningLog, { keys, accounts }: Log): AccountOpeningLog => {
  const known = new Map<string, unknown>();
  const read = async <T>(id: string, ask: () => Promise<T>): Promise<T> => {
    if (!known.has(id)) known.set(id, await ask());
    return known.get(id) as T;
  };
  const told = async (id: string, tell: () => Promise<unknown>, after: () => unknown): Promise<void> => {
    known.delete(id);
    await tell();
    known.set(id, after());
  };
  return {
    readKey: (key) => read(accountKeyId(key), () => log.readKey(key)),
    readAccount: (id) => read(id, () => log.readAccount(id)),
    tellKey: (key, command) => {
      const id = accountKeyId(key);
      return told(
        id,
        () => log.tellKey(key, command),
        () => keys.read(id),
      );
    },
    tellAccount: (id, command) =>
      told(
        id,
        () => log.tellAccount(id, command),
        () => accounts.read(id),
      ),
  };
};

type Ending = { readonly answer: string } | 'refused' | 'crashed';

const endingOf = (work: Promise<string>): Promise<Ending> =>
  work.then(
    (answer) => ({ answer }),
    (error: unknown) => {
      if (error instanceof Crash) return 'crashed';
      if (error instanceof Refusal && error.code === 'ACCOUNT_KEYS_DISAGREE') return 'refused';
      throw error;
    },
  );

const claimsIn = ({ keys }: Log) =>
  [...keys.streams.keys()].map(keys.read).filter(({ status }) => status === 'claimed');

/** What the reactor does about openings that have been on their way for too long. */
const watchdog = async (log: Log): Promise<void> => {
  for (const claim of claimsIn(log))
    if (claim.status === 'claimed' && claim.opening)
      await settleOpening(
        accessTo(log, () => Promise.resolve()),
        {
          accountId: claim.accountId,
          opening: claim.opening,
        },
      );
};

const openAccountsIn = ({ accounts }: Log) =>
  new Map(
    [...accounts.streams.keys()].flatMap((id) => {
      const state = accounts.read(id);
      return state.status === 'open' ? [[id, state.keys] as const] : [];
    }),
  );

const namedBy = ({ keys }: Log, { opening }: PendingAccount) =>
  opening.keys.map((key) => {
    const state = keys.read(accountKeyId(key));
    return state.status === 'claimed' ? state.accountId : null;
  });

const expectKeysAndAccountsToAgree = (log: Log) => {
  const open = openAccountsIn(log);
  for (const claim of claimsIn(log))
    if (claim.status === 'claimed') expect(open.get(claim.accountId)).toContainEqual(claim.key);
  for (const [id, keys] of open)
    for (const key of keys)
      expect(log.keys.read(accountKeyId(key))).toMatchObject({ status: 'claimed', accountId: id });
};

const expectEnding = (log: Log, pending: PendingAccount, ending: Ending) => {
  const named = new Set(namedBy(log, pending));
  const open = openAccountsIn(log);
  if (ending === 'crashed') return;
  if (ending === 'refused') expect([...named].filter((id) => id !== null && open.has(id)).length).toBeGreaterThan(1);
  else {
    expect(open.has(ending.answer)).toBe(true);
    expect([...named]).toContain(ending.answer);
  }
};

const KEYS = ['a.com', 'b.com', 'c.com', 'd.com'].map(domainKey);

/** Customers that are to be opened, with keys that overlap as they like. */
const pendingAccounts = fc.array(fc.subarray(KEYS, { minLength: 1 }), { minLength: 2, maxLength: 4 }).map((keySets) =>
  keySets.map((keys, index): PendingAccount => ({
    accountId: deriveId('account', index.toString()),
    opening: anOpening({ legalName: `Customer ${index}`, keys: inClaimOrder(keys) }),
  })),
);

/** Who works on which of them at once, and after how many accesses to the log each dies, if it does. */
const scenario = pendingAccounts.chain((pending) =>
  fc.record({
    workers: fc.array(
      fc.record({
        pending: fc.constantFrom(...pending),
        accesses: fc.option(fc.nat(25), { nil: Infinity }),
        remembers: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6 },
    ),
    scheduler: fc.scheduler(),
  }),
);

it('whoever opens what at once and dies wherever, each key names one account that opens, after the watchdog came by', () =>
  fc.assert(
    fc.asyncProperty(scenario, async ({ workers, scheduler }) => {
      const log = newLog();
      const turn = () => scheduler.schedule(Promise.resolve());
      const endings = await scheduler.waitFor(
        Promise.all(
          workers.map(({ pending, accesses, remembers }) => {
            const access = accessTo(log, turn, accesses);
            return endingOf(openAccount(remembers ? remembering(access, log) : access, pending));
          }),
        ),
      );
      workers.forEach(({ pending }, index) => expectEnding(log, pending, endings[index] ?? 'crashed'));
      await watchdog(log);
      expectKeysAndAccountsToAgree(log);
      workers.forEach(({ pending }, index) => expectEnding(log, pending, endings[index] ?? 'crashed'));
    }),
    { numRuns: 300 },
  ));

it('given no crash, nothing is left for the watchdog', () =>
  fc.assert(
    fc.asyncProperty(pendingAccounts, fc.scheduler(), async (pending, scheduler) => {
      const log = newLog();
      const turn = () => scheduler.schedule(Promise.resolve());
      await scheduler.waitFor(Promise.all(pending.map((each) => endingOf(openAccount(accessTo(log, turn), each)))));
      expectKeysAndAccountsToAgree(log);
    }),
    { numRuns: 200 },
  ));
