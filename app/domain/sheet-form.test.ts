import { describe, expect, it } from 'vitest';
import { sheetBody } from '#tests/factories/sheet-body.ts';
import { completeSheet } from '#tests/factories/sheet.ts';
import { defaultScorecard as card } from '../../prisma/default-scorecard.ts';
import { parseSheetForm } from './sheet-form.ts';

const draft = { id: '12', revision: 3 };
const posted = (change: (form: FormData) => void = () => undefined) => {
  const form = new FormData();
  for (const [name, value] of sheetBody(draft, completeSheet())) form.append(name, value);
  change(form);
  return form;
};

describe('the form of a sheet', () => {
  it('comes out as it went in', () => {
    const form = posted((sent) => {
      sent.set('rating.WIN', '');
      sent.set('rating.FIN', '4,5');
      sent.append('reason.FIN', 'Prepayment');
      sent.set('note.FIN', 'First line\r\nsecond line');
    });
    const parsed = parseSheetForm(card, form);
    const sheet = completeSheet(7, { WIN: null, FIN: 9 });
    Object.assign(sheet.answers[2] ?? {}, {
      reasons: ['Prepayment'],
      note: 'First line\nsecond line',
    });
    expect(parsed).toEqual({
      ok: true,
      intent: 'save',
      draftId: '12',
      revision: 3,
      errors: {},
      sheet,
    });
  });

  it.each([
    ['rating.WIN', '5.5', '“5.5” is no rating'],
    ['rating.WIN', '2.3', '“2.3” is no rating'],
    ['rating.WIN', '-1', 'no rating'],
    ['rating.MADE_UP', '3', 'no criterion of this scorecard'],
    ['note.MADE_UP', 'x', 'no criterion of this scorecard'],
    ['reason.WIN', 'Because I say so', 'not among its reasons'],
    ['note.WIN', 'x'.repeat(20_001), 'has 20,001 characters; a draft keeps at most 20,000'],
    ['summary', 'x'.repeat(40_001), 'has 40,001 characters; a draft keeps at most 40,000'],
    ['note.WIN', 'a\0b', 'holds a character that cannot be kept'],
  ])('refuses %s “%.10s” at its field', (name, value, words) => {
    const parsed = parseSheetForm(
      card,
      posted((form) => form.set(name, value)),
    );
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(words) as string });
    expect(parsed.errors).toEqual({ [name]: expect.stringContaining(words) as string });
  });

  it.each([
    ['note.WIN', 20_000],
    ['summary', 40_000],
  ])('takes into a draft of %s ten times what may be submitted', (name, most) =>
    expect(
      parseSheetForm(
        card,
        posted((form) => form.set(name, 'x'.repeat(most))),
      ),
    ).toMatchObject({ ok: true, errors: {} }),
  );

  it('keeps the rest of what was typed where one field is refused', () => {
    const { sheet } = parseSheetForm(
      card,
      posted((form) => form.set('rating.WIN', '5.5')),
    );
    expect(sheet).toEqual(completeSheet(7, { WIN: null }));
  });

  it.each(['draftId', 'revision', 'rating.WIN'])(
    'refuses a form without %s, lest it wipe',
    (name) => {
      const parsed = parseSheetForm(
        card,
        posted((form) => form.delete(name)),
      );
      expect(parsed).toMatchObject({
        ok: false,
        message: expect.stringContaining('incomplete') as string,
      });
    },
  );

  it.each(['1; DROP', '-1', '1e3', ''])('refuses the revision “%s”', (revision) => {
    expect(
      parseSheetForm(
        card,
        posted((form) => form.set('revision', revision)),
      ).ok,
    ).toBe(false);
  });

  it('refuses an intent it does not know', () => {
    expect(
      parseSheetForm(
        card,
        posted((form) => form.set('intent', 'approve')),
      ).ok,
    ).toBe(false);
  });
});
