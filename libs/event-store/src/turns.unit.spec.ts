import { Turns } from './turns';

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
};

describe('turns', () => {
  it('given work under one key, then it runs one after the other in the order in which it came', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const { open, opened } = gate();
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await opened;
      log.push(`${name} ends`);
      return name;
    };
    const all = Promise.all(['a', 'b', 'c'].map((name) => turns.take('key', work(name))));
    await Promise.resolve();
    expect(log).toEqual(['a begins']);
    open();
    expect(await all).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('given work under different keys, then none waits for another', async () => {
    const turns = new Turns();
    const { open, opened } = gate();
    const first = turns.take('one', () => opened);
    expect(await turns.take('other', () => Promise.resolve('done'))).toBe('done');
    open();
    await first;
  });

  it('given work that fails, then its caller is told and the next runs', async () => {
    const turns = new Turns();
    const failing = turns.take('key', () => Promise.reject(new Error('broken')));
    const next = turns.take('key', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
    await expect(
      turns.take('key', () => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
  });

  it('given all work is done, also where it failed, then nothing is kept of it', async () => {
    const turns = new Turns();
    const work = Array.from({ length: 300 }, (_, n) =>
      turns.take(`key-${n % 7}`, () => (n % 3 === 0 ? Promise.reject(new Error('broken')) : Promise.resolve(n))),
    );
    expect(turns.size).toBe(7);
    await Promise.allSettled(work);
    expect(turns.size).toBe(0);
  });
});
