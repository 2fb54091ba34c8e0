import { account, type AccountCommand } from '@tempore/accounts';
import { deal, type DealCommand, legacyDealId } from '@tempore/deals';
import { type Command, type Decider, deriveId, type DomainEvent, type Instant } from '@tempore/kernel';
import { partner, type PartnerCommand } from '@tempore/partners';
import canonicalize from 'canonicalize';

import type { Sale } from './plan-row';

/** What one stream is told, in this order. */
export type Task =
  Telling<'partner', PartnerCommand> | Telling<'account', AccountCommand> | Telling<'deal', DealCommand>;

interface Telling<To extends string, C extends Command> {
  readonly to: To;
  readonly id: string;
  readonly commands: readonly Told<C>[];
}

export interface Told<C extends Command> {
  readonly command: C;
  /** The same command of the same source always has the same id: carried out once, however often it is imported. */
  readonly commandId: string;
  /** What a repeat must have in common with the first. */
  readonly content: unknown;
  /** When the source says that it was so; absent for what happens by the import itself. */
  readonly occurredAt?: Instant;
}

export interface SaleTasks {
  readonly partner: Task;
  readonly account: Task | null;
  readonly deal: Task;
}

/** The commands that put sales on record: partner and account, made once for all their sales, come before the deal. */
export const taskMaker = (): ((sale: Sale) => SaleTasks) => {
  const made = new Map<string, Task>();
  const once = (id: string, make: () => Task): Task => {
    const task = made.get(id) ?? make();
    made.set(id, task);
    return task;
  };
  return ({ partner, account, deal }) => {
    const { source, partnerId, accountId, assertedAt } = deal;
    return {
      partner: once(partnerId, () =>
        telling('partner', partnerId, [
          { command: { type: 'ApplyAsPartner', data: partner }, occurredAt: assertedAt },
          { command: { type: 'ApprovePartner', data: {} } },
        ]),
      ),
      account:
        account && accountId
          ? once(accountId, () =>
              telling('account', accountId, [
                { command: { type: 'OpenAccount', data: account }, occurredAt: assertedAt },
              ]),
            )
          : null,
      deal: telling('deal', legacyDealId(source), [{ command: { type: 'RecordLegacyDeal', data: deal } }]),
    };
  };
};

const telling = <To extends Task['to'], C extends Command>(
  to: To,
  id: string,
  commands: readonly Pick<Told<C>, 'command' | 'occurredAt'>[],
): Telling<To, C> => ({
  to,
  id,
  commands: commands.map((told) => {
    const content = contentOf(told.command);
    return { ...told, content, commandId: deriveId('import', to, id, canonicalize(content) ?? '') };
  }),
});

/** Where a row stands in which file is no content: exports come in any order. */
const contentOf = ({ type, data }: Command): unknown =>
  type === 'RecordLegacyDeal' ? { type, ...(data as object), row: null } : { type, data };

/** The categories of the streams that are told anything. */
export const TOLD: readonly string[] = [partner, account, deal].map(({ category }) => category);

/** Hands a task over together with the decider that its commands are for. */
export const withDecider = <T>(task: Task, use: Use<T>): T => {
  switch (task.to) {
    case 'partner':
      return use(partner, task.commands);
    case 'account':
      return use(account, task.commands);
    case 'deal':
      return use(deal, task.commands);
  }
};

type Use<T> = <State, C extends Command, E extends DomainEvent>(
  decider: Decider<State, C, E>,
  commands: readonly Told<C>[],
) => T;
