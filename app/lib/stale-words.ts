import { formatDay, formatDecimal } from './format.ts';

/** A value the CRM moved from or to, as `stale_marks` keeps it, in words. */
export function staleValueWords(field: string, value: string | null): string {
  if (value === null) return 'not set in CRM';
  if (field === 'deal_value') return formatDecimal(value);
  return field === 'close_date' ? formatDay(value) : value;
}
