/** Category of the streams of natural persons: `person-<id>`. */
export const PERSON = 'person';
