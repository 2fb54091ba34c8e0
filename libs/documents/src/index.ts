export * from './document.commands';
export { uploadable } from './document.decide';
export { document } from './document.decider';
export type { DocumentState } from './document.state';
export { downloadName, MEDIA_TYPES } from './media-types';
export * from './messages';
export { maySee, seesUnfiled, type Viewer, visibleInCase } from './visibility';
