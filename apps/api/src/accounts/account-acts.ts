import { Inject, Injectable } from '@nestjs/common';
import {
  ACCOUNT,
  account,
  accountOpened,
  accountEvents,
  type AccountKey,
  type AccountOpening,
  parentInCircle,
} from '@tempore/accounts';
import { accountLog, type Act, type Ids, IDS, partOf, unconditional } from '@tempore/acts';
import { CommandRunner, type EventStore, insistOn } from '@tempore/event-store';
import { catalogueOf, decode } from '@tempore/kernel';
import { addAccountKey, openAccount } from '@tempore/processes';

import { CommandAnswer } from '../commands/command-answer';
import { EVENT_STORE } from '../commands/event-store';
import { OpeningAnswer } from './accounts.dto';

interface ParentLink {
  readonly parentId: string;
  readonly reason: string;
}

const catalogue = catalogueOf(...accountEvents);

/** The acts on customers that go through several streams. */
@Injectable()
export class AccountActs {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** Opens a customer, or finds the one that its keys name. Throws `ACCOUNT_KEYS_DISAGREE`. */
  async open({ meta: { ifRevision, ...meta } }: Act, opening: AccountOpening): Promise<OpeningAnswer> {
    if (ifRevision !== undefined) insistOn(ifRevision, 'none');
    const accountId = this.ids.ofAccount(meta.commandId);
    const { state } = await this.runner.read(account, accountId);
    if (state.status === 'open') {
      // The runner answers a repeat, and refuses another request under its key.
      const command = { type: 'OpenAccount', data: opening } as const;
      return new OpeningAnswer(accountId, true, await this.runner.run(account, accountId, command, meta, {}));
    }
    const id = await openAccount(accountLog(this.runner, accountId, meta), { accountId, opening });
    const outcome = await this.outcome(id, meta.commandId, false);
    // By another's help under its own id, or, before ids were made with a key, by this command under another.
    const isOpened = id === accountId || outcome.events.some(({ type }) => type === accountOpened.type);
    return new OpeningAnswer(id, isOpened, outcome);
  }

  /** Gives an open customer one more key. Throws `ACCOUNT_NOT_FOUND` or `ACCOUNT_KEY_TAKEN`. */
  async addKey({ meta: { ifRevision, ...meta } }: Act, id: string, key: AccountKey): Promise<CommandAnswer> {
    const before = await this.outcome(id, meta.commandId, true);
    const command = { type: 'AddAccountKey', data: { key } } as const;
    // The runner answers a repeat, and refuses another request under its id before a key is claimed for it.
    if (before.events.length > 0) return new CommandAnswer(id, await this.runner.run(account, id, command, meta, {}));
    // Once the key is claimed the act takes its course, so the condition is asked before.
    if (ifRevision !== undefined) insistOn(ifRevision, before.revision);
    await addAccountKey(accountLog(this.runner, id, meta), id, key);
    return new CommandAnswer(id, await this.outcome(id, meta.commandId, false));
  }

  /**
   * Links a customer to the one that it belongs to. Throws `PARENT_IS_SELF` or `PARENT_IN_CIRCLE`: two links at one
   * moment may close a circle that neither saw, so whoever sees it afterwards takes its own link back.
   */
  async linkParent(act: Act, id: string, { parentId, reason }: ParentLink): Promise<CommandAnswer> {
    const ancestors = await this.withAncestors(parentId);
    const command = { type: 'LinkParent', data: { accountId: id, parentId, ancestors, reason } } as const;
    const linked = await this.runner.run(account, id, command, act.meta, {});
    const { meta } = unconditional(partOf(act, 'circle'));
    if ((await this.withAncestors(parentId)).includes(id)) {
      const data = { reason: 'Another link was made at the same moment: both together closed a circle' };
      await this.runner.run(account, id, { type: 'UnlinkParent', data }, meta, {});
    }
    if ((await this.outcome(id, meta.commandId, false)).events.length > 0) throw parentInCircle();
    return new CommandAnswer(id, linked);
  }

  /** A customer, whom it belongs to, and so on, as the log has it. */
  private async withAncestors(id: string, below: readonly string[] = []): Promise<readonly string[]> {
    if (below.includes(id)) return below;
    const { state } = await this.runner.read(account, id);
    const parentId = state.status === 'open' ? state.facts.parentId : null;
    return parentId === null ? [...below, id] : this.withAncestors(parentId, [...below, id]);
  }

  /** How a customer's stream stands, and what of it is of one command. */
  private async outcome(id: string, commandId: string, repeated: boolean) {
    const stream = `${ACCOUNT}-${id}`;
    const { events: stored, revision } = await this.store.load(stream);
    const events = stored
      .map((event) => decode(catalogue, event))
      .filter(({ metadata }) => metadata.commandId === commandId);
    const position = stored.at(-1)?.position;
    return { stream, revision, events, repeated, ...(position && { position }) };
  }
}
