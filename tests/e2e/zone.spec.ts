import { zoneCookie } from '#app/lib/theme.ts';
import { expect, test } from './test.ts';

const zone = 'Australia/Adelaide';
test.use({ timezoneId: zone });

test('the first page somebody sees turns to the times of where they are, without another click', async ({
  as,
  facts,
}) => {
  const page = await as('manager');
  await page.context().clearCookies({ name: zoneCookie });
  const raw = await page.request.get(`${facts.url}/sync/runs/2`);
  expect(await raw.text(), 'the server does not know the zone yet').not.toContain(zone);
  await page.goto('/sync/runs/2');
  await expect(page.locator(`main time[title*="(${zone})"]`).first()).toBeVisible();
});
