import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from 'react-aria-components';

import { api } from '../../api/client';
import { localPeopleQuery } from '../../api/queries';
import { isProblem, type Problem } from '../../api/problem';
import { Loading } from '../../parts/page-states';
import { Refusal } from '../../parts/refusal';
import { usePageTitle } from '../../parts/page-title';
import { words } from '../../words';

/** Where somebody says who they are: at their organisation's issuer, or, on their own machine, here. */
export const SignIn = () => {
  usePageTitle(words.signIn.title);
  const { data, isPending } = useQuery(localPeopleQuery);
  const { failed, returnTo = '/' } = useSearch({ from: '/outside/sign-in' });
  return (
    <section className="page narrow">
      <h1>{data ? words.signIn.today : words.signIn.title}</h1>
      {failed === true && (
        <p className="notice" data-look="attend" role="alert">
          {words.signIn.failed}
        </p>
      )}
      {isPending && <Loading rows={4} />}
      {data && <LocalPeople {...{ people: data.people, returnTo }} />}
      {data === null && (
        <>
          <p className="lead">{words.signIn.byIssuer}</p>
          <a className="button primary" href={`/auth/login?returnTo=${encodeURIComponent(returnTo)}`}>
            {words.signIn.button}
          </a>
        </>
      )}
    </section>
  );
};

interface LocalPerson {
  readonly role: string;
  readonly partnerId: string | null;
  readonly partnerName: string | null;
}

const LocalPeople = ({ people, returnTo }: { readonly people: readonly LocalPerson[]; readonly returnTo: string }) => {
  const partners = Map.groupBy(
    people.filter(({ partnerId }) => partnerId !== null),
    ({ partnerName }) => partnerName ?? '',
  );
  const [problem, setProblem] = useState<Problem>();
  const be = async ({ role, partnerId }: LocalPerson): Promise<void> => {
    const body = { role: role as 'admin', ...(partnerId === null ? {} : { partnerId }) };
    const { response, error } = await api.POST('/auth/local', { body });
    if (response.ok) location.assign(returnTo);
    else if (isProblem(error)) setProblem(error);
  };
  return (
    <>
      <p className="lead">{words.signIn.local}</p>
      {problem && <Refusal problem={problem} />}
      <h2>{words.signIn.partners}</h2>
      {partners.size === 0 && <p className="quiet">{words.signIn.nobody}</p>}
      <ul className="people">
        {[...partners].map(([name, own]) => (
          <li key={name}>
            <span className="name">{name}</span>
            <People {...{ people: own, be }} />
          </li>
        ))}
      </ul>
      <h2>{words.signIn.vendor}</h2>
      <People people={people.filter(({ partnerId }) => partnerId === null)} be={be} />
    </>
  );
};

interface PeopleProps {
  readonly people: readonly LocalPerson[];
  readonly be: (person: LocalPerson) => Promise<void>;
}

const People = ({ people, be }: PeopleProps) => (
  <span className="desks">
    {people.map((person) => (
      <Button
        key={person.role}
        className="button"
        onPress={() => void be(person)}
        aria-label={[words.roles[person.role], person.partnerName].filter(Boolean).join(', ')}
      >
        {words.roles[person.role] ?? person.role}
      </Button>
    ))}
  </span>
);
