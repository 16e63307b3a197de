import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { zoneCookie } from '#app/lib/theme.ts';
import { readFacts, type Facts, type SampleRole } from './facts.ts';

interface Fixtures {
  facts: Facts;
  /** A page of somebody who is signed in. */
  as: (role: SampleRole) => Promise<Page>;
  complaints: string[];
}

/** A test in which nothing may go wrong in the browser: an error in a script or its console fails it. */
export const test = base.extend<Fixtures>({
  facts: async ({}, use) => use(readFacts()),
  baseURL: async ({ facts }, use) => use(facts.url),
  as: async ({ context, page, facts }, use) => {
    await use(async (role) => {
      await signIn(context, facts, role);
      return page;
    });
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // An answer of 4xx is what some tests ask for.
        const expected = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !expected) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * Forgives the router's word that a click called off a request of its own. A test that does so says what
 * the page must show afterwards.
 */
export function forgiveCalledOff(complaints: string[]): void {
  const left = complaints.filter((line) => !line.startsWith('AbortError: signal is aborted'));
  complaints.splice(0, complaints.length, ...left);
}

export { expect };

/**
 * Gives a browser the cookies of somebody's session, and the one that says its time zone: without it the
 * first page asks its data twice, and a click may call the second time off.
 */
export async function signIn(
  context: BrowserContext,
  facts: Facts,
  role: SampleRole,
): Promise<void> {
  const pairs = (facts.cookies[role] ?? '').split('; ').filter(Boolean);
  await context.addCookies(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: facts.url };
    }),
  );
  const zone = encodeURIComponent('Europe/Berlin');
  await context.addCookies([{ name: zoneCookie, value: zone, url: facts.url }]);
}

/** Types a sample person's password into the sign-in page, as everybody does. */
export async function signInByHand(page: Page, role: SampleRole): Promise<void> {
  await page.goto('/login');
  await page.getByLabel(/e-?mail/i).fill(`${role}@example.test`);
  await page.getByLabel(/^password/i).fill('bqs-demo-password');
  await page.getByRole('button', { name: /^sign in$/i }).click();
}

/** The figure at the start of "320 opportunities". */
export async function totalOf(page: Page): Promise<number> {
  const text = await page.getByText(/^[\d,]+ opportunit(y|ies)$/).innerText();
  return Number(text.replace(/\D/g, ''));
}
