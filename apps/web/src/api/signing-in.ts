/** Sends the browser to where people sign in, and back to this page afterwards. Never resolves: the page is left. */
export const signInAgain = (): Promise<never> => {
  const here = `${location.pathname}${location.search}`;
  location.assign(`/auth/login?returnTo=${encodeURIComponent(here)}`);
  return new Promise<never>(() => undefined);
};
