/** Category of the streams of people and machines who act: `principal-<pseudonymous id>`. */
export const PRINCIPAL = 'principal';
