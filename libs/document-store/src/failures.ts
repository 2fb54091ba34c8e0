import { Refusal } from '@tempore/kernel';

/** The store below failed: nothing was kept, and the same may be tried again. */
export const storeUnavailable = (cause: unknown): Refusal => {
  const refusal = new Refusal('OBJECT_STORE_UNAVAILABLE', 'unavailable', 'The store of documents does not answer.', {
    remedy: 'Send the same request with the same Idempotency-Key again shortly.',
  });
  refusal.cause = cause;
  return refusal;
};
