import { describe, expect, it } from 'vitest';
import type { Memo } from '#app/domain/memo.ts';
import { sampleMemo } from '#tests/factories/memo.ts';
import { pdfText } from '#tests/setup/pdf-text.ts';
import { streamMemoPdf } from './stream.server.tsx';

const sha256 = 'ab'.repeat(32);

async function pdfOf(memo: Memo): Promise<{ text: string; pages: number }> {
  const content = JSON.stringify(memo);
  const stream = await streamMemoPdf({ memo, content, sha256, state: 'matches' });
  const bytes = Buffer.from(await new Response(stream).arrayBuffer());
  const pages = bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  return { text: pdfText(bytes), pages };
}

function withNote(note: string): Memo {
  const memo = sampleMemo();
  memo.assessment?.answers.forEach((answer) => (answer.note = note));
  return memo;
}

describe('the PDF of a memo', { timeout: 60_000 }, () => {
  it('numbers its pages and names the hash on each', async () => {
    const { text, pages } = await pdfOf(sampleMemo());
    expect(pages).toBe(2);
    expect(text).toContain('2 / 2');
    expect(text.split(`SHA-256 ${sha256}`)).toHaveLength(pages + 2);
    expect(text).not.toContain('Some letters');
  });

  it.each([
    ['a word without an end', `${'x'.repeat(1990)} over`, 'over'],
    ['a line each word', `${'a\n'.repeat(990)}over`, 'over'],
    ['words without an end', `${'word '.repeat(390)}over`, 'over'],
    ['letters it lacks', `${'字'.repeat(300)} over`, '[300 Chinese letters] over'],
  ])('shows a note of %s to its end', async (_what, note, end) => {
    const { text } = await pdfOf(withNote(note));
    expect(text.split(end)).toHaveLength(10);
  });

  it('keeps words of Cyrillic, Greek, Vietnamese and Devanagari', async () => {
    const words = ['Юристы', 'Συμφωνία', 'đồng', 'Őrült', 'ἀρχή'];
    const { text } = await pdfOf(withNote(words.join(' ')));
    for (const word of words) expect(text).toContain(word);
    expect((await pdfOf(withNote('समझौता'))).text).not.toContain('letters]');
  });

  it('shows a declined opportunity without a sheet', async () => {
    const bare = { ...sampleMemo(), assessment: null, sensitivity: null, recommendation: null };
    bare.opportunity = { ...bare.opportunity, name: null, dealValue: null };
    const { text, pages } = await pdfOf(bare);
    expect(pages).toBe(1);
    expect(text).toContain('Declined before assessment');
    expect(text).toContain('Name not set in CRM');
  });
});
