import { deriveId } from '@tempore/kernel';

import type { Addressee } from './inbox.events';

/** Category of the inboxes: `inbox-<id>`. */
export const INBOX = 'inbox';

/** Subject of the inbox of an addressee. */
export const inboxId = ({ kind, id }: Addressee): string => deriveId('inbox', kind, id);
