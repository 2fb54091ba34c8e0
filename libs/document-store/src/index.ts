export { type Accept, DocumentStore, type Examined } from './document-store';
export { folderStore } from './folder';
export type { Content, ObjectStore } from './object-store';
export { s3Store } from './s3';
export { ContentBroken } from './sealed-content';
export { sniff } from './sniff';
