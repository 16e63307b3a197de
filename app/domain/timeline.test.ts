import { describe, expect, it } from 'vitest';
import { formatPlace, parsePart, parsePlace, sourcesOf, timelineParts } from './timeline.ts';

describe('the place in a timeline', () => {
  it('is read as it was written', () => {
    const place = { micros: '1795546985123456', source: 'change', id: '42' } as const;
    expect(parsePlace(formatPlace(place))).toEqual(place);
  });

  it.each([
    null,
    '',
    '1.note.2',
    '1.event.',
    'x.event.1',
    `${'9'.repeat(18)}.event.1`,
    '1.event.2;',
  ])('is none in %s', (text) => expect(parsePlace(text)).toBeNull());
});

describe('a part of the timeline', () => {
  it('is everything unless another is named', () => {
    expect([null, 'crm', 'CRM', 'x'].map(parsePart)).toEqual(['all', 'crm', 'all', 'all']);
  });

  it('has sources, the whole having all that the parts have', () => {
    const parts = timelineParts.filter((part) => part !== 'all');
    expect(parts.flatMap((part) => sourcesOf[part]).sort()).toEqual([...sourcesOf.all].sort());
  });
});
