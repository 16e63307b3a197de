import { expect, it } from 'vitest';
import { numberOf, opportunityPath, remoteIdOf } from './opportunity-path.ts';

it.each(['1234567', 'A/12', '50%', '%2F', '%252F', 'a b', '#1?x=2', '٣٤', '00042', 'é/ü'])(
  'the path of number %s leads back to it',
  (remoteNumber) => {
    const path = opportunityPath({ remoteNumber, remoteId: '1' });
    const { pathname } = new URL(path, 'http://localhost');
    expect(numberOf(pathname)).toBe(remoteNumber);
    expect(numberOf(`${pathname}/assess`)).toBe(remoteNumber);
  },
);

it.each([null, '', '.', '..'])(
  'number %s, which no URL carries, is replaced by the id',
  (number) => {
    const path = opportunityPath({ remoteNumber: number, remoteId: '300000012345678901' });
    expect(path).toBe('/opportunities/id-300000012345678901');
    expect(remoteIdOf(numberOf(path) ?? '')).toBe(300000012345678901n);
  },
);

it('a number is not taken for an id, nor broken encoding for a number', () => {
  expect(remoteIdOf('1234567')).toBeNull();
  expect(remoteIdOf('id-12x')).toBeNull();
  expect(numberOf('/opportunities/%E0%A4%A')).toBeNull();
});
