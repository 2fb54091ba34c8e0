import type { Addressee } from '@messages/notices';

/** An addressee in one word, as rows name it: `role/channel-manager`. */
export const addressOf = ({ kind, id }: Addressee): string => `${kind}/${id}`;
