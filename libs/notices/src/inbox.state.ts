import type { InboxEvent } from './inbox.events';

export interface NoticeState {
  readonly acknowledged: boolean;
  readonly mail: 'none' | 'mailed' | 'bounced';
}

/** By notice id. */
export type InboxState = ReadonlyMap<string, NoticeState>;

export const initialState: InboxState = new Map();

/** A fact that does not fit where it stands changes nothing: the log is never refused. */
export const evolve = (state: InboxState, event: InboxEvent): InboxState => {
  const { noticeId } = event.data;
  const notice = state.get(noticeId);
  if (event.type === 'notice-given')
    return notice ? state : new Map(state).set(noticeId, { acknowledged: false, mail: 'none' });
  return notice ? new Map(state).set(noticeId, { ...notice, ...changeOf(event) }) : state;
};

const changeOf = (event: Exclude<InboxEvent, { type: 'notice-given' }>): Partial<NoticeState> => {
  switch (event.type) {
    case 'notice-acknowledged':
      return { acknowledged: true };
    case 'notice-mailed':
      return { mail: 'mailed' };
    case 'notice-bounced':
      return { mail: 'bounced' };
  }
};
