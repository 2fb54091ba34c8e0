import { readFileSync } from 'node:fs';

import type { Browser, BrowserContext, Page } from 'playwright-core';

/** How a page is looked at. */
export interface Way {
  readonly scheme?: 'light' | 'dark';
  readonly phone?: boolean;
}

/** Somebody in front of a browser, with what the browser complained of. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, and violations of the page's policy. */
  readonly complaints: readonly string[];
  /** Addresses outside this installation that were asked for. */
  readonly strangers: readonly string[];
}

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 780 };

/** Opens a window on an installation; signed in where it is said as whom. */
export const visit = async (
  browser: Browser,
  url: string,
  { scheme = 'light', phone = false }: Way = {},
  as?: { readonly role: string; readonly partnerId?: string },
): Promise<Visitor> => {
  const context = await browser.newContext({
    baseURL: url,
    viewport: phone ? PHONE : DESK,
    colorScheme: scheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    reducedMotion: 'reduce',
    hasTouch: phone,
  });
  const page = await context.newPage();
  const [complaints, strangers]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) strangers.push(request.url());
  });
  if (as) await signIn(page, as);
  return { page, context, complaints, strangers };
};

/** As the sign-in page does. */
const signIn = async (page: Page, as: { readonly role: string; readonly partnerId?: string }): Promise<void> => {
  await page.goto('/sign-in');
  const status = await page.evaluate(
    async (body) =>
      (
        await fetch('/auth/local', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status,
    as,
  );
  if (status !== 200) throw new Error(`Nobody was signed in: ${status}`);
};

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What stands against WCAG 2.2 AA and best practice. Goes past the page's policy, which stays on. */
export const barriersOn = async ({ page, context }: Visitor): Promise<readonly string[]> => {
  const session = await context.newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations }) => JSON.stringify(violations))`,
    awaitPromise: true,
  });
  await session.detach();
  const violations = JSON.parse(String(result.value)) as readonly Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
};
