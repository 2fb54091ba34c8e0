interface TrustedTypes {
  createPolicy: (name: string, rules: { readonly createHTML: (html: string) => string }) => unknown;
}

/** Lets the empty string alone become HTML: React Aria's announcer empties itself so. Anything else is a fault, and fails. */
export const letNoTextBecomeHtml = (): void => {
  const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createHTML: (html) => {
      if (html === '') return html;
      throw new TypeError('No text of this application becomes HTML');
    },
  });
};
