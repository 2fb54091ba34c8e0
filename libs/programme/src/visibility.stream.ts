/** Category of the stream that says who sees what of events: `visibility-programme`. */
export const VISIBILITY = 'visibility';
