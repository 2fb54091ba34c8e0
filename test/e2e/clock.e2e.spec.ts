import { deal } from '@tempore/deals';
import { addDays } from '@tempore/kernel';

import type { Caller } from '../harness/caller';
import { startSystem, type System } from '../harness/system';
import { enterPerson } from '../personal-data/enter-person';
import { aSale, expectDone, setStage, type Stage } from '../scenarios/stage';

let system: System;
let stage: Stage;
let admin: Caller;
beforeAll(async () => {
  system = await startSystem({ clock: 'simulated', reactor: true });
  stage = await setStage(system);
  admin = await system.as('admin');
});
afterAll(() => system.stop());

interface Fact {
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
}

const facts = async (stream: string): Promise<readonly Fact[]> => {
  const { events } = await system.stores.eventStore.load(stream);
  return events.map(({ type, metadata }) => ({ type, ...(metadata as Omit<Fact, 'type'>) }));
};

/** An approved claim of one partner, and, a day later, one in line behind it. */
const aProtectedDeal = async () => {
  const sale = aSale();
  const [holder, next] = [await stage.partner(), await stage.partner()];
  const dealId = await holder.register(sale);
  expectDone(await stage.manager.post(`/v1/deals/${dealId}/review`));
  expectDone(await stage.manager.post(`/v1/deals/${dealId}/approval`));
  const approvedAt = stage.now();
  await stage.wait({ days: 1 });
  await next.register(sale);
  return { approvedAt, stream: await docketOf(dealId) };
};

const docketOf = async (dealId: string): Promise<string> => {
  const { state } = await system.stores.runner.read(deal, dealId);
  if (!('docketId' in state)) throw new Error('The deal stands on no docket');
  return `docket-${state.docketId}`;
};

const move = async (days: number) => expectDone(await admin.post('/v1/clock', { to: addDays(stage.now(), days) }));

describe('moving the simulated clock', () => {
  it('given a protected claim and one in line, when the clock is moved on by 120 days, then all that falls due stands in the log at its own instant', async () => {
    const { approvedAt, stream } = await aProtectedDeal();
    const before = (await facts(stream)).length;

    await move(120);

    const windowEnds = addDays(approvedAt, 90);
    const fell = (await facts(stream)).slice(before);
    expect(fell.map(({ type }) => type)).toEqual([
      'interest-asked',
      'clock-started',
      'interest-asked',
      'claim-expired',
      'claim-offered',
      'clock-started',
      'claim-lapsed',
      'clock-started',
      'contest-period-ended',
    ]);
    expect(fell.slice(3, 6).map(({ recordedAt }) => recordedAt)).toEqual([windowEnds, windowEnds, windowEnds]);
    expect(fell.map(({ recordedAt }) => recordedAt)).toEqual(fell.map(({ occurredAt }) => occurredAt));
    expect(fell.map(({ recordedAt }) => recordedAt)).toEqual(fell.map(({ recordedAt }) => recordedAt).sort());
  });

  it('given an instant from which no window could be counted, then nothing moves on the way there', async () => {
    const { stream } = await aProtectedDeal();
    const before = await facts(stream);
    const answer = await admin.post('/v1/clock', { to: '9999-12-01T00:00:00Z' });
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code: 'CLOCK_TOO_FAR' })]);
    expect(await facts(stream)).toEqual(before);
  });

  it('given two moves to one instant at once, then it is reached', async () => {
    const from = stage.now();
    await Promise.all([move(2), move(2)]);
    expect(stage.now()).toBe(addDays(from, 2));
  });

  it('given the newest event of the store is another installation’s, then the move does not wait for it', async () => {
    const other = await startSystem();
    try {
      await enterPerson(other.stores, null, { name: 'Grace Hopper' });
      const from = stage.now();
      await move(1);
      expect(stage.now()).toBe(addDays(from, 1));
    } finally {
      await other.stop();
    }
  });

  it('given an erasure under a hold, when the clock passes the end of the hold, then the person is erased at that instant', async () => {
    const { personId } = await enterPerson(system.stores, null, { name: 'Ada Lovelace' });
    const until = addDays(stage.now(), 30);
    expectDone(await admin.post(`/v1/people/${personId}/legal-holds`, { reason: 'Dispute 17 is open', until }));
    expectDone(await admin.post(`/v1/people/${personId}/erasure`, { reason: 'The person asked' }));

    await move(40);

    const [erased] = (await facts(`person-${personId}`)).slice(-1);
    expect([erased?.type, erased?.recordedAt]).toEqual(['personal-data-erased', until]);
  });
});
