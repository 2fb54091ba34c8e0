import { isPoison } from './errors';
import type { Delivery } from './log-source';

/**
 * Tries a delivery as a whole; where an event of it makes Postgres refuse, tries its events one by one, and the one at
 * fault once more with the reason why it cannot be written.
 *
 * @param attempt does all or nothing of a part; answers whether to go on behind it
 */
export const isolating = async (
  delivery: Delivery,
  attempt: (part: Delivery, failure?: Error) => Promise<boolean>,
): Promise<void> => {
  try {
    await attempt(delivery);
  } catch (error) {
    if (!isPoison(error) || delivery.events.length === 0) throw error;
    for (const part of oneByOne(delivery)) if (!(await attemptOne(part, attempt))) return;
  }
};

const attemptOne = async (
  part: Delivery,
  attempt: (part: Delivery, failure?: Error) => Promise<boolean>,
): Promise<boolean> => {
  try {
    return await attempt(part);
  } catch (error) {
    if (!isPoison(error)) throw error;
    return attempt(part, error);
  }
};

const oneByOne = ({ events, through, caughtUp }: Delivery): Delivery[] =>
  events.map((event, index) =>
    index === events.length - 1
      ? { events: [event], through, caughtUp }
      : { events: [event], through: event.position, caughtUp: false },
  );
