import { Refusal } from '@tempore/kernel';

import type { Act, Verdict } from './act';
import { forEachOf } from './each-of';
import type { PlannedRow } from './plan-file';
import type { Task } from './task';

/** How many tasks came to what, by what they are told to. */
export type Tally = Readonly<Record<Task['to'], Count>>;

interface Count {
  new: number;
  there: number;
  refused: number;
}

export const emptyTally = (): Tally => ({
  partner: { new: 0, there: 0, refused: 0 },
  account: { new: 0, there: 0, refused: 0 },
  deal: { new: 0, there: 0, refused: 0 },
});

export interface SweepOptions {
  readonly act: Act;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  /** Told of every row whose sale is refused, and whether for itself, its partner or its account. */
  readonly onRefused: (row: number, refused: Task['to'], refusal: Refusal) => void;
  readonly onDeal?: () => void;
}

/** Deals under way at once: what one writer of the log takes without a queue of its own. */
const WIDTH = 64;

/**
 * Takes every sale through `act`: its partner and its account once each, before the first of their deals. A deal whose
 * partner or account is refused is refused with it.
 */
export const sweep = (rows: AsyncIterable<PlannedRow>, options: SweepOptions): Promise<void> => {
  const { act, tally, signal, onRefused, onDeal } = options;
  const begun = new Map<string, Promise<Verdict>>();
  const count = (task: Task, verdict: Verdict): Verdict => {
    tally[task.to][verdict instanceof Refusal ? 'refused' : verdict]++;
    return verdict;
  };
  const once = (task: Task): Promise<Verdict> => {
    const verdict = begun.get(task.id) ?? act(task).then((outcome) => count(task, outcome));
    begun.set(task.id, verdict);
    return verdict;
  };
  const takeSale = async ({ row, tasks }: PlannedRow): Promise<void> => {
    if (!tasks) return;
    const { partner, account, deal } = tasks;
    const prior = account ? [partner, account] : [partner];
    const verdicts = await Promise.all(prior.map(once));
    const at = verdicts.findIndex((verdict) => verdict instanceof Refusal);
    const verdict = count(deal, verdicts[at] ?? (await act(deal)));
    if (verdict instanceof Refusal) onRefused(row, (prior[at] ?? deal).to, verdict);
    onDeal?.();
  };
  return forEachOf(rows, takeSale, { width: WIDTH, signal });
};
