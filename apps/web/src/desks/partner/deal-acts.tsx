import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from 'react-aria-components';

import { useAct } from '../../api/act';
import { answerOf, api } from '../../api/client';
import type { DealDetail } from '../../api/queries';
import { Refusal } from '../../parts/refusal';
import { words } from '../../words';
import { actsOf } from './acts-of';
import { DealActForm } from './deal-act-form';

/** The acts that the deal is open to now. One that is not is absent. */
export const DealActs = ({ deal }: { readonly deal: DealDetail }) => {
  const { act } = useSearch({ from: '/inside/partner/deals/$id' });
  const navigate = useNavigate();
  const { now, forms } = actsOf(deal);
  const [done, setDone] = useState(0);
  const close = (): void => {
    setDone(done + 1);
    void navigate({ to: '/deals/$id', params: { id: deal.id }, search: {}, replace: true });
  };
  if (now.length === 0 && forms.length === 0) return null;
  return (
    <div className="acts">
      <ul>
        {now.map((name) => (
          <li key={name}>
            <ActNow deal={deal} name={name} />
          </li>
        ))}
        {forms.map((name, index) => (
          <li key={name}>
            <Link
              className={now.length === 0 && index === 0 ? 'button primary' : 'button'}
              to="/deals/$id"
              params={{ id: deal.id }}
              search={{ act: name }}
              replace
              aria-current={act === name}
            >
              {words.acts[name]}
            </Link>
          </li>
        ))}
      </ul>
      {act !== undefined && forms.includes(act) && <DealActForm key={`${act} ${done}`} {...{ deal, act, close }} />}
    </div>
  );
};

const SENDS = { take: 'reconfirmation', interest: 'interest' } as const;

/** An act that needs no more than to be said. */
const ActNow = ({ deal, name }: { readonly deal: DealDetail; readonly name: keyof typeof SENDS }) => {
  const { state, submit, findOut } = useAct(
    (_: undefined, key) =>
      answerOf(
        api.POST(`/v1/deals/{id}/${SENDS[name]}`, {
          params: { path: { id: deal.id }, header: { 'Idempotency-Key': key } },
        }),
      ),
    () => undefined,
  );
  return (
    <>
      <Button
        className="button primary"
        isPending={state.is === 'sending'}
        onPress={() => (state.is === 'unknown' ? findOut() : submit(undefined))}
      >
        {state.is === 'sending' ? words.acts.filing : state.is === 'unknown' ? words.acts.findOut : words.acts[name]}
      </Button>
      {state.is === 'unknown' && <span role="alert">{words.acts.unknown}</span>}
      {state.is === 'refused' && <Refusal problem={state.problem} />}
    </>
  );
};
