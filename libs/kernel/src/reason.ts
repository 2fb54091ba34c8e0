import { z } from 'zod';

import { Refusal } from './refusal';

/** Why somebody did something, in their words. */
export const reasonSchema = z.string().trim().min(1);

/** A reason without the space around it. Throws `REASON_MISSING`. */
export const reasonOf = (text: string): string => {
  const reason = text.trim();
  if (reason !== '') return reason;
  throw new Refusal('REASON_MISSING', 'invalid', 'reason is empty.', {
    remedy: 'Say why, for whoever looks at it later.',
  });
};
