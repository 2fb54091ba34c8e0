import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';

import { useNow } from '../../api/clock';
import { type Deal, dealsQuery, MOST_ROWS, type WorkItem, workQuery } from '../../api/queries';
import { Instant } from '../../parts/instant';
import { useKeys } from '../../parts/keys';
import { sayMoney } from '../../parts/money';
import { Empty, Loading } from '../../parts/page-states';
import { usePageTitle } from '../../parts/page-title';
import { StateMark } from '../../parts/state-mark';
import { lengthOf } from '../../parts/time';
import { words } from '../../words';
import { byDanger, matches, subjectDealId } from './danger';
import { useRowKeys } from './row-keys';

/** Is any of mine in danger, what must I do, what is safe? */
export const Home = () => {
  usePageTitle(words.home.title);
  const { data: deals } = useQuery(dealsQuery);
  const { data: work } = useQuery(workQuery);
  if (!deals || !work)
    return (
      <div className="page">
        <Loading />
      </div>
    );
  return (
    <div className="page">
      <Wants items={work.items} deals={deals.items} />
      <Deals deals={deals.items} work={work.items} hasMore={deals.next !== null} />
    </div>
  );
};

interface WantsProps {
  readonly items: readonly WorkItem[];
  readonly deals: readonly Deal[];
}

/** What is due, nearest first. A deal that is protected wants nothing yet. */
const Wants = ({ items, deals }: WantsProps) => {
  const due = items.filter(({ kind }) => kind !== 'protection');
  return (
    <section aria-labelledby="wants">
      <h1 id="wants">{words.home.wants(due.length)}</h1>
      {due.length === 0 ? (
        <p className="lead quiet">{words.home.nothing}</p>
      ) : (
        <ul className="wants">
          {due.map((item) => (
            <Want key={`${item.kind} ${item.subject}`} item={item} deal={dealOf(deals, item)} />
          ))}
        </ul>
      )}
    </section>
  );
};

const dealOf = (deals: readonly Deal[], { subject }: WorkItem): Deal | undefined =>
  deals.find(({ id }) => id === subjectDealId(subject));

const Want = ({ item, deal }: { readonly item: WorkItem; readonly deal: Deal | undefined }) => {
  const now = useNow();
  const { kind, until, subject } = item;
  return (
    <li>
      <Link className="want" to="/deals/$id" params={{ id: subjectDealId(subject) }}>
        <span className="want-what">{words.work[kind] ?? kind}</span>
        <span className="want-deal">
          <span className="name">{deal?.accountName}</span>
          <span className="quiet"> {deal?.productLine}</span>
        </span>
        {until !== null && (
          <span className="want-until">
            {words.by('')}
            <Instant at={until} />
            <span className="quiet">{remaining(until, now)}</span>
          </span>
        )}
      </Link>
    </li>
  );
};

const remaining = (until: string, now: number): string => {
  const left = Date.parse(until) - now;
  return left > 0 ? words.inTime(lengthOf(left)) : words.overdue;
};

interface DealsProps {
  readonly deals: readonly Deal[];
  readonly work: readonly WorkItem[];
  readonly hasMore: boolean;
}

const Deals = ({ deals, work, hasMore }: DealsProps) => {
  const { find = '' } = useSearch({ from: '/inside/partner/deals' });
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const shown = byDanger(deals, work).filter((deal) => matches(deal, find));
  const rows = useRowKeys();
  useKeys({ '/': () => field.current?.focus() });
  return (
    <section aria-labelledby="deals">
      <div className="section-head">
        <h2 id="deals">{words.home.yours}</h2>
        <input
          ref={field}
          className="filter"
          type="search"
          aria-label={words.home.filter}
          placeholder={`${words.home.filter}…`}
          value={find}
          onChange={({ target }) =>
            void navigate({ to: '/deals', search: target.value ? { find: target.value } : {}, replace: true })
          }
        />
      </div>
      {deals.length === 0 && <Empty>{words.home.noDeals}</Empty>}
      {deals.length > 0 && shown.length === 0 && <Empty>{words.home.noMatch(find)}</Empty>}
      {shown.length > 0 && (
        <table className="rows deals" ref={rows}>
          <thead className="for-readers">
            <tr>
              <th>{words.home.columns.customer}</th>
              <th>{words.home.columns.line}</th>
              <th>{words.home.columns.state}</th>
              <th>{words.home.columns.value}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((deal) => (
              <DealRow key={deal.id} deal={deal} until={untilOf(work, deal)} />
            ))}
          </tbody>
        </table>
      )}
      {hasMore && <p className="small quiet">{words.home.more(MOST_ROWS)}</p>}
    </section>
  );
};

const untilOf = (work: readonly WorkItem[], { id }: Deal): string | null =>
  work.find(({ subject, kind }) => kind !== 'document' && subjectDealId(subject) === id)?.until ?? null;

const DealRow = ({ deal, until }: { readonly deal: Deal; readonly until: string | null }) => {
  const now = useNow();
  const { id, accountName, productLine, status, value } = deal;
  const left = until === null ? 0 : Date.parse(until) - now;
  return (
    <tr>
      <th scope="row">
        <Link className="row-link name" to="/deals/$id" params={{ id }}>
          {accountName ?? '—'}
        </Link>
      </th>
      <td className="quiet">{productLine}</td>
      <td>
        <StateMark status={status} />
        {left > 0 && <span className="quiet">, {words.home.left(lengthOf(left))}</span>}
      </td>
      <td className="number">{value && sayMoney(value)}</td>
    </tr>
  );
};
