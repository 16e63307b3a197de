import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';
import type { Facts } from './facts.ts';

export const firstPassword = 'a-tram-called-forty-two';
export const secondPassword = 'a-ferry-called-eleven';

/** An address nobody has, however often the tests have run on this identity server. */
export const newEmail = () => `person-${randomUUID().slice(0, 13)}@example.test`;

/** Makes an account with `firstPassword`, as an administrator does. */
export async function makeAccount({ identity }: Facts, first = 'Pat'): Promise<string> {
  const email = newEmail();
  const answer = await fetch(`${identity.adminUrl}/admin/identities`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      schema_id: 'person_v1',
      traits: { email, name: { first, last: 'Person' } },
      credentials: { password: { config: { password: firstPassword } } },
      verifiable_addresses: [{ value: email, via: 'email', verified: true, status: 'completed' }],
    }),
  });
  if (answer.status !== 201) throw new Error(`No account for ${email}: ${await answer.text()}`);
  return email;
}

/** Signs in at the form, with whatever account. */
export async function signInWith(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

interface Mail {
  recipient: string;
  template_type: string;
  body: string;
  created_at: string;
}

/** The six digits that were mailed last to an address, for the purpose its template names. */
export async function mailedCode(
  { identity }: Facts,
  email: string,
  purpose: 'verification' | 'recovery',
): Promise<string> {
  const mails = await fetch(
    `${identity.adminUrl}/admin/courier/messages?page_size=100&recipient=${encodeURIComponent(email)}`,
  );
  const [last] = ((await mails.json()) as Mail[])
    .filter((mail) => mail.recipient === email && mail.template_type.startsWith(`${purpose}_code`))
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
  const code = /\b\d{6}\b/.exec(last?.body ?? '')?.[0];
  // Without --dev Kratos keeps what its mails say to itself.
  expect(code, `a ${purpose} code for ${email} in ${last?.body ?? 'no mail'}`).toBeDefined();
  return code ?? '';
}
