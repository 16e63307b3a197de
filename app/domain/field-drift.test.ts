import { describe, expect, it } from 'vitest';
import { mappedFields } from './crm-fields.ts';
import {
  compareDescription,
  unfedFields,
  vanishedAttribute,
  vanishedWords,
  type AttributeChange,
  type KnownAttribute,
  type VanishedRule,
} from './field-drift.ts';

const known = (name: string, type = 'string', vanished = false): KnownAttribute => ({
  name,
  type,
  vanished,
});
const described = (name: string, type = 'string') => ({ name, type });

describe('a description against the one before', () => {
  it.each<[string, KnownAttribute[], { name: string; type: string }[], AttributeChange[]]>([
    ['the first one is the baseline', [], [described('Name')], []],
    ['the same', [known('Name')], [described('Name')], []],
    [
      'a new attribute',
      [known('Name')],
      [described('Name'), described('Risk_c', 'number')],
      [{ kind: 'NEW', name: 'Risk_c', before: null, after: 'number' }],
    ],
    [
      'one that vanished',
      [known('Name'), known('Revenue', 'number')],
      [described('Name')],
      [{ kind: 'VANISHED', name: 'Revenue', before: 'number', after: null }],
    ],
    [
      'one that had vanished before',
      [known('Name'), known('Gone', 'string', true)],
      [described('Name')],
      [],
    ],
    [
      'one of another type',
      [known('WinProb', 'integer')],
      [described('WinProb', 'string')],
      [{ kind: 'RETYPED', name: 'WinProb', before: 'integer', after: 'string' }],
    ],
    [
      'one that is back',
      [known('Revenue', 'number', true)],
      [described('Revenue', 'number')],
      [{ kind: 'RETURNED', name: 'Revenue', before: null, after: 'number' }],
    ],
    [
      'one that is back as another type',
      [known('Revenue', 'number', true)],
      [described('Revenue', 'string')],
      [
        { kind: 'RETURNED', name: 'Revenue', before: null, after: 'string' },
        { kind: 'RETYPED', name: 'Revenue', before: 'number', after: 'string' },
      ],
    ],
    ['the same one listed twice', [known('Name')], [described('Name'), described('Name')], []],
  ])('%s', (_case, before, after, changes) => {
    expect(compareDescription(before, after)).toEqual(changes);
  });
});

describe('the columns nothing feeds any more', () => {
  const fields = mappedFields({ practice: 'Practice_c', geo: 'GEO_c', region: null, sector: null });
  const all = fields.flatMap(({ attributes }) => attributes);
  const without = (...gone: string[]) => [
    ...all.map((name) => known(name, 'string', gone.includes(name))),
    known('Other_c'),
  ];
  const rule = (field: string, source: string | null = null): VanishedRule => ({
    field,
    treatment: source ? 'READ_FROM' : 'LEAVE_EMPTY',
    source,
  });

  it.each<[string, KnownAttribute[], VanishedRule[], string[]]>([
    ['nothing is known yet', [], [], []],
    ['all is described', without(), [], []],
    ['the amount vanished', without('Revenue'), [], ['deal_value']],
    ['two vanished', without('StatusCode', 'Practice_c'), [], ['crm_status', 'practice']],
    ['the identity vanished', without('OptyId'), [], ['remote_id']],
    ['one of two sources vanished', without('LastUpdateDate'), [], []],
    ['both sources vanished', without('CreationDate', 'OptyCreationDate'), [], ['crm_created_at']],
    ['something unmapped vanished', [...without(), known('Else_c', 'string', true)], [], []],
    ['a rule leaves it empty', without('Revenue'), [rule('Revenue')], []],
    ['a rule reads it elsewhere', without('Revenue'), [rule('Revenue', 'Other_c')], []],
    [
      'a rule reads it where nothing is',
      without('Revenue'),
      [rule('Revenue', 'No_c')],
      ['deal_value'],
    ],
    [
      'one rule answers for both sources',
      without('CreationDate', 'OptyCreationDate'),
      [rule('CreationDate')],
      [],
    ],
    ['a rule for another field', without('Revenue'), [rule('Name')], ['deal_value']],
    [
      'a tenant field never described',
      without().filter(({ name }) => name !== 'Practice_c'),
      [],
      [],
    ],
  ])('%s', (_case, attributes, rules, columns) => {
    expect(unfedFields(fields, attributes, rules).map(({ column }) => column)).toEqual(columns);
  });

  it('are answered for by the attribute that vanished', () => {
    const [field] = unfedFields(fields, without('Revenue'), []);
    expect(vanishedAttribute(field!, without('Revenue'))).toBe('Revenue');
    const created = fields.find(({ column }) => column === 'crm_created_at')!;
    expect(vanishedAttribute(created, [known('OptyCreationDate', 'datetime', true)])).toBe(
      'OptyCreationDate',
    );
  });

  it('are named with what they feed', () => {
    const words = vanishedWords(unfedFields(fields, without('Revenue', 'StatusCode'), []));
    expect(words).toMatch(/Revenue \(amount, which feeds totals, stale .*\) and StatusCode \(/);
  });
});
