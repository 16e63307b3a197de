import { opportunityPath } from './opportunity-path.ts';

type Opportunity = Parameters<typeof opportunityPath>[0];

/** The page of a decision's memo. */
export function memoPath(opportunity: Opportunity, decisionId: string): string {
  return `${opportunityPath(opportunity)}/memo/${decisionId}`;
}

/** The name a memo is saved under: letters any file system takes, whatever the number holds. */
export function memoFileName(
  opportunity: Opportunity,
  decisionId: string,
  type: 'json' | 'pdf',
): string {
  const number = opportunity.remoteNumber ?? `id-${opportunity.remoteId}`;
  const plain = number.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 60);
  return `decision-memo-${plain}-${decisionId}.${type}`;
}
