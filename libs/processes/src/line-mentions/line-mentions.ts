import type { AccountEvent } from '@messages/accounts';
import { type DocketEvent, docketId } from '@messages/dockets';
import type { PartnerEvent } from '@messages/partners';
import { type LoggedEvent, nameKey, subjectOf } from '@tempore/kernel';
import type { LineMention } from '@tempore/programme';

/** Where a line is named in a way that counts: in filings, agreements, certificates and facts (rulebook 3). */
export type LineNamer = AccountEvent | DocketEvent | PartnerEvent;

/** The lines that an event names, as they were spelled. */
export const lineMentionsOf = (event: LoggedEvent<LineNamer>): readonly LineMention[] => {
  if (event.type === 'claim-filed' || event.type === 'direct-opportunity-opened' || event.type === 'tender-published')
    return [{ spelling: event.data.productLine, docket: docketOf(event.stream, event.data) }];
  return linesIn(event).map((spelling) => ({ spelling, docket: null }));
};

const linesIn = (event: LineNamer): readonly string[] => {
  if ('productLine' in event.data) return [event.data.productLine];
  if (event.type === 'partner-lines-agreed') return (event.data.lines ?? []).map(({ productLine }) => productLine);
  if (event.type !== 'partner-change-proposed' && event.type !== 'partner-change-adopted') return [];
  const { change } = event.data;
  const territories = change.of === 'territories' ? (change.territories ?? []) : [];
  return territories.flatMap(({ productLine }) => productLine ?? []);
};

/** What the docket's id was derived from: the key of the spelling, or, in the oldest logs, the spelling as it was typed. */
const docketOf = (
  stream: string,
  { accountId, productLine }: { readonly accountId: string; readonly productLine: string },
): LineMention['docket'] => {
  const key = [nameKey(productLine), productLine].find((one) => docketId(accountId, one) === subjectOf(stream));
  return key === undefined ? null : { accountId, key };
};
