import { type Caller, idOf } from '../harness/caller';
import { type ActingPartner, aCustomer, aDeal, enrol } from '../harness/registrations';
import { startSystem, type System } from '../harness/system';

let system: System;
let manager: Caller;
beforeAll(async () => {
  system = await startSystem();
  manager = await system.as('channel-manager');
});
afterAll(() => system.stop());

interface Right {
  readonly act: string;
  readonly open: boolean;
  readonly code: string | null;
  readonly reason: string | null;
  readonly remedy: string | null;
}

const rightsOf = async (caller: Caller, dealId: string): Promise<readonly Right[]> => {
  const answer = await caller.get(`/v1/deals/${dealId}`).expect(200);
  return (answer.body as { registration: { rights: { acts: readonly Right[] } } }).registration.rights.acts;
};
const open = async (caller: Caller, dealId: string): Promise<readonly string[]> =>
  (await rightsOf(caller, dealId)).filter((right) => right.open).map(({ act }) => act);
const right = async (caller: Caller, dealId: string, act: string): Promise<Right | undefined> =>
  (await rightsOf(caller, dealId)).find((one) => one.act === act);

const draftOf = async ({ caller }: ActingPartner, given: object = {}): Promise<string> =>
  idOf(await caller.post('/v1/deals', aDeal(await caller.handIn(), { ...given })));

it('given a deal on its way, then its partner and its reviewer read what is open to each at every step, and what is not and why', async () => {
  const partner = await enrol(system);
  const id = await draftOf(partner);
  expect(await open(partner.caller, id)).toEqual(['revisions', 'discard', 'submission']);
  expect(await right(partner.caller, id, 'withdrawal')).toMatchObject({ open: false, code: 'DEAL_NOT_FILED' });

  await partner.caller.post(`/v1/deals/${id}/submission`);
  expect(await open(partner.caller, id)).toEqual(['amendments', 'touches', 'loss', 'withdrawal']);
  await manager.post(`/v1/deals/${id}/review`);
  expect(await open(manager, id)).toEqual(['question', 'approval', 'rejection']);

  await manager.post(`/v1/deals/${id}/approval`);
  expect(await open(manager, id)).toEqual([]);
  const release = await right(partner.caller, id, 'release');
  expect(release).toEqual({ act: 'release', open: true, code: null, reason: null, remedy: null });
  const withdrawal = await right(partner.caller, id, 'withdrawal');
  const refused = await partner.caller.post(`/v1/deals/${id}/withdrawal`, { reason: 'No project' });
  expect(refused.body).toMatchObject({ code: withdrawal?.code, remedy: withdrawal?.remedy });
});

it('given somebody with a stake in the partner, then every decision is closed to them, and that they looked is not on record', async () => {
  const partner = await enrol(system);
  const id = await draftOf(partner);
  await partner.caller.post(`/v1/deals/${id}/submission`);
  const biased = await system.as('channel-manager');
  const declared = await biased.post('/v1/stakes', { on: 'partner', id: partner.id, reason: 'A sister works there' });
  expect(declared.status).toBe(201);
  const codes = (await rightsOf(biased, id)).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['DECIDER_HAS_STAKE']));
  const answer = await manager.get(`/v1/deals/${id}`).expect(200);
  expect((answer.body as { timeline: { type: string }[] }).timeline.map(({ type }) => type)).not.toContain(
    'decision-refused',
  );
});

it('given somebody who only looks, then there is nothing that they may do', async () => {
  const partner = await enrol(system);
  const id = await draftOf(partner);
  await partner.caller.post(`/v1/deals/${id}/submission`);
  await manager.post(`/v1/deals/${id}/review`);
  const auditor = await system.as('auditor');
  expect(await rightsOf(auditor, id)).toEqual([]);
});

describe('given a rehearsal', () => {
  const approvalOf = async (partner: ActingPartner, given: object) => {
    const id = await draftOf(partner, given);
    const answer = await partner.caller.post(`/v1/deals/${id}/submission?dryRun=true`);
    return (answer.body as { approval: unknown }).approval;
  };
  const worth = (units: number) => ({ value: { oneTime: { minorUnits: units * 100, currency: 'USD' } } });
  const rule = { tiers: ['silver', 'gold'], below: { minorUnits: 5_000_000, currency: 'USD' } };

  it('then it tells how the partner’s own facts stand to the rules of approval', async () => {
    expect(await approvalOf(await enrol(system, { tier: 'silver' }), worth(20_000))).toEqual({
      mayBeByRule: true,
      rules: [{ ...rule, lacks: [] }],
      reviewBusinessDays: 1,
    });
    expect(await approvalOf(await enrol(system), worth(60_000))).toEqual({
      mayBeByRule: false,
      rules: [{ ...rule, lacks: ['tier', 'value'] }],
      reviewBusinessDays: 1,
    });
  });

  it('then it tells nothing of others on the docket, and nothing at all where the place is taken', async () => {
    const customer = aCustomer();
    const rival = await enrol(system);
    const theirs = await draftOf(rival, { customer, site: 'Bern' });
    await rival.caller.post(`/v1/deals/${theirs}/submission`);
    const partner = await enrol(system, { tier: 'silver' });
    expect(await approvalOf(partner, { customer, site: 'Basel', ...worth(20_000) })).toMatchObject({
      mayBeByRule: true,
    });
    expect(await approvalOf(partner, { customer, ...worth(20_000) })).toBeNull();
  });
});
