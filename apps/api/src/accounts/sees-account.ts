import { audienceOf, type Principal } from '@tempore/acts';
import { type Database, isVendorsOwn } from '@tempore/read-models';

/** The direct team sees the customers that are the vendor's own; whom partners found is nothing of its (rulebook 4). */
export const seesAccount = async (database: Database, principal: Principal, accountId: string): Promise<boolean> =>
  audienceOf(principal) !== 'direct-team' || isVendorsOwn(database, accountId);
