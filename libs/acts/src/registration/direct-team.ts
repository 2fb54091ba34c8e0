import { docket, type DocketCommand, type DocketEvent, type DocketState } from '@tempore/dockets';
import type { Outcome } from '@tempore/event-store';
import { parseInstant } from '@tempore/kernel';
import type { Line } from '@tempore/programme';

import { type Act, type Doing, recognisedBy } from '../act';
import { docketOf, readLine } from '../programme/lines';
import { tell } from '../tell';
import { type SaidTouch, touchOf } from './claims';
import { loadDocketContext } from './docket-context';

/** A customer's line, by any of its spellings. */
interface OnLine {
  readonly accountId: string;
  readonly line: string;
}

/** What an act on a docket came to. */
export interface DocketDone {
  readonly id: string;
  readonly outcome: Outcome<DocketEvent, DocketState>;
}

export const openDirectOpportunity: Doing<
  OnLine & { readonly reason: string },
  DocketDone & { readonly opportunityId: string }
> = async (_means, act, { accountId, line: spelling, reason }) => {
  const line = await readLine(act.log, spelling);
  const opportunityId = act.newId('direct-opportunity');
  const data = { accountId, productLine: line.code, opportunityId, reason };
  return { opportunityId, ...(await tellLine(act, accountId, line, { type: 'OpenDirectOpportunity', data })) };
};

export const recordDirectTouch: Doing<
  OnLine & { readonly opportunityId: string; readonly said: SaidTouch },
  DocketDone
> = async (means, act, { accountId, line, opportunityId, said }) => {
  const touch = await touchOf(means, act, said);
  const command = { type: 'RecordDirectTouch', data: { opportunityId, touch } } as const;
  return tellLine(recognisedBy(means, act, touch), accountId, await readLine(act.log, line), command);
};

export const closeDirectOpportunity: Doing<
  OnLine & { readonly opportunityId: string; readonly reason: string },
  DocketDone
> = async (_means, act, { accountId, line, ...data }) =>
  tellLine(act, accountId, await readLine(act.log, line), { type: 'CloseDirectOpportunity', data });

export const publishTender: Doing<
  OnLine & { readonly reference: string; readonly publishedAt: string; readonly reason: string },
  DocketDone
> = async (_means, act, { accountId, line: spelling, reference, publishedAt, reason }) => {
  const line = await readLine(act.log, spelling);
  const data = { accountId, productLine: line.code, reference, publishedAt: parseInstant(publishedAt), reason };
  return tellLine(act, accountId, line, { type: 'PublishTender', data });
};

export const closeTender: Doing<OnLine & { readonly reference: string; readonly reason: string }, DocketDone> = async (
  _means,
  act,
  { accountId, line, ...data },
) => tellLine(act, accountId, await readLine(act.log, line), { type: 'CloseTender', data });

/** What the vendor's own side puts on a docket, held to the same standard as partners. */
const tellLine = async (act: Act, accountId: string, line: Line, command: DocketCommand): Promise<DocketDone> => {
  const id = await docketOf(act.log, accountId, line);
  const { claims } = (await act.log.read(docket, id)).state;
  const actor = { id: act.principal.id, partnerId: null };
  const about = { accountId, productLine: line.code, partnerId: null, actor, beside: claims };
  const context = await loadDocketContext(act.log, about, act.meta.now);
  return { id, outcome: await tell(act, docket, id, command, context) };
};
