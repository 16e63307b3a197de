import { describe, expect, it } from 'vitest';
import { faultLine } from './fault-line.ts';

describe('faultLine', () => {
  it.each([
    ['the first of several lines', new Error('It broke.\n  at once'), 'It broke.'],
    [
      'the reason after the call that Prisma shows',
      new Error('\nInvalid `db.user.findFirst()` invocation:\n\n\nThe database is out of reach.'),
      'The database is out of reach.',
    ],
    [
      'the code where there are no words',
      Object.assign(new Error(''), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
    ],
    [
      'the last line where empty ones come first',
      new Error('\r\n\n Out of reach.\r\n'),
      'Out of reach.',
    ],
    ['the name where there is nothing else', new RangeError('\n'), 'RangeError'],
    ['whatever was thrown that is no error', 'enough', 'enough'],
  ])('says %s', (_what, error, line) => {
    expect(faultLine(error)).toBe(line);
  });
});
