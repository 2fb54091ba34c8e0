import type { Command } from '@tempore/kernel';

import type { Notice } from './inbox.events';

export type GiveNotice = Command<'GiveNotice', Notice>;

export type AcknowledgeNotice = Command<'AcknowledgeNotice', { readonly noticeId: string }>;

export type RecordMailed = Command<'RecordMailed', { readonly noticeId: string }>;

export type RecordBounced = Command<'RecordBounced', { readonly noticeId: string; readonly reason: string }>;

export type InboxCommand = GiveNotice | AcknowledgeNotice | RecordMailed | RecordBounced;
