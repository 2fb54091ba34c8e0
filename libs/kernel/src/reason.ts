import { z } from 'zod';

import { Refusal } from './refusal';
import { textOf } from './text';

/** Why somebody did something, in their words. */
export const reasonSchema = z.string().trim().min(1);

/** A reason without the space around it. Throws `REASON_MISSING`. */
export const reasonOf = (text: string): string =>
  textOf(
    text,
    (fault) =>
      new Refusal('REASON_MISSING', 'invalid', `reason ${fault}.`, {
        remedy: 'Say why, for whoever looks at it later.',
      }),
  );
