import { deriveId } from '@tempore/kernel';

import type { PartnerSource } from './partner.events';

/** Category of the streams of partners: `partner-<id>`. */
export const PARTNER = 'partner';

/** An imported partner has the same id however often it is imported. */
export const importedPartnerId = ({ system, reference }: PartnerSource): string =>
  deriveId('partner', system, reference);
