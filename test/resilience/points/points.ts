/** A place in the product at which an app is killed; the hook knows where each is passed. */
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
export type Point = NamedPoint['point'];

export const nameOf = ({ point, app }: NamedPoint): string => `${point} (${app})`;
