import { Refusal } from '@tempore/kernel';
import { DatabaseError } from 'pg';

import { KeyBroken } from './wrap';

/** Postgres' classes for a server that cannot be reached, has no room, or is going down. */
const DOWN = /^(08|53|57P)/;

/** Says of whatever failed below the vault that it may be tried again; what is a fault of ours stays what it is. */
export const asUnavailable = (error: unknown): unknown => {
  if (error instanceof Refusal || error instanceof KeyBroken) return error;
  if (error instanceof DatabaseError && !DOWN.test(error.code ?? '')) return error;
  const refusal = new Refusal('VAULT_UNAVAILABLE', 'unavailable', 'The vault of personal data does not answer.', {
    remedy: 'Send the same request with the same Idempotency-Key again: nothing of it has been recorded.',
  });
  refusal.cause = error;
  return refusal;
};

export const erased = (): Refusal =>
  new Refusal('PERSONAL_DATA_ERASED', 'conflict', 'This personal data is erased, and its key with it.', {
    remedy: 'Enter the person anew, if you may.',
  });

export const keyMissing = (owner: string): Refusal =>
  new Refusal('KEY_MISSING', 'unavailable', `The vault has no key of ${owner}, nor ever destroyed one.`, {
    remedy: 'Restore the vault that belongs to this log.',
  });

export const shareMissing = (owner: string): Refusal =>
  new Refusal('KEY_SHARE_MISSING', 'unavailable', `The share of the key of ${owner} is not in the object store.`, {
    remedy: 'Check that the folder or bucket of the objects is the one this installation was set up with.',
  });

export const masterUnknown = (name: string): Refusal =>
  new Refusal('MASTER_KEY_UNKNOWN', 'unavailable', `The key is wrapped by master key ${name}, which is not set.`, {
    remedy: 'Set TEMPORE_SECRET_PREVIOUS to the secret of before the change, and rewrap the vault.',
  });
