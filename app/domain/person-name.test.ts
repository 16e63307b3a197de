import { describe, expect, it } from 'vitest';
import { identityOf, identitySchema } from './identity.ts';
import { sign, signatureParts, type Mandate } from './mandate.ts';
import { personName } from './person-name.ts';

const maya: Mandate = {
  role: 'MANAGER',
  practices: [],
  verifiedEmail: null,
  until: '2026-12-01',
  absent: { id: 'maya', name: 'Maya Manager' },
};

describe('a name', () => {
  it.each([
    ['Ada Architect', 'Ada Architect'],
    ['  Ada \t\n Architect ', 'Ada Architect'],
    ['Hugo Head for Maya Manager', 'Hugo Head for Maya Manager'],
    ['Hugo [for Maya Manager]', 'Hugo (for Maya Manager)'],
    ['Hugo ［for Maya］', 'Hugo (for Maya)'],
    ['Ada \u202eretcetihcrA\u202c\u2066\u200f', 'Ada retcetihcrA'],
    ['Ada\u0000\u001b \u200b Architect', 'Ada Architect'],
    ['نرگس می\u200cخواهم', 'نرگس می\u200cخواهم'],
    ['O’Neill-Åström', 'O’Neill-Åström'],
    ['\u200b\u202e', null],
    ['\ufffd\ufffd', null],
    ['', null],
  ])('%j is kept as %j', (typed, kept) => expect(personName(typed)).toBe(kept));

  it('is cut to 200 characters and never in the middle of one', () => {
    expect(personName('😀'.repeat(300))).toBe('😀'.repeat(200));
  });

  it('comes clean out of an identity', () => {
    const traits = { email: 'h@example.test', name: { first: 'Hugo\u202e', last: '[for Maya]' } };
    const raw = identitySchema.parse({ id: '5ea9c8a1-3f3c-4f39-8f3d-111111111111', traits });
    expect(identityOf(raw).name).toBe('Hugo (for Maya)');
  });
});

describe('a signature', () => {
  it('says apart who did it and for whom', () => {
    const { name } = sign({ id: 'hugo', name: 'Hugo Head' }, maya);
    expect(name).toBe('Hugo Head [for Maya Manager]');
    expect(signatureParts(name)).toEqual({ name: 'Hugo Head', absent: 'Maya Manager' });
  });

  it.each(['Hugo Head for Maya Manager', 'Hugo [for Maya Manager]', '[for Maya Manager]'])(
    'is forged by no name: %j',
    (typed) => {
      const own = sign({ id: 'hugo', name: personName(typed) ?? '' }, null).name;
      expect(signatureParts(own)).toEqual({ name: own, absent: null });
      const signed = sign({ id: 'hugo', name: typed }, maya).name;
      expect(signatureParts(signed)).toMatchObject({ absent: 'Maya Manager' });
      expect(signed.match(/\[/g)).toHaveLength(1);
    },
  );
});
