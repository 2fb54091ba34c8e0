import type { Projection } from '@tempore/projections';

import { views } from '../../../composition/src/views';
import { UsageError } from '../context';

/** The views of these names; all of them where none is named. Throws `UsageError`. */
export const namedViews = (names: readonly string[]): readonly Projection[] => {
  if (names.length === 0) return views;
  return names.map(namedView);
};

export const namedView = (name: string): Projection => {
  const found = views.find((view) => view.name === name);
  if (found) return found;
  throw new UsageError(`There is no view ${name}; the views are ${views.map((view) => view.name).join(', ')}.`);
};
