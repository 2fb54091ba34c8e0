import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { addDays } from '@tempore/kernel';
import { NOTICE } from '@tempore/notices';

import type { Caller } from '../harness/caller';
import { eventsOf, recordedAt } from '../harness/log';
import { startSystem, type System } from '../harness/system';
import { aSale, expectDone, setStage, type Stage, type StandingBody } from '../scenarios/stage';
import { until } from '../stores';

const REACTOR = join(__dirname, '../../dist/apps/reactor/src/main.js');

let system: System;
let stage: Stage;
let admin: Caller;
beforeAll(async () => {
  system = await startSystem({ clock: 'simulated' });
  stage = await setStage(system);
  admin = await system.as('admin');
});
afterAll(() => system.stop());

/** Answers whether what follows of it has happened. */
const move = async (days: number): Promise<boolean> => {
  const answer = expectDone(await admin.post('/v1/clock', { to: addDays(stage.now(), days) }));
  return (answer.body as { followedUp: boolean }).followedUp;
};

/** A reactor in a process of its own, which has done all that there was to be done. */
const withReactor = async (work: (reactor: ChildProcess) => Promise<void>): Promise<void> => {
  const reactor = spawn(process.execPath, [REACTOR], { env: system.environment, stdio: 'inherit' });
  try {
    await until('the reactor keeps up', () => move(0));
    await work(reactor);
  } finally {
    reactor.kill('SIGKILL');
    await once(reactor, 'exit');
  }
};

/** What who waits in line is told until its offer has lapsed. */
const TOLD_IN_LINE = ['claim-queued', 'interest-asked', 'interest-asked', 'claim-offered', 'claim-lapsed'];

interface InLine {
  readonly dealId: string;
  /** When the place is offered to it. */
  readonly offeredAt: string;
  readonly standing: () => Promise<StandingBody>;
}

/** A claim behind one whose window ends after 90 days. */
const aClaimInLine = async (): Promise<InLine> => {
  const sale = aSale();
  const [holder, next] = [await stage.partner(), await stage.partner()];
  const held = await holder.register(sale);
  expectDone(await stage.manager.post(`/v1/deals/${held}/review`));
  expectDone(await stage.manager.post(`/v1/deals/${held}/approval`));
  const offeredAt = addDays(stage.now(), 90);
  await stage.wait({ days: 1 });
  const dealId = await next.register(sale);
  return { dealId, offeredAt, standing: () => next.standing(dealId) };
};

/** What somebody was told of a deal, and when. */
const toldOf = async (dealId: string): Promise<readonly (readonly [string, string])[]> => {
  const notices = await eventsOf(system, NOTICE);
  return notices
    .filter(({ data }) => (data as { parameters?: { dealId?: string } }).parameters?.dealId === dealId)
    .map((event) => [(event.data as { template: string }).template, recordedAt(event)]);
};

describe('moving the simulated clock', () => {
  it('given a reactor that is slow, then the answer comes when what fell due has been told, at the instant that it fell due', async () => {
    await withReactor(async (reactor) => {
      const { dealId, offeredAt } = await aClaimInLine();
      reactor.kill('SIGSTOP');
      const moving = move(120);
      expect(await Promise.race([moving, sleep(500, 'waiting')])).toBe('waiting');

      reactor.kill('SIGCONT');

      expect(await moving).toBe(true);
      const told = await toldOf(dealId);
      expect(told.map(([template]) => template)).toEqual(TOLD_IN_LINE);
      expect(told).toContainEqual(['claim-offered', offeredAt]);
    });
  });

  it('given a reactor that does not keep up, then the answer comes all the same, and says so', async () => {
    await withReactor(async (reactor) => {
      const { dealId, standing } = await aClaimInLine();
      reactor.kill('SIGSTOP');
      expect(await move(120)).toBe(false);
      reactor.kill('SIGCONT');
      await until('the partner was told of its offer', async () => (await standing()).until !== null);
      expect(await toldOf(dealId)).toContainEqual(['claim-offered', stage.now()]);
    });
  });

  it('given a reactor that is away, when the clock passes the deadline of a question that nobody told of, then the claim stands, and has the whole time from its notice', async () => {
    await withReactor(async (reactor) => {
      const partner = await stage.partner();
      await stage.nextMonday();
      const dealId = await partner.register(aSale());
      expectDone(await stage.manager.post(`/v1/deals/${dealId}/review`));
      reactor.kill('SIGSTOP');
      expectDone(await stage.manager.post(`/v1/deals/${dealId}/question`, { code: 'OTHER', text: 'Why now?' }));

      await move(14);

      expect(await partner.standing(dealId)).toMatchObject({ status: 'action-required', until: null });
      const toldAt = stage.now();
      reactor.kill('SIGCONT');
      await until('the partner was told', async () => (await partner.standing(dealId)).until !== null);
      expect(await toldOf(dealId)).toContainEqual(['question-asked', toldAt]);
      const deadline = addDays(toldAt, 7);
      expect(await partner.standing(dealId)).toMatchObject({ status: 'action-required', until: deadline });

      await stage.wait(deadline);

      expect(await partner.standing(dealId)).toMatchObject({ status: 'lapsed', since: deadline });
    });
  });

  it('given no reactor, then the answer waits for none, and says so', async () => {
    const { dealId } = await aClaimInLine();
    expect(await move(120)).toBe(false);
    expect(await toldOf(dealId)).toEqual([]);
  });
});
