import { type Audience, type Command, type DomainEvent, type EventDefinition } from '@tempore/kernel';

/**
 * What of a command's events its caller is told: those that the allow-list on their definition shows to them, and of
 * those of claims the ones of the claim that the command is about. A place that is offered on is another claim's matter.
 */
export const toldOf = <E extends Pick<DomainEvent, 'type' | 'data'>>(
  events: readonly E[],
  definitions: readonly EventDefinition[],
  audience: Audience | null,
  { data }: Command,
): readonly E[] => {
  if (audience === null) return events;
  const about = dealIn(data);
  return events.filter((event) => {
    const shown = definitions.find(({ type }) => type === event.type)?.visibility.at(-1)?.[audience];
    const dealId = dealIn(event.data);
    return shown !== undefined && (dealId === undefined || dealId === about);
  });
};

const dealIn = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'dealId' in data ? data.dealId : undefined;
