import { describe, expect, it } from 'vitest';
import { standInsFor, unfitSources, whyUnfit } from './stand-in.ts';

const string = (name: string) => ({ name, type: 'string' });

describe('what can stand in for an attribute that vanished', () => {
  it.each([
    ['OptyNumber', 'identifies a record'],
    ['OwnerPartyNumber', 'identifies a record'],
    ['CustomerAccountId', 'identifies a record'],
    ['CreatedBy', 'says who wrote a record'],
    ['LastUpdatedBy', 'says who wrote a record'],
    ['LastUpdateLogin', 'says who wrote a record'],
    ['Comments', 'is free text'],
    ['Description', 'is free text'],
    ['DescriptionText', 'is free text'],
    ['StatusCode', null],
    ['PartyName1', null],
    ['Deal_Number_c', null],
  ])('%s: %s', (name, words) => {
    expect(whyUnfit(string(name))).toBe(words);
  });

  it('is no identifier by its type, and every row of the table is for something', () => {
    expect(whyUnfit({ name: 'Account', type: 'id' })).toBe('identifies a record');
    const told = ['OptyNumber', 'CreatedBy', 'Comments'].map((name) => whyUnfit(string(name)));
    expect(told).toEqual(unfitSources.map(([what]) => what));
  });

  it('is offered by likeness, a tenant’s own first', () => {
    const described = [
      ...['StatusCode', 'Comments', 'Region_c', 'PhaseCd', 'Area_c'].map(string),
      { name: 'UpsideAmount', type: 'number' },
    ];
    const { alike, other } = standInsFor('string', described);
    expect(alike.map(({ name }) => name)).toEqual(['Area_c', 'Region_c', 'PhaseCd', 'StatusCode']);
    expect(other.map(({ name }) => name)).toEqual(['UpsideAmount']);
    expect(standInsFor(null, described).alike).toEqual([]);
  });
});
