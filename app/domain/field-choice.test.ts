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
  { name: 'Comments', type: 'string', vanished: false },
  { name: 'Old_c', type: 'number', vanished: true },
];
const empty = (field: string): FieldChoice => ({
  field,
  treatment: 'LEAVE_EMPTY',
  source: null,
  looked: false,
});
const from = (source: string, looked = true): FieldChoice => ({
  field: 'Revenue',
  treatment: 'READ_FROM',
  source,
  looked,
});

describe('how to go on without a field', () => {
  it.each<[string, FieldChoice[], string[], number | null]>([
    ['left empty', [empty('Revenue')], ['deal_value'], null],
    ['read from another', [from('Amount_c')], ['deal_value'], null],
    ['read from another nobody looked at', [from('Amount_c', false)], ['deal_value'], 400],
    ['read from free text', [from('Comments')], ['deal_value'], 400],
    ['read from one that vanished too', [from('Old_c')], ['deal_value'], 400],
    ['read from one nobody knows', [from('None_c')], ['deal_value'], 400],
    ['the identity', [empty('OptyId')], ['remote_id'], 400],
    ['too few', [empty('Revenue')], ['deal_value', 'name'], 409],
    ['another than vanished', [empty('Name')], ['deal_value'], 409],
    ['back by now', [empty('Revenue')], [], 409],
  ])('%s', (_case, choices, columns, status) => {
    expect(refuseChoices(choices, of(...columns), known)?.status ?? null).toBe(status);
  });

  it('asks for a look only where all else is well', () => {
    const refused = (source: string) =>
      refuseChoices([from(source, false)], of('deal_value'), known);
    expect(refused('Amount_c')).toMatchObject({ unseen: true });
    expect(Object.keys(refused('Amount_c')!.errors)).toEqual(['looked.Revenue']);
    expect(refused('Old_c')?.unseen).toBeUndefined();
  });
});
