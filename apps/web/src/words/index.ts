import { en, type Words } from './en';

/** What a language says of its own; what it does not say yet is said in English. */
export type Translation = { readonly [Key in keyof Words]?: Partial<Words[Key]> };

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const translated = (translation: Translation): Words =>
  Object.fromEntries(
    Object.entries<unknown>(en).map(([key, value]) => {
      const own: unknown = translation[key as keyof Words];
      return [key, isGroup(value) && isGroup(own) ? { ...value, ...own } : (own ?? value)];
    }),
  ) as Words;

/** Of the languages that are whole: half a page in one and half in another serves nobody. */
export const words: Words = en;
