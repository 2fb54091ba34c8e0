/** A place in the product at which an app is killed under load; the hook knows where each is passed. */
export const points = [
  { point: 'append-answered', app: 'api' },
  { point: 'docket-before-deal', app: 'api' },
  { point: 'docket-before-deal', app: 'reactor' },
  { point: 'action-before-record', app: 'reactor' },
  { point: 'rows-written', app: 'projector' },
  { point: 'checkpoint-saved', app: 'projector' },
  { point: 'checkpoint-committed', app: 'projector' },
] as const;

export type NamedPoint = (typeof points)[number];

/** Those on the way of one mail, in their order. */
export const mailPoints = ['mail-not-sent', 'mail-before-record', 'mail-recorded'] as const;

export type Point = NamedPoint['point'] | (typeof mailPoints)[number];

export const nameOf = ({ point, app }: NamedPoint): string => `${point} (${app})`;
