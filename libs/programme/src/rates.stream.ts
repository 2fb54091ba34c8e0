/** Category of the streams of exchange rates. */
export const RATES = 'rates';
