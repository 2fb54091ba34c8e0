import { type NoticeEvent, noticeEvents } from '@messages/notices';
import { catalogueOf, type LoggedEvent, subjectOf } from '@tempore/kernel';
import { type Change, type EventView, patch, put, type Row } from '@tempore/projections';

import { addressOf } from './address';

const TABLE = 'notice';

/** Every notice, and what became of it: the inbox of whoever it is addressed to. */
export const noticesView: EventView = {
  name: 'notices',
  version: 1,
  onPoison: 'park',
  reads: catalogueOf(...noticeEvents),
  tables: [
    {
      name: TABLE,
      columns: {
        id: 'uuid not null',
        revision: 'bigint not null',
        /** Tells which of two came later also where the clock stood still. */
        ordinal: 'bigint not null',
        /** `partner/<id>`, `principal/<id>`, `role/<role>`. */
        addressee: 'text not null',
        template: 'text not null',
        template_version: 'integer not null',
        parameters: 'jsonb not null',
        subject: 'text not null',
        event_id: 'uuid not null',
        given_at: 'timestamptz not null',
        acknowledged_at: 'timestamptz',
        /** The last time of several recipients. */
        mailed_at: 'timestamptz',
        bounced_at: 'timestamptz',
        bounce_reason: 'text',
      },
      key: ['id'],
      indexes: ['(addressee, ordinal)', '(event_id)'],
    },
  ],
  project: (event, ordinal) => [project(event as LoggedEvent<NoticeEvent>, ordinal)],
};

const project = (event: LoggedEvent<NoticeEvent>, ordinal: bigint): Change => {
  const { stream, revision, metadata } = event;
  const at = metadata.recordedAt;
  const id = subjectOf(stream);
  const change = (set: Row): Change => patch(TABLE, { id }, { ...set, revision });
  switch (event.type) {
    case 'notice-given': {
      const { addressee, template, templateVersion, parameters, subject, eventId } = event.data;
      return put(TABLE, {
        id,
        revision,
        ordinal,
        addressee: addressOf(addressee),
        template,
        template_version: templateVersion,
        parameters,
        subject,
        event_id: eventId,
        given_at: at,
        acknowledged_at: null,
        mailed_at: null,
        bounced_at: null,
        bounce_reason: null,
      });
    }
    case 'notice-acknowledged':
      return change({ acknowledged_at: at });
    case 'notice-mailed':
      return change({ mailed_at: at });
    case 'notice-bounced':
      return change({ bounced_at: at, bounce_reason: event.data.reason });
  }
};
