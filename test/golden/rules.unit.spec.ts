import type { StateView } from '@tempore/projections';

import { views } from '../../apps/composition/src/views';
import { rulesOf } from './rules';

const statesOf = views.flatMap((view): StateView[] => ('streams' in view ? [view] : []));

it.each(statesOf.map((view) => [view.name, view] as const))(
  'given the view of %s, then its version is that of the rules that fill it: where they change, raise the version and put the new hash beside it',
  (_, view) => {
    expect({ version: view.version, rules: view.rules }).toEqual({ version: view.version, rules: rulesOf(view) });
  },
);
