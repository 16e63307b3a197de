import { describe, expect, it } from 'vitest';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { ownPath } from './own-path.ts';

describe('the path of a notice', () => {
  it.each(['/', '/opportunities/A-1', '/opportunities/A%2F1?tab=x#y', '/sync?next=//elsewhere'])(
    'may be %s',
    (path) => expect(ownPath(path)).toBe(path),
  );

  it.each(['A/1 50%', '..', '.', '//x', '\\\\x', 'a\nb', 'ä'])(
    'of the opportunity %j is one',
    (remoteNumber) => {
      const path = opportunityPath({ remoteNumber, remoteId: '7' });
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    '',
    'opportunities',
    '//elsewhere.test',
    '/\\elsewhere.test',
    '/\t/elsewhere.test',
    '\n//elsewhere.test',
    'https://elsewhere.test/',
    'javascript:alert(1)',
    '/.//elsewhere.test',
    '/a/..//elsewhere.test',
    '/a/../b',
    '/..',
    '/a/./b',
    '/a\r\nSet-Cookie: x=y',
  ])('may not be %j', (path) => expect(ownPath(path)).toBe('/notifications'));
});
