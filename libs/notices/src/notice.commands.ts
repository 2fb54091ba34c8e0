import type { Command } from '@tempore/kernel';

import type { Mailing, Notice } from './notice.events';

export type GiveNotice = Command<'GiveNotice', Notice>;

export type AcknowledgeNotice = Command<'AcknowledgeNotice', object>;

export type RecordMailed = Command<'RecordMailed', Mailing>;

export type RecordBounced = Command<'RecordBounced', Mailing & { readonly reason: string }>;

export type NoticeCommand = GiveNotice | AcknowledgeNotice | RecordMailed | RecordBounced;
