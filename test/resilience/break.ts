import { openStores } from '../../apps/composition/src/stores';
import type { Findings } from './history/check';
import { startInstallation } from './installation';
import { breakThings, type Kills } from './kills';
import { Load } from './load';
import { checkAtRest } from './rest';

export interface Plan {
  readonly seed: number;
  /** How long to go on breaking things. */
  readonly ms: number;
  readonly clients: number;
  readonly say: (line: string) => void;
}

/** Kills processes under load, anywhere and at named points, lets everything come to rest, and checks what is left. */
export const breakAndCheck = async (plan: Plan): Promise<Findings & Kills> => {
  const installation = await startInstallation();
  try {
    const load = new Load(installation, plan.seed);
    const loaded = load.run(plan.clients);
    const done = await breakThings(installation, load, plan);
    load.stop();
    await loaded;
    plan.say('waiting until everything has come to rest');
    const stores = await openStores(installation.settings);
    try {
      return { ...done, ...(await checkAtRest(stores, { requests: load.requests, points: done.points })) };
    } finally {
      await stores.close();
    }
  } finally {
    await installation.remove();
  }
};
