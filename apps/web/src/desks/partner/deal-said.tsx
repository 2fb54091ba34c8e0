import type { ReactNode } from 'react';

import type { DealDetail } from '../../api/queries';
import { Instant } from '../../parts/instant';
import { sayMoney } from '../../parts/money';
import { sayDay } from '../../parts/time';
import { words } from '../../words';
import { contentOf } from './content';

/** What the partner says of its sale, people and hash included. */
export const Said = ({ deal }: { readonly deal: DealDetail }) => {
  const { facts } = words.deal;
  const content = contentOf(deal);
  const { registration } = deal;
  if (!content || !registration) return null;
  const { type, site, estimatedClose, businessProblem, ownReference, firstTouch } = content;
  return (
    <section aria-labelledby="said">
      <h2 id="said">{words.deal.said}</h2>
      <dl className="pairs">
        <Pair name={facts.value}>{deal.value && sayMoney(deal.value)}</Pair>
        <Pair name={facts.type}>{type && (words.dealTypes[type] ?? type)}</Pair>
        <Pair name={facts.site}>{site}</Pair>
        <Pair name={facts.close}>{estimatedClose && sayDay(estimatedClose)}</Pair>
        <Pair name={facts.reference}>{ownReference}</Pair>
        <Pair name={facts.problem}>{businessProblem}</Pair>
        <Pair name={facts.contacts}>{peopleOf(registration.contacts)}</Pair>
        <Pair name={facts.firstTouch}>
          {firstTouch?.at && (
            <>
              {firstTouch.kind && words.touchKinds[firstTouch.kind]} <Instant at={firstTouch.at} />
            </>
          )}
        </Pair>
        <Pair name={facts.document}>
          {registration.firstTouchDocument ? (
            <a href={`/v1/documents/${registration.firstTouchDocument.documentId}`} download>
              <span className="mono">{registration.firstTouchDocument.hash.slice(0, 16)}…</span>
            </a>
          ) : (
            words.deal.noDocument
          )}
        </Pair>
        <Pair name={facts.hash}>
          <span className="mono hash">{registration.contentHash}</span>
        </Pair>
      </dl>
    </section>
  );
};

const Pair = ({ name, children }: { readonly name: string; readonly children: ReactNode }) =>
  children ? (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  ) : null;

type People = NonNullable<DealDetail['registration']>['contacts'];

const peopleOf = (contacts: People): string =>
  contacts
    .map(({ name, position, erased }) => (erased ? words.deal.erased : [name, position].filter(Boolean).join(', ')))
    .join('; ');
