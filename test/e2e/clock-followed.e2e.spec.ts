import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { addDays } from '@tempore/kernel';
import { NOTICE } from '@tempore/notices';

import type { Caller } from '../harness/caller';
import { eventsOf, recordedAt } from '../harness/log';
import { startSystem, type System } from '../harness/system';
import { aSale, expectDone, type Registrant, setStage, type Stage } from '../scenarios/stage';
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

interface InLine {
  readonly dealId: string;
  /** When the place is offered to it. */
  readonly offeredAt: string;
}

/** A claim behind one whose window ends after 90 days. */
const aClaimInLine = async (): Promise<InLine> => {
  const sale = aSale();
  const [holder, next]: Registrant[] = [await stage.partner(), await stage.partner()];
  const held = await holder?.register(sale);
  expectDone(await stage.manager.post(`/v1/deals/${held ?? ''}/review`));
  expectDone(await stage.manager.post(`/v1/deals/${held ?? ''}/approval`));
  const offeredAt = addDays(stage.now(), 90);
  await stage.wait({ days: 1 });
  return { dealId: (await next?.register(sale)) ?? '', offeredAt };
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
      expect(told.map(([template]) => template)).toEqual(['claim-queued', 'claim-offered', 'claim-lapsed']);
      expect(told).toContainEqual(['claim-offered', offeredAt]);
    });
  });

  it('given a reactor that does not keep up, then the answer comes all the same, and says so', async () => {
    await withReactor(async (reactor) => {
      const { dealId } = await aClaimInLine();
      reactor.kill('SIGSTOP');
      expect(await move(120)).toBe(false);
      reactor.kill('SIGCONT');
      await until('all has been told', async () => (await toldOf(dealId)).length === 3);
    });
  });

  it('given no reactor, then the answer waits for none, and says so', async () => {
    const { dealId } = await aClaimInLine();
    expect(await move(120)).toBe(false);
    expect(await toldOf(dealId)).toEqual([]);
  });
});
