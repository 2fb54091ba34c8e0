import { shows } from '@tempore/kernel';
import { given } from '@tempore/testing';

import { type DeclareVisibility, type ShownOf, shownAt, visibility, type VisibilityEvent } from '.';

const offered: ShownOf = { audience: 'partner', type: 'claim-offered', version: 1, shown: shows('dealId') };
const widened: ShownOf = { ...offered, shown: shows('dealId', 'reconfirmBy') };
const referred: ShownOf = { audience: 'partner', type: 'claim-referred', version: 1, shown: null };

const declare = (...types: readonly ShownOf[]): DeclareVisibility => ({ type: 'DeclareVisibility', data: { types } });
const changed = (...types: ShownOf[]): VisibilityEvent => ({ type: 'visibility-changed', data: { types } });

describe('declaring what is shown', () => {
  it('given nothing, when a release starts, then all that it shows is on record', () =>
    given(visibility)
      .when(declare(offered, referred))
      .then([changed(offered, referred)]));

  it('given the same release, when it starts again, then nothing happens', () =>
    given(visibility, [changed(offered, referred)])
      .when(declare(referred, offered))
      .thenNothing());

  it('given a release that shows more of one type, when it starts, then that alone is on record', () =>
    given(visibility, [changed(offered, referred)])
      .when(declare(widened, referred))
      .then([changed(widened)]));
});

describe('what is shown of an event', () => {
  const history = [
    { sequence: '00000000000000000010', data: changed(offered).data },
    { sequence: '00000000000000000020', data: changed(widened).data },
  ];
  const asked = { audience: 'partner', type: 'claim-offered', version: 1 } as const;

  it.each([
    ['00000000000000000019', offered.shown],
    ['00000000000000000021', widened.shown],
    // Recorded before anybody said what is shown of it: as it was said first.
    ['00000000000000000003', offered.shown],
  ])('given the event of sequence %s, then it is what was declared before it', (sequence, shown) =>
    expect(shownAt(history, asked, sequence)).toEqual(shown),
  );

  it('given declarations to others, of other types and versions, then they say nothing of it', () => {
    const others = changed(
      { ...widened, audience: 'direct-team' },
      { ...widened, type: 'claim-approved' },
      { ...widened, version: 2 },
    );
    const all = [...history.slice(0, 1), { sequence: '00000000000000000015', data: others.data }];
    expect(shownAt(all, asked, '00000000000000000021')).toEqual(offered.shown);
    expect(shownAt(all, { ...asked, audience: 'direct-team' }, '00000000000000000021')).toEqual(widened.shown);
  });

  it('given the event in which it was declared, then it is not yet shown so: that is heard for later ones only', () =>
    expect(shownAt(history, asked, '00000000000000000020')).toEqual(offered.shown));

  it('given a version of which nothing was ever declared, then there is no answer', () =>
    expect(shownAt(history, { ...asked, version: 2 }, '00000000000000000021')).toBeUndefined());
});

it('given the log, then the stream of what is shown is called so for ever', () =>
  expect(visibility.category).toBe('visibility'));
