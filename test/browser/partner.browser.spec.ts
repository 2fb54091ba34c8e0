import type { Browser } from 'playwright-core';

import { describeInBrowser, openBrowser } from './chromium';
import { looksLike } from './pictures';
import { type Story, tellStory } from './story';
import { barriersOn, visit, type Visitor, type Way } from './visitor';

const WAYS: readonly Way[] = [{}, { scheme: 'dark' }, { phone: true }];

describeInBrowser('the portal, for a partner', () => {
  let browser: Browser;
  let story: Story;

  beforeAll(async () => {
    [browser, story] = await Promise.all([openBrowser(), tellStory()]);
  });
  afterAll(async () => {
    await browser.close();
    await story.stop();
  });

  const asPartner = (way: Way = {}): Promise<Visitor> =>
    visit(browser, story.system.url, way, { role: 'partner-user', partnerId: story.northwind.id });

  describe.each(WAYS)('seen in this way: %p', (way) => {
    let visitor: Visitor;
    beforeAll(async () => {
      visitor = await asPartner(way);
    });

    it.each<[name: string, address: (deals: Story['deals']) => string]>([
      ['sign-in', () => '/sign-in'],
      ['deals', () => '/deals'],
      ['deal-protected', (deals) => `/deals/${deals.protected}`],
      ['deal-question', (deals) => `/deals/${deals.question}`],
      ['deal-waitlisted', (deals) => `/deals/${deals.waitlisted}`],
      ['deal-offered', (deals) => `/deals/${deals.offered}`],
      ['deal-contact', (deals) => `/deals/${deals.protected}?act=contact`],
      ['not-there', () => '/nowhere'],
    ])(
      'given the page %s, then nothing bars anybody, and it looks as it did when somebody looked at it',
      async (name, address) => {
        await visitor.page.goto(address(story.deals));
        await visitor.page.getByRole('heading', { level: 1 }).waitFor();
        expect(await barriersOn(visitor)).toEqual([]);
        await looksLike(visitor.page, name, way);
      },
    );

    it('given all of them, then no script failed, the policy was kept, and nothing was loaded from elsewhere', () => {
      expect(visitor.complaints).toEqual([]);
      expect(visitor.strangers).toEqual([]);
    });
  });

  it('given a deal in review, when a contact is recorded in a form, then it stands on the page, and the form is gone', async () => {
    const { page, complaints } = await asPartner();
    await page.goto('/deals');
    await page.getByRole('link', { name: 'Aare Wasserkraft AG' }).click();
    await page.getByRole('link', { name: 'Record a contact' }).click();
    await page.getByLabel('With whom').fill('Ada Lovelace');
    await page
      .getByLabel('What shows it')
      .setInputFiles({ name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('Minutes') });
    await page.getByRole('button', { name: 'Record now' }).click();
    await page.getByRole('rowheader', { name: 'Contact with the customer' }).waitFor();
    expect(await page.getByRole('button', { name: 'Record now' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
