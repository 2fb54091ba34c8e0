import { type Fold } from '@tempore/kernel';

import { put, rowsOf, stateView, type StateView } from '../src';
import { closed, opened, resized, weighed } from './views';

interface Box {
  readonly size: number | null;
  /** In the order in which they were put on the scales. */
  readonly weights: readonly number[];
}

type BoxEvent =
  | { readonly type: 'box-opened' | 'box-resized'; readonly data: { readonly size: number } }
  | { readonly type: 'box-weighed'; readonly data: { readonly weight: number } }
  | { readonly type: 'box-closed'; readonly data: object };

/** A fold that a box of a negative size breaks. */
const boxFold: Fold<Box, BoxEvent> = {
  category: 'box',
  events: [opened, resized, weighed, closed],
  initialState: { size: null, weights: [] },
  evolve: (box, event) => {
    switch (event.type) {
      case 'box-opened':
      case 'box-resized':
        if (event.data.size < 0) throw new RangeError('no box is smaller than nothing');
        return { ...box, size: event.data.size };
      case 'box-weighed':
        return { ...box, weights: [...box.weights, event.data.weight] };
      case 'box-closed':
        return { size: null, weights: [] };
    }
  },
};

/** Boxes and their weights, as their events fold; 13 kilograms fit into no row. */
export const boxesByState: StateView = stateView({
  name: 'boxes_by_state',
  version: 1,
  rules: '1',
  onPoison: 'park',
  tables: [
    { name: 'folded_box', columns: { id: 'text not null', size: 'int not null', since: 'timestamptz' }, key: ['id'] },
    { name: 'weight', columns: { id: 'text not null', n: 'int not null', kg: 'int not null' }, key: ['id', 'n'] },
  ],
  streams: [
    rowsOf(boxFold, ({ size, weights }, { id, first }) => [
      ...(size === null ? [] : [put('folded_box', { id, size, since: first.recordedAt })]),
      ...weights.map((kg, index) => {
        if (kg === 13) throw new RangeError('bad luck');
        return put('weight', { id, n: index, kg });
      }),
    ]),
  ],
});
