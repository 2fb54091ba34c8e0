import { onlineManager, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';

import { api } from '../api/client';
import { type Me, meQuery } from '../api/queries';
import { useKeys } from '../parts/keys';
import { NotYours, OfflineBand } from '../parts/page-states';
import { words } from '../words';

/** Loaded when somebody asks for it. */
const KeysHelp = lazy(() => import('../parts/keys-help').then(({ KeysHelp: help }) => ({ default: help })));

/** What stands around every page: the name, where one may go and who one is, and whether what is seen is of now. */
const Around = ({ children, page = <Outlet /> }: { readonly children?: ReactNode; readonly page?: ReactNode }) => (
  <>
    <a className="skip" href="#content">
      {words.skip}
    </a>
    <header className="bar">
      <Link className="brand" to="/">
        <span aria-hidden="true">I</span> {words.brand}
      </Link>
      {children}
    </header>
    <Connection />
    <main id="content" tabIndex={-1}>
      {page}
    </main>
  </>
);

/** In the place of a page that is not there. */
export const NowhereFrame = () => <Around page={<NotYours />} />;

/** Around pages for everybody. */
export const OpenFrame = () => <Around />;

/** Around the pages of whoever is signed in. */
export const Frame = () => {
  const { data: me } = useQuery(meQuery);
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  useKeys({ 'g d': () => void navigate({ to: '/deals' }), '?': () => setHelp(true) });
  return (
    <>
      <Around>
        <nav aria-label={words.nav.main}>{me?.partner && <PartnerNav />}</nav>
        {me && <Who {...{ me }} />}
      </Around>
      <Suspense>{help && <KeysHelp isOpen onOpenChange={setHelp} />}</Suspense>
    </>
  );
};

const PartnerNav = () => (
  <ul>
    <li>
      <Link to="/deals">{words.nav.deals}</Link>
    </li>
  </ul>
);

const Who = ({ me }: { readonly me: Me }) => {
  const queries = useQueryClient();
  const leave = async (): Promise<void> => {
    const { data } = await api.POST('/auth/logout');
    sessionStorage.clear();
    queries.clear();
    location.assign(data?.next ?? '/sign-in');
  };
  const role = me.roles.map((one) => words.roles[one] ?? one).join(', ');
  return (
    <p className="who">
      <span>{[me.name ?? role, me.partner?.legalName].filter(Boolean).join(', ')}</span>
      <Button className="link" onPress={() => void leave()}>
        {words.nav.signOut}
      </Button>
    </p>
  );
};

const subscribe = (changed: () => void): (() => void) => onlineManager.subscribe(changed);

/** A band while nothing can be asked: since when, by the last answer that came. */
const Connection = () => {
  const online = useSyncExternalStore(subscribe, () => onlineManager.isOnline());
  const queries = useQueryClient();
  const [since, setSince] = useState<number | null>(null);
  useEffect(() => {
    const answered = queries
      .getQueryCache()
      .getAll()
      .map(({ state }) => state.dataUpdatedAt);
    setSince(online ? null : Math.max(0, ...answered));
  }, [online, queries]);
  return since === null ? null : <OfflineBand since={since} />;
};
