import { setTimeout as sleep } from 'node:timers/promises';

import type { PointHits } from './history/history';
import { type BrokenInstallation, type Target, targets } from './installation';
import type { Load } from './load';
import { nameOf, type NamedPoint, points } from './points/points';

export interface Kills {
  readonly kills: Readonly<Record<Target, number>>;
  readonly points: readonly PointHits[];
}

/** Kills what it may, each target and at each point once, and then by chance until the time is over. */
export const breakThings = async (
  installation: BrokenInstallation,
  load: Load,
  { ms, say }: { readonly ms: number; readonly say: (line: string) => void },
): Promise<Kills> => {
  const kills = Object.fromEntries(targets.map((target) => [target, 0])) as Record<Target, number>;
  const hits = new Map(points.map((point) => [point, 0]));

  const kill = async (target: Target): Promise<void> => {
    await load.answered(load.answers + 5 + load.upTo(30));
    say(`kill -9 ${target}, after ${load.requests.length} requests`);
    await installation.kill(target);
    kills[target]++;
  };

  const killAt = async (named: NamedPoint): Promise<void> => {
    const { point, app } = named;
    const follows = point === 'docket-before-deal' && app === 'reactor';
    const dying = installation.killAt(app, point, follows ? 0 : load.upTo(3));
    // The reactor gets there where an API did not: one has to die there before.
    while (follows && !(await endsSoon(dying))) await installation.killAt('other api', point, 0);
    const isDead = await dying;
    say(`${isDead ? 'killed at' : 'never came to'} ${nameOf(named)}`);
    if (isDead) hits.set(named, (hits.get(named) ?? 0) + 1);
  };

  const end = performance.now() + ms;
  // Each once, before chance decides. One app passes its points in order, while the others pass theirs.
  await Promise.all([
    inTurn(targets, kill),
    ...(['api', 'projector', 'reactor'] as const).map((app) =>
      inTurn(
        points.filter((one) => one.app === app),
        killAt,
      ),
    ),
  ]);
  while (performance.now() < end) {
    await kill(load.oneOf(targets));
    await killAt(load.oneOf(points));
    // Views whose worker was killed wait for its lease, and the clock for the views: without a rest nothing falls due.
    await sleep(load.upTo(LONGEST_REST_MS));
  }
  return { kills, points: points.map((point) => ({ point: nameOf(point), hits: hits.get(point) ?? 0 })) };
};

const SOON_MS = 1_000;

/** Half as long again as a lease: some rests are long enough to get over a kill, others end amid it. */
const LONGEST_REST_MS = 15_000;

const endsSoon = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), sleep(SOON_MS, false, { ref: false })]);

const inTurn = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  for (const item of items) await work(item);
};
