/** Category of the streams of what was read: `access-<id of what was read>`. Never numbered in the sequence. */
export const ACCESS = 'access';
