import type { OpportunityDetail } from '#app/domain/opportunity.ts';
import { opportunityPath } from './opportunity-path.ts';

/** What of an opportunity stands above its assessment. */
export interface AssessedOpportunity {
  path: string;
  name: string | null;
  number: string | null;
  customer: string | null;
  dealValue: string | null;
  currency: string | null;
  closeDate: string | null;
  stage: string | null;
  winProbability: number | null;
}

/** Takes what the head of an assessment shows out of an opportunity. */
export function assessedOpportunity(opportunity: OpportunityDetail): AssessedOpportunity {
  const { name, customer, dealValue, currency, closeDate, stage, winProbability } = opportunity;
  return {
    name,
    customer,
    dealValue,
    currency,
    closeDate,
    stage,
    winProbability,
    path: opportunityPath(opportunity),
    number: opportunity.remoteNumber,
  };
}
