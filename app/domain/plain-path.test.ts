import { describe, expect, it } from 'vitest';
import { isApiPath } from './plain-path.ts';

describe('an address of the API', () => {
  it.each([
    ['/api/users/1/role', true],
    ['/API/users/1/role', true],
    ['/aPi/users/1/role/', true],
    ['/%61pi/users/1/role', true],
    ['/%41%50%49/x', true],
    ['/api/x.data', true],
    ['/api/%E0%A4%A', true],
    ['/api', true],
    ['/api%2Fx', false],
    ['/api.data', false],
    ['/apis/x', false],
    ['//api/x', false],
    ['/people/api/x', false],
    ['/%E0%A4%A/api', false],
    ['/', false],
  ])('%s: %s', (path, expected) => {
    expect(isApiPath(path)).toBe(expected);
  });
});
