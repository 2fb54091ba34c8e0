import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Point } from './points';

/** To be loaded into an app's process; it finds its orders in the file that RESILIENCE_POINT names. */
export const HOOK = join(process.cwd(), 'test/resilience/points/hook.js');

/** Throws where the built product has not what the hook wraps. */
export const expectPoints = (): void => {
  const { status, stderr } = spawnSync(process.execPath, ['--require', HOOK, '--eval', ''], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

/** A new start, a lease that has to expire, and under load the way to the point. */
const WITHIN_MS = 60_000;

/** Orders a death at a point that is passed `skip` times before; resolves with whether it came about. */
export const orderDeath = async (orders: string, point: Point, skip: number): Promise<boolean> => {
  const done = `${orders}.done`;
  // Read whole or not at all.
  writeFileSync(`${orders}.draft`, JSON.stringify({ point, skip }));
  renameSync(`${orders}.draft`, orders);
  const end = performance.now() + WITHIN_MS;
  while (!existsSync(done) && performance.now() < end) await sleep(20);
  rmSync(orders, { force: true });
  const isDead = existsSync(done);
  rmSync(done, { force: true });
  return isDead;
};
