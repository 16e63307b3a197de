import { describe, expect, it } from 'vitest';
import { mappedFields } from './crm-fields.ts';
import type { VanishedRule } from './field-drift.ts';
import { fieldRows, unmappedOf, type DescribedNow, type FieldState } from './field-view.ts';

const at = new Date('2026-03-01T00:00:00Z');
const fields = mappedFields({ practice: 'Practice_c', geo: 'GEO_c', region: null, sector: null });
const one = (name: string, vanishedAt: Date | null = null): DescribedNow => ({
  name,
  type: 'string',
  queryable: true,
  vanishedAt,
});
const empty: VanishedRule = { field: 'Revenue', treatment: 'LEAVE_EMPTY', source: null };
const from: VanishedRule = { field: 'Revenue', treatment: 'READ_FROM', source: 'Amount_c' };

describe('how a column stands', () => {
  it.each<[string, string, DescribedNow[], VanishedRule[], FieldState]>([
    ['nothing read yet', 'deal_value', [], [], 'unread'],
    ['described', 'deal_value', [one('Revenue')], [], 'described'],
    ['described again beside a rule', 'deal_value', [one('Revenue')], [empty], 'described'],
    ['vanished', 'deal_value', [one('Revenue', at), one('Name')], [], 'vanished'],
    ['left empty', 'deal_value', [one('Revenue', at)], [empty], 'left-empty'],
    ['read elsewhere', 'deal_value', [one('Revenue', at), one('Amount_c')], [from], 'replaced'],
    ['read where nothing is', 'deal_value', [one('Revenue', at)], [from], 'vanished'],
    ['one of two sources left', 'crm_created_at', [one('OptyCreationDate')], [], 'described'],
    ['never described', 'practice', [one('Name')], [], 'never-described'],
    ['not set up', 'region', [one('Name')], [], 'not-configured'],
  ])('%s', (_case, column, attributes, rules, state) => {
    const rows = fieldRows(fields, { attributes, rules, retyped: [] });
    expect(rows.find(({ field }) => field.column === column)!.state).toBe(state);
  });

  it('names the type an attribute had first, where it has another now', () => {
    const retyped = [{ kind: 'RETYPED' as const, name: 'Revenue', before: 'number' }];
    const rows = fieldRows(fields, { attributes: [one('Revenue')], rules: [], retyped });
    const source = rows.find(({ field }) => field.column === 'deal_value')!.sources[0];
    expect(source).toMatchObject({ type: 'string', typeBefore: 'number' });
    const back = fieldRows(fields, {
      attributes: [{ ...one('Revenue'), type: 'number' }],
      rules: [],
      retyped,
    });
    expect(back[4]!.sources[0]).toMatchObject({ type: 'number', typeBefore: null });
  });

  it('leaves what nothing here reads, by name', () => {
    const names = unmappedOf(
      [one('Zeta_c'), one('Name'), one('Alpha_c'), one('Old_c', at)],
      fields,
    );
    expect(names.map(({ name }) => name)).toEqual(['Alpha_c', 'Zeta_c']);
  });
});
