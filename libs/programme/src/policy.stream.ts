/** Category of the streams of policies. */
export const POLICY = 'policy';

/** Subject of the programme's own streams: `policy-programme`, `rates-programme`. */
export const PROGRAMME = 'programme';
