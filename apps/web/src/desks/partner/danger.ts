import type { Deal, WorkItem } from '../../api/queries';
import { words } from '../../words';

export const subjectDealId = (subject: string): string => subject.replace(/^deal\//, '');

/** What has ended stands last, what holds no place before it. */
const LAST: Readonly<Record<string, number>> = { draft: 1 };
const ENDED = new Set(['rejected', 'lapsed', 'withdrawn', 'released', 'expired', 'won', 'lost', 'superseded']);

const groupOf = ({ status }: Deal): number => {
  if (status === null) return 3;
  return ENDED.has(status) ? 2 : (LAST[status] ?? 0);
};

/** Deals by danger: the nearest deadline first, then what runs without one, drafts, and what has ended. */
export const byDanger = (deals: readonly Deal[], work: readonly WorkItem[]): readonly Deal[] => {
  const due = new Map<string, number>();
  for (const { subject, until } of work) {
    const id = subjectDealId(subject);
    if (until !== null) due.set(id, Math.min(due.get(id) ?? Infinity, Date.parse(until)));
  }
  const dueOf = ({ id }: Deal): number => due.get(id) ?? Infinity;
  // Equal ones stay as the API has them, the latest first; infinities have no difference.
  return deals.toSorted((one, other) => groupOf(one) - groupOf(other) || compare(dueOf(one), dueOf(other)));
};

const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

/** Whether a deal has each word of the text in its customer, line, reference or state. */
export const matches = ({ accountName, productLine, ownReference, status }: Deal, text: string): boolean => {
  const told = [accountName, productLine, ownReference, words.states[status ?? 'elsewhere']].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word));
};
