import { describe, expect, it } from 'vitest';
import { attachmentOf } from './content-disposition.ts';

describe('the name a file is kept under', () => {
  it.each([
    ['offer.pdf', `attachment; filename="offer.pdf"; filename*=UTF-8''offer.pdf`],
    ['Müller.pdf', `attachment; filename="M_ller.pdf"; filename*=UTF-8''M%C3%BCller.pdf`],
    ['a"; x=1.pdf', `attachment; filename="a_; x=1.pdf"; filename*=UTF-8''a%22%3B%20x%3D1.pdf`],
    [
      "it's (1)*.pdf",
      `attachment; filename="it's (1)*.pdf"; filename*=UTF-8''it%27s%20%281%29%2A.pdf`,
    ],
  ])('%s', (name, header) => expect(attachmentOf(name)).toBe(header));

  it('can be no other header, whatever it holds', () => {
    const header = attachmentOf('a\r\nSet-Cookie: b=c\0\ud800%41.pdf');
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(header).not.toContain('\n');
  });
});
