import { expect, it } from 'vitest';
import { statusInSentence } from './workflow-names.ts';

it.each([
  ['CONDITIONAL_GO', 'Conditional GO'],
  ['NO_GO', 'NO-GO'],
  ['IN_ASSESSMENT', 'in assessment'],
  ['CLOSED_IN_CRM', 'closed in CRM'],
] as const)('writes %s in a sentence', (status, words) =>
  expect(statusInSentence(status)).toBe(words),
);
