import { describe, expect, it } from 'vitest';
import { wantsProblem } from './problem.server.ts';

describe('whether an error is read by a program', () => {
  it.each([
    ['/api/users/1/role', true],
    ['/API/users/1/role', true],
    ['/%61pi/users/1/role', true],
    ['/docs/openapi.json', true],
    ['/DOCS/OpenAPI.json/', true],
    ['/docs', false],
    ['/people?next=/api/', false],
  ])('%s: %s', (path, expected) => {
    expect(wantsProblem(new Request(`http://localhost${path}`))).toBe(expected);
  });
});
