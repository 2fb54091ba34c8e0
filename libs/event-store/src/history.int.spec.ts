import { close, jar, put, runOn, watched } from '../test/jar';
import { testStores } from '../test/kit';
import { CommandRunner, History } from '.';

const open = testStores();

/** A jar that got 1, 2 and 3 marbles, and was closed. */
const aStory = async () => {
  const store = watched(open());
  const run = runOn(new CommandRunner(store));
  for (const count of [1, 2, 3]) await run(put(count));
  await run(close);
  return { store, run };
};

describe('what a stream came to at an earlier version', () => {
  it('given any revision, then it is the state right after that event', async () => {
    const { store } = await aStory();
    const history = new History(store);
    expect(await Promise.all([0n, 1n, 2n, 3n].map((revision) => history.stateAt(jar, '1', revision)))).toEqual([
      { marbles: 1, closed: false },
      { marbles: 3, closed: false },
      { marbles: 6, closed: false },
      { marbles: 6, closed: true },
    ]);
  });

  it('given it was read before, then nothing is read again; what came since is read when it is asked for', async () => {
    const { store, run } = await aStory();
    const history = new History(store);
    await history.stateAt(jar, '1', 1n);
    const { loads } = store.asked;
    await history.stateAt(jar, '1', 0n);
    await history.stateAt(jar, '1', 3n);
    expect(store.asked.loads).toBe(loads);
    await run({ type: 'Open', data: null });
    expect(await history.stateAt(jar, '1', 4n)).toEqual({ marbles: 6, closed: false });
    expect(store.asked.loads).toBe(loads + 1);
  });

  it('given a revision that the stream has not reached, then it says where the stream ends', async () => {
    const { store } = await aStory();
    const history = new History(store);
    await expect(history.stateAt(jar, '1', 4n)).rejects.toThrow('jar-1 has no event of revision 4: it ends at 3');
    await expect(history.stateAt(jar, '2', 0n)).rejects.toThrow(/jar-2 .*nothing stands there/);
  });

  it('given a decider that reads the same events otherwise, then each is given its own', async () => {
    const { store } = await aStory();
    const history = new History(store);
    const counting = { ...jar, events: [...jar.events], initialState: 0, evolve: (count: number) => count + 1 };
    expect(await history.stateAt(counting, '1', 2n)).toBe(3);
    expect(await history.stateAt(jar, '1', 2n)).toEqual({ marbles: 6, closed: false });
  });

  it('given more events than are kept, then the stream asked for last is kept', async () => {
    const store = watched(open());
    for (const id of ['a', 'b']) await runOn(new CommandRunner(store), id)(put(1, 1, 1));
    const history = new History(store, { cachedEvents: 4 });
    await history.stateAt(jar, 'a', 2n);
    await history.stateAt(jar, 'b', 2n);
    const { loads } = store.asked;
    await history.stateAt(jar, 'b', 2n);
    expect(store.asked.loads).toBe(loads);
    await history.stateAt(jar, 'a', 2n);
    expect(store.asked.loads).toBe(loads + 1);
  });
});
