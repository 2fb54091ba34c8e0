import { randomUUID } from 'node:crypto';

import { docket, type DocketCommand, docketId } from '@tempore/dockets';
import { deriveId, nameKey } from '@tempore/kernel';
import { aDocketContext, aStanding, filing, usd } from '@tempore/testing';
import type { Response } from 'supertest';

import { type Caller, idOf } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { until } from '../stores';

let system: System;
let manager: Caller;
beforeAll(async () => {
  system = await startSystem();
  manager = await system.as('channel-manager');
});
afterAll(() => system.stop());

interface Item {
  readonly kind: string;
  readonly subject: string;
  readonly until: string | null;
  readonly turn: string;
}
const itemsOf = ({ body }: Response): readonly Item[] => (body as { items: readonly Item[] }).items;
const workOf = async (caller: Caller): Promise<readonly Item[]> =>
  itemsOf(await caller.get('/v1/work?limit=500').expect(200));

const decideByRule = (dealId: string): DocketCommand => ({
  type: 'DecideByRule',
  data: { dealId, conflict: { score: 0, sequence: '0' }, elsewhere: usd(0) },
});

/** A partner with one claim, alone on its docket, beyond what a rule approves. */
const aClaim = async (referred = true) => {
  const [name, accountId] = [`partner ${randomUUID()}`, randomUUID()];
  const dealId = deriveId('deal', accountId, name);
  const productLine = 'Gateway';
  const tell = (command: DocketCommand) => {
    const commandId = randomUUID();
    const now = system.clock.now();
    const meta = { commandId, requestHash: '', actor: randomUUID(), now, correlationId: commandId };
    const context = aDocketContext({ partner: aStanding(name) });
    return system.stores.runner.run(docket, docketId(accountId, nameKey(productLine)), command, meta, context);
  };
  await tell(filing(name, { dealId, accountId, productLine }));
  if (referred) await tell(decideByRule(dealId));
  const partner = await system.as('partner-user', aStanding(name).partnerId);
  return { subject: `deal/${dealId}`, dealId, tell, partner };
};

const waitsFor = async (caller: Caller, subject: string): Promise<Item | undefined> =>
  (await workOf(caller)).find((item) => item.subject === subject);

it('given a filed claim, when it is reviewed, then it waits for every reviewer, for whoever picked it up, and then for the partner', async () => {
  const { subject, dealId, tell, partner } = await aClaim();
  const rival = await aClaim();
  await until('it waits for review', async () => (await waitsFor(manager, subject))?.kind === 'review');
  expect(await workOf(partner)).toEqual([]);

  await tell({ type: 'PickUpReview', data: { dealId } });
  await until('another one has picked it up', async () => (await waitsFor(manager, subject)) === undefined);

  await tell({ type: 'ApproveClaim', data: { dealId } });
  await until('it is the partner’s turn', async () => (await workOf(partner)).length > 0);
  expect(await workOf(partner)).toMatchObject([{ kind: 'protection', subject, turn: 'partner' }]);
  expect(await workOf(rival.partner)).toEqual([]);
});

it('given a claim that a rule may yet approve, then it waits for nobody until it is referred', async () => {
  const fresh = await aClaim(false);
  const { subject } = await aClaim();
  await until('what was filed after it waits', async () => (await waitsFor(manager, subject)) !== undefined);
  expect(await waitsFor(manager, fresh.subject)).toBeUndefined();
  await fresh.tell(decideByRule(fresh.dealId));
  await until('it waits too', async () => (await waitsFor(manager, fresh.subject))?.kind === 'review');
});

it('given several things to do, when the list is paged, then the nearest deadline comes first and nothing is missed', async () => {
  const claims = [await aClaim(), await aClaim(), await aClaim()];
  await until('all wait', async () => {
    const subjects = (await workOf(manager)).map(({ subject }) => subject);
    return claims.every(({ subject }) => subjects.includes(subject));
  });
  const all = await workOf(manager);
  const deadlines = all.map((item) => item.until ?? '~');
  expect(deadlines).toEqual([...deadlines].sort());

  const paged: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Response = await manager.get(`/v1/work?limit=2${cursor && `&cursor=${cursor}`}`).expect(200);
    paged.push(...itemsOf(page));
    cursor = (page.body as { next: string | null }).next;
  }
  expect(paged).toEqual(all);
});

it('given a proposal, when it waits for a second person, then it is in everybody’s list but the proposer’s', async () => {
  const other = await system.as('channel-manager');
  const id = idOf(await manager.post('/v1/partners', { legalName: 'Northwind', country: 'DE' }));
  await manager.post(`/v1/partners/${id}/approval`);
  const kinds = async (caller: Caller) => (await workOf(caller)).filter(({ kind }) => kind === 'proposal').length;
  const answer = await manager.post(`/v1/partners/${id}/proposals/territories`, {
    territories: [{ country: 'DE' }],
    reason: 'Agreed in the yearly talks',
  });
  expect(answer.status).toBe(201);
  expect(await kinds(manager)).toBe(0);
  await until('the other one may adopt it', async () => (await kinds(other)) === 1);
});

it('given a role that has no work here, when it asks, then it is refused', async () => {
  await (await system.as('auditor')).get('/v1/work').expect(403);
});
