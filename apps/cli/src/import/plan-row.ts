import { type AccountOpening, importedAccountId } from '@messages/accounts';
import type { LegacyDeal } from '@messages/deals';
import { importedPartnerId, type PartnerApplication } from '@messages/partners';

import {
  readDay,
  readMoney,
  readProduct,
  readRequiredText,
  readStage,
  readText,
  type Remark,
  unreadable,
} from './cell';
import { dayReader } from './day-pattern';
import type { Finding } from './finding';
import type { Mapping, Role } from './mapping';
import { oddities } from './oddities';
import type { Broken, TableRow } from './table';

/** What a row says: a sale, the partner that made it, and the account where one is named. */
export interface Sale {
  readonly partner: PartnerApplication;
  readonly account: AccountOpening | null;
  readonly deal: LegacyDeal;
}

export interface RowPlan {
  readonly row: number;
  /** Null where the row cannot be recorded; a finding says why. */
  readonly sale: Sale | null;
  readonly findings: readonly Finding[];
}

/** Plans rows after a mapping. Pure: the same row of the same file always gives the same plan. */
export const rowPlanner = (mapping: Mapping, fileHash: string): ((row: TableRow) => RowPlan) => {
  const readCells = cellReader(mapping);
  const idsOf = idReader(mapping);

  return ({ number, ...row }) => {
    if ('broken' in row) return { row: number, sale: null, findings: [{ row: number, ...describe(row.broken) }] };
    const find = ([role, remark]: readonly [Role, Remark]): Finding => ({
      row: number,
      column: mapping.columns[role] ?? role,
      ...remark,
    });
    const readings = readCells(row.cells);
    if (!isWhole(readings)) return { row: number, sale: null, findings: complaints(readings).map(find) };
    const sale = saleOf(readings, mapping, idsOf, { fileHash, number });
    return { row: number, sale, findings: [...remarks(readings), ...oddities(sale.deal)].map(find) };
  };
};

const cellReader = (mapping: Mapping) => {
  const dayOf = dayReader(mapping.dateFormat);
  return (cells: Readonly<Record<Role, string>>) => ({
    reference: readRequiredText(cells.reference, 'REFERENCE_MISSING'),
    partner: readRequiredText(cells.partner, 'PARTNER_MISSING'),
    account: readText(cells.account),
    product: readProduct(cells.product, mapping.products),
    stage: readStage(cells.stage, mapping.stages),
    value: readMoney(cells.value, mapping.currency),
    opened: readDay(cells.opened, dayOf),
    closed: readDay(cells.closed, dayOf),
  });
};

type Readings = ReturnType<ReturnType<typeof cellReader>>;
type WholeReadings = { readonly [R in Role]: Extract<Readings[R], { readonly value: unknown }> };

const isWhole = (readings: Readings): readings is WholeReadings =>
  Object.values(readings).every((reading) => 'value' in reading);

const remarks = (readings: Partial<Readings>): (readonly [Role, Remark])[] =>
  Object.entries(readings).flatMap(([role, { remark }]) => (remark ? [[role as Role, remark] as const] : []));

/** Of a row that is not recorded only what stands against it. */
const complaints = (readings: Readings) =>
  remarks(Object.fromEntries(Object.entries(readings).filter(([, reading]) => !('value' in reading))));

const describe = (broken: Broken): Omit<Finding, 'row'> => {
  switch (broken.kind) {
    case 'COLUMN_COUNT': {
      const what = `The row has ${broken.found} columns, the header ${broken.expected}.`;
      return { column: null, ...unreadable(broken.kind, what).remark };
    }
    case 'NOT_UTF8':
      return {
        column: broken.column,
        ...unreadable(broken.kind, 'The cell is not UTF-8.', 'Save the file as UTF-8.').remark,
      };
  }
};

/** The same names come row after row, and to derive an id costs as much as to read several cells. */
const idReader = ({ system }: Mapping) => ({
  ofPartner: remembered((reference) => importedPartnerId({ system, reference })),
  ofAccount: remembered((name) => importedAccountId({ system, name })),
});

const remembered = (idOf: (name: string) => string): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    const id = known.get(name) ?? idOf(name);
    known.set(name, id);
    return id;
  };
};

const saleOf = (
  said: WholeReadings,
  mapping: Mapping,
  idsOf: ReturnType<typeof idReader>,
  row: LegacyDeal['row'],
): Sale => {
  const { system, assertedAt } = mapping;
  const partner = { system, reference: said.partner.value };
  const account = said.account.value === null ? null : { system, name: said.account.value };
  return {
    partner: { legalName: partner.reference, country: mapping.partners.country, website: null, source: partner },
    account: account && { legalName: account.name, country: null, keys: [], source: account },
    deal: {
      source: { system, reference: said.reference.value },
      partnerId: idsOf.ofPartner(partner.reference),
      accountId: account && idsOf.ofAccount(account.name),
      accountName: said.account.value,
      ...said.product.value,
      stage: said.stage.value,
      value: said.value.value,
      openedOn: said.opened.value,
      closedOn: said.closed.value,
      assertedAt,
      row,
    },
  };
};
