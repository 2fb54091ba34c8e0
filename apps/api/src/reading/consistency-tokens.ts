import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import type { Secrets } from '@tempore/acts';
import { formatPosition, parsePosition, type Position, Refusal } from '@tempore/kernel';

import { SECRETS } from '../../../composition/src/secrets';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a place in the log, so that whoever holds two tokens cannot read from them how much happened in between. */
@Injectable()
export class ConsistencyTokens {
  private readonly key: Buffer;

  constructor(@Inject(SECRETS) secrets: Secrets) {
    this.key = secrets.key('consistency-token');
  }

  seal(position: Position): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    // One length for all positions: the token's size tells nothing either.
    const sealed = Buffer.concat([cipher.update(formatPosition(position).padEnd(41), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Throws a `Refusal` where the token is not one of ours. */
  open(token: string): Position {
    try {
      const bytes = Buffer.from(token, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const opened = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      return parsePosition(opened.toString('utf8').trimEnd());
    } catch {
      throw new Refusal(
        'CONSISTENCY_TOKEN_UNKNOWN',
        'invalid',
        'The header Consistency-Token holds no token of this installation.',
        {
          remedy: 'Send the value of the Consistency-Token header of a command’s answer, or leave it out.',
        },
      );
    }
  }
}
