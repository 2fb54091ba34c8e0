import { Refusal, unreachable } from '@tempore/kernel';

import type { AcknowledgeNotice, GiveNotice, InboxCommand, RecordBounced, RecordMailed } from './inbox.commands';
import type { InboxEvent } from './inbox.events';
import type { InboxState, NoticeState } from './inbox.state';

type Decision = readonly InboxEvent[];

/** A notice's id is derived from the event it tells of: whoever tells it again says the same. */
export const give = ({ data }: GiveNotice, state: InboxState): Decision =>
  state.has(data.noticeId) ? [] : [{ type: 'notice-given', data }];

export const acknowledge = ({ data }: AcknowledgeNotice, state: InboxState): Decision =>
  find(state, data.noticeId).acknowledged ? [] : [{ type: 'notice-acknowledged', data }];

export const recordMailed = ({ data }: RecordMailed, state: InboxState): Decision =>
  find(state, data.noticeId).mail === 'none' ? [{ type: 'notice-mailed', data }] : [];

export const recordBounced = ({ data }: RecordBounced, state: InboxState): Decision =>
  find(state, data.noticeId).mail === 'bounced' ? [] : [{ type: 'notice-bounced', data }];

export const decide = (command: InboxCommand, state: InboxState): Decision => {
  switch (command.type) {
    case 'GiveNotice':
      return give(command, state);
    case 'AcknowledgeNotice':
      return acknowledge(command, state);
    case 'RecordMailed':
      return recordMailed(command, state);
    case 'RecordBounced':
      return recordBounced(command, state);
    default:
      return unreachable(command);
  }
};

const find = (state: InboxState, noticeId: string): NoticeState => {
  const notice = state.get(noticeId);
  if (notice) return notice;
  throw new Refusal('NOTICE_NOT_FOUND', 'not-found', 'There is no such notice in this inbox.');
};
