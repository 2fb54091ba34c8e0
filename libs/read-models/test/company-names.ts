/** Names of companies that there are not, shaped like those of registers: few brands are borne by many, most by one. */
export interface CompanyNames {
  readonly next: () => string;
  /** The same company as somebody else would write it. */
  readonly written: (name: string) => string;
}

const ONSETS = words("b br c ch cr d dr f fl g gr h j k l m n p pr r s sh st t tr v w z x qu th '").map((text) =>
  text.replace("'", ''),
);
const VOWELS = words('a e i o u ai ea io ou');
const CODAS = words("n r l s x nt rk m ck st d ' ' ' '").map((text) => text.replace("'", ''));
const TRADES = words(
  `bank capital energy systems technologies therapeutics pharmaceuticals resources financial insurance software
   networks industries logistics foods properties realty health medical solutions services water oil gas mining gold
   materials chemical electric motors airlines partners acquisition growth income fund trust bancorp holdings group
   international global`,
);
const LEGAL_FORMS = ['Inc.', 'Corp', 'Ltd', 'LLC', 'plc', 'GmbH', 'AG', 'S.A.', 'Co', ''];

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}

/** Numbers from 0 to 1, the same for every run (mulberry32). */
const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

export const companyNames = (seed: number, brands = 40_000): CompanyNames => {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const syllable = (): string => pick(ONSETS) + pick(VOWELS) + pick(CODAS);
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  const brand = (): string => capital(syllable() + syllable() + (chance(0.4) ? syllable() : ''));
  const known = Array.from({ length: brands }, brand);
  /** The first ones are borne by many. */
  const oneKnown = (): string => known[Math.floor(known.length * random() ** 2)] ?? brand();
  const trades = (): string[] => Array.from({ length: Math.floor(random() * 3) }, () => capital(pick(TRADES)));
  return {
    next: () =>
      [oneKnown(), ...(chance(0.3) ? [oneKnown()] : []), ...trades(), pick(LEGAL_FORMS)].filter(Boolean).join(' '),
    written: (name) => {
      const [first = '', ...others] = name.split(' ');
      const at = 1 + Math.floor(random() * (first.length - 1));
      return pick([
        () => name.toUpperCase(),
        () => `The ${name}, Limited`,
        () => [first.slice(0, at) + first.slice(at + 1), ...others].join(' '),
        () => [first.slice(0, at) + 'e' + first.slice(at), ...others].join(' '),
        () => `${name} Holdings`,
      ])();
    },
  };
};
