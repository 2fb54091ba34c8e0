import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { type DealDetail, meQuery, type TimelineEntry } from '../../api/queries';
import { happenedAt, isLate } from '../../line/line';
import { Instant } from '../../parts/instant';
import { lengthOf } from '../../parts/time';
import { words } from '../../words';

/** The facts behind the line, latest first: what, by whom, when recorded, when it happened. */
export const Timeline = ({ deal, chosen }: { readonly deal: DealDetail; readonly chosen: string | null }) => {
  const { columns, happened } = words.deal;
  const [chosenId] = chosen?.split('/') ?? [];
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{happened}</h2>
      <table className="rows timeline">
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.who}</th>
            <th scope="col">{columns.recorded}</th>
            <th scope="col">{columns.happened}</th>
          </tr>
        </thead>
        <tbody>
          {deal.timeline.toReversed().map((entry) => (
            <Row key={entry.id} entry={entry} isChosen={entry.id === chosenId} />
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Row = ({ entry, isChosen }: { readonly entry: TimelineEntry; readonly isChosen: boolean }) => {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const { type, recordedAt } = entry;
  return (
    <tr ref={row} aria-current={isChosen || undefined}>
      <th scope="row">
        {words.events[type] ?? type}
        <Detail entry={entry} />
      </th>
      <td>
        <Who entry={entry} />
      </td>
      <td>
        <Instant at={recordedAt} />
      </td>
      <td>
        <Gap entry={entry} />
      </td>
    </tr>
  );
};

/** What goes with the fact in the words of whoever said it. */
const Detail = ({ entry }: { readonly entry: TimelineEntry }) => {
  const { reason, text, stage, touch } = entry.data as {
    readonly reason?: string;
    readonly text?: string;
    readonly stage?: string;
    readonly touch?: { readonly kind: string };
  };
  const detail = [touch && words.touchKinds[touch.kind], stage && words.stages[stage], reason, text].find(Boolean);
  return detail ? <span className="detail">{detail}</span> : null;
};

/** What the partner does, it does as itself; the rest is ours, a rule's, or happens by the clock. */
const OURS =
  /^(claim-(approved|rejected)|review-|question-asked|amendment-(approved|rejected)|win-(confirmed|refused))/;
const BY_ITSELF =
  /^(deal-submitted|clock-started|deal-ended|claim-(expired|lapsed|offered|superseded)|contest-period-ended|interest-asked|review-escalated|win-escalated)/;

const Who = ({ entry }: { readonly entry: TimelineEntry }) => {
  const { data: me } = useQuery(meQuery);
  const { actor, type, data } = entry;
  const { who } = words.deal;
  if (actor !== null) return actor === me?.id ? who.you : who.colleague;
  if (BY_ITSELF.test(type)) return who.clock;
  if (!OURS.test(type)) return who.you;
  return (data as { readonly rule?: string | null } | null)?.rule ? who.rule : who.vendor;
};

/** The gap between the two times, said wherever there is one. */
const Gap = ({ entry }: { readonly entry: TimelineEntry }) => {
  const at = happenedAt(entry);
  const [happened, recorded] = [Date.parse(at), Date.parse(entry.recordedAt)];
  if (!isLate(happened, recorded)) return <span className="quiet">{words.deal.same}</span>;
  return (
    <>
      <Instant at={at} />
      <span className="late">{words.deal.earlier(lengthOf(recorded - happened))}</span>
    </>
  );
};
