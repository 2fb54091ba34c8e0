import { Refusal, unreachable } from '@tempore/kernel';

import type { AcknowledgeNotice, GiveNotice, NoticeCommand, RecordBounced, RecordMailed } from './notice.commands';
import type { NoticeEvent } from './notice.events';
import type { GivenNotice, NoticeState } from './notice.state';

type Decision = readonly NoticeEvent[];

/** A notice's id is derived from the event it tells of: whoever tells it again says the same. */
export const give = ({ data }: GiveNotice, state: NoticeState): Decision =>
  state.status === 'none' ? [{ type: 'notice-given', data }] : [];

export const acknowledge = (_: AcknowledgeNotice, state: NoticeState): Decision =>
  expectGiven(state).acknowledged ? [] : [{ type: 'notice-acknowledged', data: {} }];

export const recordMailed = ({ data }: RecordMailed, state: NoticeState): Decision =>
  expectGiven(state).mail.has(data.recipient) ? [] : [{ type: 'notice-mailed', data }];

export const recordBounced = ({ data }: RecordBounced, state: NoticeState): Decision =>
  expectGiven(state).mail.get(data.recipient) === 'bounced' ? [] : [{ type: 'notice-bounced', data }];

export const decide = (command: NoticeCommand, state: NoticeState): Decision => {
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

const expectGiven = (state: NoticeState): GivenNotice => {
  if (state.status === 'given') return state;
  throw new Refusal('NOTICE_NOT_FOUND', 'not-found', 'There is no such notice.');
};
