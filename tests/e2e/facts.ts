import { readFileSync } from 'node:fs';

/** The sample people, by the name their e-mail address begins with. */
export const sampleRoles = ['manager', 'head', 'architect', 'sales', 'newcomer'] as const;
export type SampleRole = (typeof sampleRoles)[number];

/** What the tests know of the application that the set-up has started. */
export interface Facts {
  url: string;
  crmUrl: string;
  databaseUrl: string;
  cookies: Partial<Record<SampleRole, string>>;
}

export function readFacts(): Facts {
  const file = process.env.BQS_E2E_FACTS;
  if (!file)
    throw new Error('The application is not running: the set-up has not written its facts.');
  return JSON.parse(readFileSync(file, 'utf8')) as Facts;
}
