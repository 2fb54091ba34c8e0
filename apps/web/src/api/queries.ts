import { queryOptions } from '@tanstack/react-query';

import { answerOf, api, type Schemas } from './client';

export type Me = Schemas['MeDto'];
export type Deal = Schemas['DealDto'];
export type DealDetail = Schemas['DealDetailDto'];
export type Standing = Schemas['StandingDto'];
export type TimelineEntry = Schemas['TimelineEntryDto'];
export type WorkItem = Schemas['WorkItemDto'];

/** Until the API has a stream, what is open is asked for again and again. */
export const LIVE = { refetchInterval: 15_000 } as const;

/** So many rows are listed; beyond them the page asks to narrow. */
export const MOST_ROWS = 500;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answerOf(api.GET('/auth/me')),
  ...LIVE,
});

export const dealsQuery = queryOptions({
  queryKey: ['deals'],
  queryFn: () => answerOf(api.GET('/v1/deals', { params: { query: { limit: MOST_ROWS } } })),
  ...LIVE,
});

export const dealQuery = (id: string) =>
  queryOptions({
    queryKey: ['deals', id],
    queryFn: () => answerOf(api.GET('/v1/deals/{id}', { params: { path: { id } } })),
    ...LIVE,
  });

export const workQuery = queryOptions({
  queryKey: ['work'],
  queryFn: () => answerOf(api.GET('/v1/work', { params: { query: { limit: MOST_ROWS } } })),
  ...LIVE,
});

export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: () => answerOf(api.GET('/v1/inbox', { params: { query: { unread: true, limit: 100 } } })),
  ...LIVE,
});

export const localPeopleQuery = queryOptions({
  queryKey: ['local people'],
  queryFn: async () => (await api.GET('/auth/local')).data ?? null,
});
