import type { DealDetail } from '../../api/queries';
import type { DealAct } from './deal-act';

/** What may be done with a deal as it stands: at once, and by a form. The first is the one that is wanted most. */
export interface OpenActs {
  readonly now: readonly ('take' | 'interest')[];
  readonly forms: readonly DealAct[];
}

const NONE: OpenActs = { now: [], forms: [] };

/** By where the claim stands (rulebook 3). What a deal's rights say decides where they say it. */
export const actsOf = ({ registration }: DealDetail): OpenActs => {
  const standing = registration?.standing;
  if (!standing) return NONE;
  const { status, documentDueAt } = standing;
  const document: readonly DealAct[] = documentDueAt === null ? [] : ['document'];
  switch (status) {
    case 'submitted':
    case 'in-review':
    case 'action-required':
      return { now: [], forms: [...document, 'contact', 'withdraw'] };
    case 'queued':
      return { now: ['interest'], forms: [...document, 'contact', 'withdraw'] };
    case 'offered':
      return { now: ['take'], forms: ['decline', ...document, 'contact'] };
    case 'approved':
      return { now: [], forms: [...document, 'contact', 'stage', 'won', 'lost', 'release'] };
    default:
      return NONE;
  }
};
