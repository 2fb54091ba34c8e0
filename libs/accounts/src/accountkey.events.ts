import { defineEvent, type EventOf, idSchema } from '@tempore/kernel';
import { z } from 'zod';

import { accountKeySchema, accountOpeningSchema } from './account.events';

export const accountKeyClaimed = defineEvent(
  'accountkey-claimed',
  'From here on the key names one account, and nobody opens a second one for it. It holds the opening that it was ' +
    'claimed for, so that anybody can finish what a crash left; none where the account was open already.',
  z.object({ key: accountKeySchema, accountId: idSchema, opening: accountOpeningSchema.nullable() }),
);

export const accountKeyReleased = defineEvent(
  'accountkey-released',
  'The opening that claimed the key found its customer open under another key: this one is free again.',
  z.object({ key: accountKeySchema, accountId: idSchema }),
);

export const accountKeyEvents = [accountKeyClaimed, accountKeyReleased] as const;

export type AccountKeyEvent = EventOf<typeof accountKeyEvents>;
