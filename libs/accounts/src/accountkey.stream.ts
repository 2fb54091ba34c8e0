/** Category of the streams that make a key name one account: `accountkey-<digest>`. */
export const ACCOUNT_KEY = 'accountkey';
