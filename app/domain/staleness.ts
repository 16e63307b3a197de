import { scaled } from './decimal.ts';

/** What the CRM said of an opportunity at one moment, as far as an assessment rests on it. */
export interface Basis {
  /** Decimal text. */
  dealValue: string | null;
  currency: string | null;
  /** YYYY-MM-DD */
  closeDate: string | null;
  stage: string | null;
  crmStatus: string | null;
  gone: boolean;
}

const staleFields = [
  'deal_value',
  'currency',
  'close_date',
  'stage',
  'crm_status',
  'gone',
] as const;
export type StaleField = (typeof staleFields)[number];

export const staleFieldNames: Record<StaleField, string> = {
  deal_value: 'Amount',
  currency: 'Currency',
  close_date: 'Close date',
  stage: 'Sales stage',
  crm_status: 'CRM status',
  gone: 'In the CRM',
};

/** How far a field may move before an assessment no longer rests on it (design.md section 7). */
export const tolerance = { amountPercent: 10, closeDays: 14 } as const;

/**
 * The fields in which `now` has moved too far from what an assessment rests on. The sync says the same
 * in SQL; a test holds the two together. A value that appears or vanishes has moved.
 */
export function movedFields(basis: Basis, now: Basis): StaleField[] {
  return staleFields.filter((field) => moved(field, basis, now));
}

function moved(field: StaleField, basis: Basis, now: Basis): boolean {
  switch (field) {
    case 'deal_value':
      return amountMoved(basis.dealValue, now.dealValue);
    case 'close_date':
      return daysMoved(basis.closeDate, now.closeDate);
    case 'currency':
      return basis.currency !== now.currency;
    case 'stage':
      return basis.stage !== now.stage;
    case 'crm_status':
      return basis.crmStatus !== now.crmStatus;
    case 'gone':
      return basis.gone !== now.gone;
  }
}

function amountMoved(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return before !== after;
  const [old, now] = [scaled(before), scaled(after)];
  const change = absolute(now - old) * 100n;
  return change > absolute(old) * BigInt(tolerance.amountPercent);
}

function daysMoved(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return before !== after;
  return Math.abs(Date.parse(after) - Date.parse(before)) > tolerance.closeDays * 86_400_000;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
