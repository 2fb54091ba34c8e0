/** What may be uploaded, each with the ending that it is handed out under, whatever it was called. */
export const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'message/rfc822': 'eml',
  'application/vnd.ms-outlook': 'msg',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** The name that a document is handed out under: its own, with the ending of what it is and not of what it is called. */
export const downloadName = (fileName: string, mediaType: string): string => {
  const ending = MEDIA_TYPES[mediaType] ?? 'bin';
  return fileName.toLowerCase().endsWith(`.${ending}`) ? fileName : `${fileName}.${ending}`;
};
