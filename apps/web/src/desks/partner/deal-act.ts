const dealActs = ['contact', 'stage', 'won', 'lost', 'release', 'withdraw', 'decline', 'document'] as const;

/** What a form on a deal's page does; the address says which is open. */
export type DealAct = (typeof dealActs)[number];

export const isDealAct = (act: unknown): act is DealAct => dealActs.some((known) => known === act);
