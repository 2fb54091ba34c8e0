import type { DealDetail } from '../../api/queries';
import type { Money } from '../../parts/money';

/** What a partner said of its deal, as far as the page shows it. */
export interface DealContent {
  readonly customer?: {
    readonly legalName?: string | null;
    readonly country?: string | null;
    readonly domain?: string | null;
  };
  readonly businessProblem?: string | null;
  readonly estimatedClose?: string | null;
  readonly type?: string | null;
  readonly site?: string | null;
  readonly ownReference?: string | null;
  readonly value?: {
    readonly oneTime?: Money | null;
    readonly annualRecurring?: Money | null;
    readonly termMonths?: number | null;
  } | null;
  readonly firstTouch?: { readonly kind?: string | null; readonly at?: string | null };
}

export const contentOf = ({ registration }: DealDetail): DealContent | undefined => registration?.content;
