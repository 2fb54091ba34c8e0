/** Category of the streams of uploaded documents: `document-<id>`. */
export const DOCUMENT = 'document';
