import { randomUUID } from 'node:crypto';

import { account, type AccountCommand } from '@tempore/accounts';
import { deal, type DealCommand, type DealEvent, type DealState, emptyContent } from '@tempore/deals';
import { CommandRunner, type EventStore, openEventStore } from '@tempore/event-store';
import {
  addDays,
  type Command,
  type Decider,
  type DomainEvent,
  type Instant,
  parseDay,
  parseInstant,
} from '@tempore/kernel';
import { partner, type PartnerCommand } from '@tempore/partners';
import { principal } from '@tempore/principals';
import { policy, type PolicyCommand, policyVersion1, PROGRAMME, rates } from '@tempore/programme';

import { eventStoreUrl, freshNamespace } from '../../../../test/stores';
import { loadDocketContext } from './docket-context';
import { foundProgramme } from '../programme/programme';

const NOW = parseInstant('2026-03-02T09:00:00.000Z');
const [anna, ben, accountId, partnerId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const of = {
  accountId,
  productLine: 'Gateway',
  partnerId,
  actor: { id: anna, partnerId: null },
  beside: 'all',
} as const;
const reason = 'As agreed';

let store: EventStore;
let runner: CommandRunner;

const tell = <State, C extends Command, E extends DomainEvent>(
  decider: Decider<State, C, E>,
  id: string,
  command: C,
  actor: string = anna,
  now: Instant = NOW,
) => {
  const commandId = randomUUID();
  return runner.run(decider, id, command, { commandId, requestHash: '', actor, now, correlationId: commandId }, {});
};
const tellAccount = (command: AccountCommand, actor?: string) => tell(account, accountId, command, actor);
const tellPartner = (command: PartnerCommand, actor?: string) => tell(partner, partnerId, command, actor);
const tellProgramme = (command: PolicyCommand, actor?: string) => tell(policy, PROGRAMME, command, actor);

beforeEach(async () => {
  store = openEventStore({ url: eventStoreUrl(), namespace: freshNamespace() });
  runner = new CommandRunner(store);
  await foundProgramme({ runner, installationId: randomUUID() }, NOW);
  const opening = { legalName: 'Contoso AG', country: 'CH', keys: [], source: { system: 'crm', name: 'Contoso' } };
  await tellAccount({ type: 'OpenAccount', data: opening });
  await tellPartner({
    type: 'ApplyAsPartner',
    data: { legalName: 'Northwind', country: 'DE', website: null, source: null },
  });
});
afterEach(() => store.close());

it('given nothing but a customer and a partner, a filing is judged by the policy of the product alone', async () => {
  expect(await loadDocketContext(runner, of, NOW)).toEqual({
    policy: { version: 1, policy: policyVersion1 },
    closedLine: null,
    partner: {
      partnerId,
      group: partnerId,
      status: 'applied',
      tier: 'bronze',
      kind: 'referral',
      lacks: [],
      territories: null,
      named: 'not-aligned',
    },
    account: { territory: 'CH', house: null, customerOfLine: null, renewalLetter: null },
    stakes: [],
    examined: 'all',
    rates: [],
  });
});

it('given facts in every stream that takes part, a filing is judged by all of them, as they stand at its instant', async () => {
  const tomorrow = addDays(NOW, 1);
  const proposalId = randomUUID();
  const stakeId = randomUUID();
  const shorter = { ...policyVersion1, protection: { ...policyVersion1.protection, windowDays: 60 } };
  await tellProgramme({
    type: 'ProposePolicy',
    data: { version: 2, effectiveFrom: tomorrow, policy: shorter, holidaySets: [], reason },
  });
  await tellProgramme({ type: 'AdoptPolicy', data: { version: 2 } }, ben);
  await tellPartner({ type: 'ApprovePartner', data: { tier: 'silver' } });
  const change = { of: 'named-accounts' as const, added: [accountId], removed: [] };
  await tellPartner({ type: 'ProposePartnerChange', data: { proposalId, change, reason } });
  await tellPartner({ type: 'AdoptPartnerChange', data: { proposalId } }, ben);
  const lines = [{ productLine: 'Gateway', minimumTier: 'gold' as const, certifiedPeople: 1 }];
  await tellPartner({ type: 'AgreePartnerLines', data: { lines, reason } });
  const house = { of: 'house' as const, house: true };
  await tellAccount({ type: 'ProposeAccountChange', data: { proposalId, change: house, reason } });
  const adoption = await tellAccount({ type: 'AdoptAccountChange', data: { proposalId } }, ben);
  const euro = { currency: 'EUR', perUnit: '1.12', source: 'ECB', on: parseDay('2026-03-01') };
  const quoted = { rates: [{ ...euro, to: 'USD' }] };
  await tell(rates, PROGRAMME, { type: 'ProposeRates', data: { proposalId, change: quoted, reason } });
  await tell(rates, PROGRAMME, { type: 'AdoptRates', data: { proposalId } }, ben);
  const stake = { stakeId, on: 'account' as const, id: accountId };
  await tell(principal, anna, { type: 'DeclareStake', data: { principalId: anna, stake, reason } });

  const today = await loadDocketContext(runner, of, NOW);
  expect(today).toMatchObject({
    policy: { version: 1 },
    partner: { status: 'active', tier: 'silver', lacks: ['tier', 'certificate'], named: 'aligned' },
    account: { house: { eventId: adoption.events[0]?.id } },
    rates: [euro],
  });
  // A stake bars whoever decides: where nobody does, it is not asked for.
  expect(today.stakes).toEqual([]);
  const decided = await loadDocketContext(runner, { ...of, beside: [] }, NOW);
  expect(decided.stakes).toEqual([{ on: 'account', id: accountId, kind: 'declared' }]);
  expect((await loadDocketContext(runner, of, tomorrow)).policy).toEqual({ version: 2, policy: shorter });
});

it('given somebody who acts for a partner, their stake in it goes without saying', async () => {
  const actor = { id: ben, partnerId };
  const { stakes, partner: standing } = await loadDocketContext(runner, { ...of, partnerId: null, actor }, NOW);
  expect([stakes, standing]).toEqual([[{ on: 'partner', id: partnerId, kind: 'member' }], null]);
});

it('given somebody who was recorded among a partner’s people, or acted for its deal, then that ties them to it', async () => {
  const dealId = randomUUID();
  const beside = [{ dealId, partnerId, actors: [] }];
  const asked = { ...of, partnerId: null, actor: { id: ben, partnerId: null }, beside };
  expect(await loadDocketContext(runner, asked, NOW)).toMatchObject({ stakes: [], examined: [dealId] });

  await tell(
    deal as Decider<DealState, DealCommand, DealEvent>,
    dealId,
    { type: 'DraftDeal', data: { partnerId, content: emptyContent } },
    ben,
  );
  const acted = { on: 'partner', id: partnerId, kind: 'acted' };
  expect((await loadDocketContext(runner, asked, NOW)).stakes).toEqual([acted]);
  const onDocket = { ...asked, actor: { id: anna, partnerId: null }, beside: [{ dealId, partnerId, actors: [anna] }] };
  expect((await loadDocketContext(runner, onDocket, NOW)).stakes).toEqual([acted]);

  await tellPartner({ type: 'AddPartnerPerson', data: { personId: ben, person: null } });
  await tellPartner({ type: 'RemovePartnerPerson', data: { personId: ben } });
  const member = { on: 'partner', id: partnerId, kind: 'member' };
  expect((await loadDocketContext(runner, asked, NOW)).stakes).toEqual([member, acted]);
});

it('given a machine whose clock is behind that of the founding, the policy is in force all the same', async () => {
  expect((await loadDocketContext(runner, of, addDays(NOW, -1))).policy.version).toBe(1);
});

it('given several first starts at once, the programme is founded once', async () => {
  const installationId = randomUUID();
  const namespace = freshNamespace();
  const stores = Array.from({ length: 3 }, () => openEventStore({ url: eventStoreUrl(), namespace }));
  await Promise.all(
    stores.map((one, index) => foundProgramme({ runner: new CommandRunner(one), installationId }, addDays(NOW, index))),
  );
  expect((await stores[0]?.load(`policy-${PROGRAMME}`))?.events).toHaveLength(1);
  await Promise.all(stores.map((one) => one.close()));
});

it('given a log from before some numbers, when several processes of today start on it, then it goes on with them, once', async () => {
  const numbers = Object.entries({ ...policyVersion1.protection, windowDays: 60 });
  const protection = Object.fromEntries(numbers.filter(([name]) => name !== 'queueAskDays'));
  const older = { ...policyVersion1, protection } as typeof policyVersion1;
  const namespace = freshNamespace();
  const stores = Array.from({ length: 3 }, () => openEventStore({ url: eventStoreUrl(), namespace }));
  const runners = stores.map((one) => new CommandRunner(one));
  const [first = runner] = runners;
  const meta = { commandId: randomUUID(), requestHash: '', actor: anna, now: NOW, correlationId: randomUUID() };
  await first.run(policy, PROGRAMME, { type: 'FoundProgramme', data: { policy: older } }, meta, {});
  const installationId = randomUUID();
  await Promise.all(runners.map((one, index) => foundProgramme({ runner: one, installationId }, addDays(NOW, index))));
  expect((await first.read(policy, PROGRAMME)).state).toMatchObject([
    { status: 'founded', policy: { protection: { windowDays: 60 } } },
    { status: 'supplemented', policy: { protection: { windowDays: 60, queueAskDays: 30 } } },
  ]);
  await Promise.all(stores.map((one) => one.close()));
});

it.each([
  ['customer', { accountId: randomUUID() }, 'ACCOUNT_NOT_FOUND'],
  ['partner', { partnerId: randomUUID() }, 'PARTNER_NOT_FOUND'],
])('given there is no such %s, then there is nothing to judge', async (_what, unknown, code) => {
  await expect(loadDocketContext(runner, { ...of, ...unknown }, NOW)).rejects.toMatchObject({ code });
});
