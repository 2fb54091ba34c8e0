import { createHmac } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { Act, Scope, Secrets } from '@tempore/acts';
import type { Revision } from '@tempore/event-store';

import { SECRETS } from '../../../composition/src/secrets';
import { NO_REVISION } from '../commands/etag';

/**
 * Revisions of a partner's stream as each side may know them. It moves with what the vendor proposes and has not adopted,
 * so a partner's own people get a keyed hash of what they are shown instead (rulebook 3: ETags move only with that).
 */
@Injectable()
export class ShownEtags {
  private readonly key: Buffer;

  constructor(@Inject(SECRETS) secrets: Secrets) {
    this.key = secrets.key('shown-etag');
  }

  /** @param shown everything that the partner is shown, but for the revision */
  of(scope: Scope, revision: bigint | string, shown: object): string {
    if (scope === 'everybody') return revision.toString();
    return createHmac('sha256', this.key).update(JSON.stringify(shown)).digest('base64url');
  }

  /** The act, carried out only where a partner's person is shown what they saw, if they said so. */
  insisting(act: Act, scope: Scope, revision: Revision, shown: object): Act {
    if (scope === 'everybody' || act.ifMatch === undefined) return act;
    const isAsSeen = act.ifMatch === this.of(scope, revision, shown);
    return { ...act, meta: { ...act.meta, ifRevision: isAsSeen && revision !== 'none' ? revision : NO_REVISION } };
  }
}
