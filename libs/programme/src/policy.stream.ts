/** Category of the streams of policies. */
export const POLICY = 'policy';

/** Subject of the one stream it has: `policy-programme`. */
export const PROGRAMME = 'programme';
