import { readFileSync } from 'node:fs';

/** The sample people, by the name their e-mail address begins with. */
export const sampleRoles = ['manager', 'head', 'architect', 'sales', 'newcomer'] as const;
export type SampleRole = (typeof sampleRoles)[number];

/** What the tests know of the application that the set-up has started. */
export interface Facts {
  url: string;
  crmUrl: string;
  /** The page of a decision's memo. */
  memoPath: string;
  /** For tests that bring an opportunity to where they begin. */
  databaseUrl: string;
  /** The identity server's two APIs: for accounts of a test's own, the mails to them, and what is offered. */
  identity: { publicUrl: string; adminUrl: string };
  cookies: Partial<Record<SampleRole, string>>;
}

export function readFacts(): Facts {
  const file = process.env.BQS_E2E_FACTS;
  if (!file)
    throw new Error('The application is not running: the set-up has not written its facts.');
  return JSON.parse(readFileSync(file, 'utf8')) as Facts;
}
