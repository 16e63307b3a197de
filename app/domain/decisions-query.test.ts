import { describe, expect, it } from 'vitest';
import { decisionsAddress, parseDecisionsQuery } from './decisions-query.ts';

const read = (search: string) => parseDecisionsQuery(new URLSearchParams(search));
const none = { waiting: null, holds: null, conditions: null, decided: null };

describe('the address of a list of decisions', () => {
  it.each([
    ['/decisions', { ...none, part: 'waiting' }],
    ['/decisions?show=holds', { ...none, part: 'holds' }],
    ['/decisions?show=conditions', { ...none, part: 'conditions' }],
    ['/decisions?show=decided', { ...none, part: 'decided' }],
  ] as const)('is %s for the beginning', (address, query) => {
    expect(decisionsAddress(query.part)).toBe(address);
    expect(read(address.split('?')[1] ?? '')).toEqual(query);
  });

  it.each([
    ['waiting', '12.3', { waiting: { micros: '12', id: '3' } }],
    ['holds', '2027-02-01.3', { holds: { due: '2027-02-01', id: '3' } }],
    ['conditions', '2027-02-01.3', { conditions: { due: '2027-02-01', id: '3' } }],
    ['decided', '17', { decided: '17' }],
  ] as const)('of %s carries a place, and none of another list', (part, place, query) => {
    const search = decisionsAddress(part, place).split('?')[1] ?? '';
    expect(read(search)).toEqual({ ...none, part, ...query });
    for (const other of ['17.x', '', '2027-02-30.1'])
      expect(read(search.replace(/(after|before)=[^&]*/, `$1=${other}`))).toBeNull();
  });

  it('is the beginning where it asks for a list there is none of', () => {
    expect(read('show=odd')).toEqual({ ...none, part: 'waiting' });
  });
});
