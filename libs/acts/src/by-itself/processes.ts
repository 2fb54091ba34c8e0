import { accountOpening } from './account-opening';
import { addressConfirmation } from './address-confirmation';
import { claimNotices } from './claim-notices';
import { dealRegistration } from './deal-registration';
import { docketSettling } from './docket-settling';
import { mailErasure } from './mail-erasure';
import { noticeMail } from './notice-mail';
import { personErasure } from './person-erasure';
import type { Process } from './process';

/** Everything that the product does by itself. */
export const processes: readonly Process[] = [
  accountOpening,
  personErasure,
  dealRegistration,
  docketSettling,
  claimNotices,
  mailErasure,
  addressConfirmation,
  noticeMail,
];
