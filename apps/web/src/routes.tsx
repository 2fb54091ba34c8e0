import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';

import { queries } from './api/query-client';
import { dealQuery, dealsQuery, type Me, meQuery, workQuery } from './api/queries';
import { Frame, NowhereFrame, OpenFrame } from './desks/frame';
import { NoDesk } from './desks/no-desk';
import { type DealAct, isDealAct } from './desks/partner/deal-act';
import { Failed, Loading } from './parts/page-states';

const root = createRootRoute({ component: Outlet, notFoundComponent: NowhereFrame });

/** What anybody may see. */
const outside = createRoute({ getParentRoute: () => root, id: 'outside', component: OpenFrame });

const signIn = createRoute({
  getParentRoute: () => outside,
  path: '/sign-in',
  validateSearch: ({ returnTo, failed }: Record<string, unknown>): { returnTo?: string; failed?: boolean } => ({
    ...(typeof returnTo === 'string' && /^\/(?![/\\])/.test(returnTo) ? { returnTo } : {}),
    ...(failed === true ? { failed } : {}),
  }),
  component: lazyRouteComponent(() => import('./desks/sign-in/sign-in'), 'SignIn'),
});

/** What a query has answered, or will. */
const known: typeof queries.query = (options) => queries.query({ ...options, staleTime: 'static' });

/** Whatever stands behind the sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Frame,
  loader: () => known(meQuery),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: async () => {
    if (isPartners(await known(meQuery))) redirect({ to: '/deals', replace: true, throw: true });
  },
  component: NoDesk,
});

const isPartners = ({ partner }: Me): boolean => partner !== null;

/** The partner's desk: its pages are loaded together, and only for its people. */
const partnerDesk = createRoute({
  getParentRoute: () => inside,
  id: 'partner',
  beforeLoad: async () => {
    if (!isPartners(await known(meQuery))) redirect({ to: '/', replace: true, throw: true });
  },
});

const deals = createRoute({
  getParentRoute: () => partnerDesk,
  path: '/deals',
  validateSearch: ({ find }: Record<string, unknown>): { find?: string } =>
    typeof find === 'string' && find !== '' ? { find } : {},
  loader: async () => {
    await Promise.all([known(dealsQuery), known(workQuery)]);
  },
  component: lazyRouteComponent(() => import('./desks/partner'), 'Home'),
});

const deal = createRoute({
  getParentRoute: () => partnerDesk,
  path: '/deals/$id',
  validateSearch: ({ act }: Record<string, unknown>): { act?: DealAct } => (isDealAct(act) ? { act } : {}),
  loader: ({ params }) => known(dealQuery(params.id)),
  component: lazyRouteComponent(() => import('./desks/partner'), 'DealPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    outside.addChildren([signIn]),
    inside.addChildren([home, partnerDesk.addChildren([deals, deal])]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingComponent: () => (
    <div className="page">
      <Loading />
    </div>
  ),
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
  defaultErrorComponent: ({ error, reset }) => (
    <Failed
      error={error}
      retry={() => {
        void queries.invalidateQueries();
        reset();
      }}
    />
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
