import { randomUUID } from 'node:crypto';

import { Inject, Injectable } from '@nestjs/common';
import { access, type Reading } from '@tempore/access';
import type { Principal } from '@tempore/acts';
import { CommandRunner } from '@tempore/event-store';

import { CLOCK, type Clock } from '../../../composition/src/clock';

/** Who of the vendor's has read what partners and persons confided. */
@Injectable()
export class Readings {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * To be called before anything is shown: what cannot be put on record is not read. A partner's people read what is
   * their own, and leave no record.
   */
  async record(reader: Principal, of: Reading['of'], id: string): Promise<void> {
    if (reader.side === 'partner') return;
    const commandId = randomUUID();
    const meta = { commandId, requestHash: '', actor: reader.id, now: this.clock(), correlationId: commandId };
    await this.runner.run(access, id, { type: 'RecordReading', data: { of } }, meta, {});
  }
}
