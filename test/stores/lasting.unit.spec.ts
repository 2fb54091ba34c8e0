import { Lasting } from './lasting';

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 20, value));

describe('what a hook has started', () => {
  it('given it ends, then the latest comes first', async () => {
    const ended: string[] = [];
    const all = new Lasting();
    for (const name of ['store', 'product']) await all.hold(Promise.resolve(name), (one) => ended.push(one));
    await all.end();
    expect(ended).toEqual(['product', 'store']);
  });

  it('given one failed to start, then another that comes up only afterwards is ended all the same', async () => {
    const ended: string[] = [];
    const all = new Lasting();
    const end = (one: string) => ended.push(one);
    const hook = Promise.all([
      all.hold(later('postgres'), end),
      all.hold(Promise.reject<string>(new Error('no node')), end),
    ]);
    await expect(hook).rejects.toThrow('no node');
    await all.end();
    expect(ended).toEqual(['postgres']);
  });

  it('given one does not end, then the others are ended, and it is told', async () => {
    const ended: string[] = [];
    const all = new Lasting();
    await all.hold(Promise.resolve('store'), (one) => ended.push(one));
    await all.hold(Promise.resolve('product'), () => Promise.reject(new Error('it hangs')));
    await expect(all.end()).rejects.toThrow('it hangs');
    expect(ended).toEqual(['store']);
  });
});
