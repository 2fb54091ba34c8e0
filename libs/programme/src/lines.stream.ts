/** Category of the stream of the catalogue of lines: `lines-programme`. */
export const LINES = 'lines';
