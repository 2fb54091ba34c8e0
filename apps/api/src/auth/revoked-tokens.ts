import type { EventStore } from '@tempore/event-store';
import { catalogueOf, decode, Refusal, type StoredEvent, subjectOf } from '@tempore/kernel';
import { PRINCIPAL, type PrincipalEvent, principalTokensRevoked } from '@tempore/principals';
import type { Logger } from 'pino';

const catalogue = catalogueOf(principalTokensRevoked);

/**
 * Whose tokens are revoked, as the log says it. Kept in memory and followed, so that a revocation works within moments at
 * every API process, also for a token that was found good a second before, and that requests go on while a store is away.
 */
export class RevokedTokens {
  private readonly issuedUntil = new Map<string, number>();
  private readonly stopping = new AbortController();
  private following: Promise<void> = Promise.resolve();
  private isBlind = false;

  private constructor(private readonly eventStore: EventStore) {}

  /** Resolves once every revocation of the log is known. */
  static async open(eventStore: EventStore, logger: Logger): Promise<RevokedTokens> {
    const revoked = new RevokedTokens(eventStore);
    await new Promise<void>((resolve, reject) => {
      revoked.following = revoked.follow(resolve).catch((error: unknown) => {
        revoked.isBlind = true;
        reject(error instanceof Error ? error : new Error(String(error)));
        logger.fatal({ err: error }, 'revocations of tokens are no longer followed');
      });
    });
    return revoked;
  }

  /**
   * Whether a token that was issued then, in ms since the epoch, is revoked. Throws a `Refusal` where revocations are not
   * followed any more: nobody is let in on what may have been taken back.
   */
  areRevoked(principalId: string, issuedAt: number): boolean {
    if (this.isBlind)
      throw new Refusal('REVOCATIONS_UNKNOWN', 'unavailable', 'Which tokens are revoked is not known here.', {
        remedy: 'Ask another API process, or try again once an operator has started this one anew.',
      });
    return issuedAt <= (this.issuedUntil.get(principalId) ?? -Infinity);
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  private async follow(onCaughtUp: () => void): Promise<void> {
    const { signal } = this.stopping;
    for await (const { events, caughtUp } of this.eventStore.subscribe({ categories: [PRINCIPAL], signal })) {
      for (const event of events) if (event.type === principalTokensRevoked.type) this.revoke(event);
      if (caughtUp) onCaughtUp();
    }
  }

  private revoke(event: StoredEvent): void {
    const { data } = decode(catalogue, event) as PrincipalEvent & { readonly type: 'principal-tokens-revoked' };
    const [principalId, until] = [subjectOf(event.stream), Date.parse(data.issuedUntil)];
    this.issuedUntil.set(principalId, Math.max(until, this.issuedUntil.get(principalId) ?? -Infinity));
  }
}
