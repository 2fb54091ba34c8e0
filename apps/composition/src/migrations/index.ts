import { Foundation1790000000000 } from './1790000000000-foundation';
import { Vault1790000001000 } from './1790000001000-vault';
import { MailQueue1790000002000 } from './1790000002000-mail-queue';
import { Session1790000003000 } from './1790000003000-session';

/** In the order in which they are carried out. */
export const migrations = [Foundation1790000000000, Vault1790000001000, MailQueue1790000002000, Session1790000003000];
