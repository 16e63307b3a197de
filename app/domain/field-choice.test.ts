import { describe, expect, it } from 'vitest';
import type { FieldChoice } from './accept-fields-form.ts';
import { mappedFields } from './crm-fields.ts';
import { refuseChoices } from './field-choice.ts';

const fields = mappedFields({ practice: 'Practice_c', geo: 'GEO_c', region: null, sector: null });
const of = (...columns: string[]) => fields.filter(({ column }) => columns.includes(column));
const known = [
  { name: 'Revenue', type: 'number', vanished: true },
  { name: 'OptyId', type: 'integer', vanished: true },
  { name: 'Amount_c', type: 'number', vanished: false },
  { name: 'Old_c', type: 'number', vanished: true },
];
const empty = (field: string): FieldChoice => ({ field, treatment: 'LEAVE_EMPTY', source: null });
const from = (source: string): FieldChoice => ({
  field: 'Revenue',
  treatment: 'READ_FROM',
  source,
});

describe('how to go on without a field', () => {
  it.each<[string, FieldChoice[], string[], number | null]>([
    ['left empty', [empty('Revenue')], ['deal_value'], null],
    ['read from another', [from('Amount_c')], ['deal_value'], null],
    ['read from one that vanished too', [from('Old_c')], ['deal_value'], 400],
    ['read from one nobody knows', [from('None_c')], ['deal_value'], 400],
    ['the identity', [empty('OptyId')], ['remote_id'], 400],
    ['too few', [empty('Revenue')], ['deal_value', 'name'], 409],
    ['another than vanished', [empty('Name')], ['deal_value'], 409],
    ['back by now', [empty('Revenue')], [], 409],
  ])('%s', (_case, choices, columns, status) => {
    expect(refuseChoices(choices, of(...columns), known)?.status ?? null).toBe(status);
  });
});
