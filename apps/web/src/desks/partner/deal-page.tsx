import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { useNow } from '../../api/clock';
import { type DealDetail, dealQuery } from '../../api/queries';
import { laneOf } from '../../line/line';
import { PriorityLine } from '../../line/priority-line';
import { Loading } from '../../parts/page-states';
import { usePageTitle } from '../../parts/page-title';
import { DealActs } from './deal-acts';
import { DealAnswer } from './deal-answer';
import { Said } from './deal-said';
import { Timeline } from './deal-timeline';
import { contentOf } from './content';

/** Is it still mine, until when, whose turn is it, what would lose it? */
export const DealPage = () => {
  const { id } = useParams({ from: '/inside/partner/deals/$id' });
  const { data: deal } = useQuery(dealQuery(id));
  if (!deal)
    return (
      <div className="page">
        <Loading />
      </div>
    );
  return <Shown key={id} deal={deal} />;
};

const Shown = ({ deal }: { readonly deal: DealDetail }) => {
  const name = deal.accountName ?? contentOf(deal)?.customer?.legalName ?? '—';
  usePageTitle(name);
  const now = useNow();
  const [chosen, setChosen] = useState<string | null>(null);
  const standing = deal.registration?.standing ?? null;
  const firstTouch = contentOf(deal)?.firstTouch?.at ?? null;
  const lane = useMemo(
    () => laneOf(deal.timeline, standing, firstTouch, now),
    [deal.timeline, standing, firstTouch, now],
  );
  return (
    <article className="page deal">
      <header>
        <p className="over">
          {[deal.productLine, deal.ownReference ?? deal.projectReference].filter(Boolean).join(' · ')}
        </p>
        <h1>{name}</h1>
      </header>
      <DealAnswer deal={deal} />
      {lane.stretches.length > 0 && <PriorityLine {...{ lane, now, chosen }} onChoose={setChosen} />}
      <DealActs deal={deal} />
      <Timeline deal={deal} chosen={chosen} />
      {deal.registration && <Said deal={deal} />}
    </article>
  );
};
