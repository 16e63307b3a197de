import { describe, expect, it } from 'vitest';
import { mappedFields } from './crm-fields.ts';

describe('the mapped fields', () => {
  it('are named by the tenant, and fed by nothing where it names none', () => {
    const fields = mappedFields({ practice: 'P_c', geo: 'G_c', region: null, sector: 'S_c' });
    const own = fields.filter(({ setting }) => setting);
    expect(own.map(({ column, attributes }) => [column, ...attributes])).toEqual([
      ['practice', 'P_c'],
      ['geo', 'G_c'],
      ['region'],
      ['sector', 'S_c'],
    ]);
    expect(new Set(fields.map(({ column }) => column)).size).toBe(18);
    expect(fields.filter(({ dispensable }) => !dispensable).map(({ column }) => column)).toEqual([
      'remote_id',
    ]);
  });
});
