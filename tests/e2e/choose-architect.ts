import type { Page } from '@playwright/test';

/** Chooses an architect by name, whatever their load is said to be. */
export async function chooseArchitect(page: Page, name: string): Promise<void> {
  const choice = page.getByLabel('Solution architect');
  const value = await choice.locator('option', { hasText: name }).getAttribute('value');
  await choice.selectOption(value);
}
