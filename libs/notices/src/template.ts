/** The names of the texts that notices are shown with; `texts` has the words. */
export const templates = [
  'claim-received',
  'claim-queued',
  'interest-asked',
  'claim-offered',
  'question-asked',
  'claim-approved',
  'claim-rejected',
  'claim-lapsed',
  'claim-expired',
  'protection-ending',
  'win-confirmed',
  'win-refused',
  'claim-superseded',
  'amendment-approved',
  'amendment-rejected',
  'review-requested',
  'review-escalated',
  'amendment-requested',
  'win-to-confirm',
  'win-escalated',
  'mail-bounced',
  'address-to-confirm',
] as const;

export type Template = (typeof templates)[number];
