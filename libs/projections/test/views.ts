import { catalogueOf, categoryOf, defineEvent, subjectOf } from '@tempore/kernel';
import { z } from 'zod';

import { type EventView, patch, put, type RawView, remove } from '../src';

export const opened = defineEvent('box-opened', 'A box came to be.', z.object({ size: z.int() }));
export const resized = defineEvent('box-resized', 'A box has another size.', z.object({ size: z.int() }));
export const weighed = defineEvent('box-weighed', 'A box was put on the scales.', z.object({ weight: z.int() }));
export const closed = defineEvent('box-closed', 'A box is no more.', z.object({}));

/** Boxes with size and weight; what no `int` holds fails in Postgres only. */
export const boxes: EventView = {
  name: 'boxes',
  version: 1,
  reads: catalogueOf(opened, resized, weighed, closed),
  onPoison: 'park',
  tables: [
    {
      name: 'box',
      columns: {
        id: 'text not null',
        size: 'int not null',
        weight: 'int',
        ordinal: 'bigint not null',
        history: 'jsonb not null',
      },
      key: ['id'],
      indexes: ['(size)'],
    },
  ],
  project: (event, ordinal) => {
    const id = subjectOf(event.stream);
    switch (event.type) {
      case opened.type:
        return [put('box', { id, ordinal, history: [event.type], ...(event.data as { size: number }) })];
      case resized.type:
        return [patch('box', { id }, { ordinal, ...(event.data as { size: number }) })];
      case weighed.type:
        return [patch('box', { id }, { ordinal, ...(event.data as { weight: number }) })];
      default:
        return [remove('box', { id })];
    }
  },
};

/** Every event with its number. */
export const numbers: RawView = {
  name: 'numbers',
  version: 1,
  reads: 'everything',
  except: ['access'],
  onPoison: 'stop',
  tables: [
    {
      name: 'number',
      columns: { n: 'bigint not null', id: 'uuid not null', category: 'text not null', data: 'jsonb' },
      key: ['n'],
    },
  ],
  project: (event, n) => [
    put('number', { n, id: event.id, category: categoryOf(event.stream), data: event.data as { size: number } }),
  ],
};
