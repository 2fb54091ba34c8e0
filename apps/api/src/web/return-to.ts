/** Where to go after signing in: a page of this address, and nobody else's. */
export const returnTo = (asked: string | undefined): string => {
  if (asked === undefined || !URL.canParse(asked, HERE)) return '/';
  const { origin, pathname, search } = new URL(asked, HERE);
  return origin === HERE && pathname.startsWith('/') && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
};

const HERE = 'http://here.invalid';
