import { randomUUID } from 'node:crypto';

import { deal, type LegacyDeal, legacyDealId } from '@tempore/deals';
import { type Instant, toInstant } from '@tempore/kernel';
import { openViewWatch } from '@tempore/projections';
import { legacyDeal } from '@tempore/testing';

import { READ_SCHEMA } from '../../apps/composition/src/views';
import type { System } from './system';

const PATIENCE_MS = 30_000;

/** A sale of another system, under a reference of its own where none is given. */
export const aSale = (content: Partial<LegacyDeal> & { readonly reference?: string }): LegacyDeal => {
  const { reference = randomUUID(), ...rest } = content;
  return legacyDeal({ source: { system: 'crm', reference }, ...rest });
};

/** Puts sales on record in this order, as an import does, and waits until the views show them. Answers their ids. */
export const recordSales = async (
  { stores, settings }: System,
  sales: readonly LegacyDeal[],
  at: Instant = toInstant(new Date()),
): Promise<readonly string[]> => {
  const watch = await openViewWatch({ connectionString: settings.databaseUrl, schema: READ_SCHEMA });
  try {
    for (const data of sales) {
      const commandId = randomUUID();
      const { position } = await stores.runner.run(
        deal,
        legacyDealId(data.source),
        { type: 'RecordLegacyDeal', data },
        { commandId, requestHash: 'hash', actor: randomUUID(), now: at, correlationId: commandId },
        {},
      );
      if (position && data === sales.at(-1))
        await Promise.all(['deals', 'sequence'].map((view) => watch.reached(view, position, PATIENCE_MS)));
    }
  } finally {
    await watch.close();
  }
  return sales.map(({ source }) => legacyDealId(source));
};
