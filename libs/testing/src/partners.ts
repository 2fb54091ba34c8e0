import type { PartnerEvent } from '@tempore/partners';

import { NOW } from './fold';

type Applied = Extract<PartnerEvent, { type: 'partner-applied' }>;

/** Histories of partners, each as the events that lead there. */
export const appliedPartner = (application: Partial<Applied['data']> = {}): readonly PartnerEvent[] => [
  {
    type: 'partner-applied',
    data: {
      legalName: 'Northwind Systems GmbH',
      country: 'DE',
      website: 'northwind.example',
      source: null,
      ...application,
    },
  },
];

export const activePartner = (application?: Partial<Applied['data']>): readonly PartnerEvent[] => [
  ...appliedPartner(application),
  { type: 'partner-approved', data: { agreement: { tier: 'bronze', from: NOW } } },
];

export const suspendedPartner = (application?: Partial<Applied['data']>): readonly PartnerEvent[] => [
  ...activePartner(application),
  { type: 'partner-suspended', data: { reason: 'Invoices overdue' } },
];

export const endedPartner = (application?: Partial<Applied['data']>): readonly PartnerEvent[] => [
  ...activePartner(application),
  { type: 'partner-ended', data: { reason: 'mutual', note: null } },
];
