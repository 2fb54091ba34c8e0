import type { Instant, Recorded } from '@tempore/kernel';

import type { Notice, NoticeEvent } from './notice.events';

export interface GivenNotice {
  readonly status: 'given';
  readonly notice: Notice;
  readonly givenAt: Instant;
  readonly acknowledged: boolean;
  /** By recipient. */
  readonly mail: ReadonlyMap<string, 'mailed' | 'bounced'>;
}

export type NoticeState = { readonly status: 'none' } | GivenNotice;

export const initialState: NoticeState = { status: 'none' };

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: NoticeState, event: NoticeEvent, { recordedAt }: Recorded): NoticeState => {
  if (event.type === 'notice-given')
    return state.status === 'none'
      ? { status: 'given', notice: event.data, givenAt: recordedAt, acknowledged: false, mail: new Map() }
      : state;
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'notice-acknowledged':
      return { ...state, acknowledged: true };
    case 'notice-mailed':
      return { ...state, mail: new Map(state.mail).set(event.data.recipient, 'mailed') };
    case 'notice-bounced':
      return { ...state, mail: new Map(state.mail).set(event.data.recipient, 'bounced') };
  }
};
