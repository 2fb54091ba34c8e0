import { translated } from '.';
import { de } from './de';
import { en } from './en';

const namesIn = (group: object): readonly string[] =>
  Object.entries(group).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? namesIn(value).map((inner) => `${name}.${inner}`) : [name],
  );

describe('the words of the portal', () => {
  it('given a language of which twenty strings are there, then it says them, and the rest in English', () => {
    const words = translated(de);
    expect(namesIn(de).length).toBeGreaterThanOrEqual(20);
    expect(words.states['approved']).toBe('Geschützt');
    expect(words.states['superseded']).toBe(en.states['superseded']);
    expect(words.home.title).toBe(en.home.title);
  });

  it('given a language, then it says nothing that English does not', () =>
    expect(namesIn(en)).toEqual(expect.arrayContaining([...namesIn(de)])));
});
