import { createHmac } from 'node:crypto';

import { type Claim, knownToPartner } from '@tempore/dockets';
import type { Revision } from '@tempore/event-store';

import type { Principal } from '../principal';
import type { Secrets } from '../secrets';

/**
 * The ETag of a deal: it stands for what its reader may see of both of its streams, and changes with that alone (rulebook
 * 3). It is made of the claim as the log has it, not of the docket's revision: that would tell a partner of each thing a
 * rival does.
 */
export class DealTags {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('deal-etag');
  }

  /** @param claim as it was folded, before what is due now is settled; undefined for a draft */
  of(reader: Principal, dealRevision: Revision, claim: Claim | undefined): string {
    const seen = claim && reader.side === 'partner' ? knownToPartner(claim) : claim;
    return createHmac('sha256', this.key)
      .update(JSON.stringify([dealRevision.toString(), seen ?? null]))
      .digest('base64url');
  }
}
