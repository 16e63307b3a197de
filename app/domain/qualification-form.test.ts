import { describe, expect, it } from 'vitest';
import { parseQualificationForm } from './qualification-form.ts';

function form(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}
const decide: [string, string][] = [
  ['intent', 'decide'],
  ['revision', '3'],
  ['assessmentId', '7'],
  ['verdict', 'CONDITIONAL_GO'],
];

describe('a form of the qualification', () => {
  it('reads conditions row by row and leaves out the empty ones', () => {
    const parsed = parseQualificationForm(
      form([
        ...decide,
        ...([
          ['condition', 'Sign the terms'],
          ['due', '2027-01-31'],
        ] as [string, string][]),
        ...([
          ['condition', ''],
          ['due', ''],
        ] as [string, string][]),
      ]),
    );
    expect(parsed).toMatchObject({
      ok: true,
      form: { revision: 3, conditions: [{ condition: 'Sign the terms', due: '2027-01-31' }] },
    });
  });

  it('says which row of conditions is wrong', () => {
    const parsed = parseQualificationForm(
      form([...decide, ['condition', 'Sign the terms'], ['due', '2027-02-30']]),
    );
    expect(parsed).toMatchObject({
      ok: false,
      errors: { 'conditions.0.due': 'Condition 1: 2027-02-30 is not a day that exists.' },
    });
  });

  it.each([
    ['9999-12-31', /^31 Dec 9999 is too far ahead: choose a day before 2200\.$/],
    ['12026-01-01', /^The year 12026 is too far ahead/],
    ['1526-01-01', /^1 Jan 1526 is too long ago/],
    ['2027-02-30', /^2027-02-30 is not a day that exists\.$/],
    ['', /^Choose the day until which it is on hold\.$/],
  ])('says what is wrong with the day “%s”', (until, words) =>
    expect(
      parseQualificationForm(
        form([
          ['intent', 'hold'],
          ['revision', '0'],
          ['until', until],
          ['reason', 'Budget'],
        ]),
      ),
    ).toMatchObject({ ok: false, errors: { until: expect.stringMatching(words) } }),
  );

  it('names the row of a condition as the form counts it, the empty ones with it', () => {
    const parsed = parseQualificationForm(
      form([
        ...decide,
        ...(['', 'Sign the terms', '\u200b'].map((text) => ['condition', text]) as [
          string,
          string,
        ][]),
        ...(['', '', '9999-12-31'].map((day) => ['due', day]) as [string, string][]),
      ]),
    );
    expect(parsed).toEqual({
      ok: false,
      message: 'Condition 2 needs a day.',
      errors: {
        'conditions.0.due': 'Condition 2 needs a day.',
        'conditions.1.condition': 'Condition 3 holds nothing that can be read.',
        'conditions.1.due': 'Condition 3: 31 Dec 9999 is too far ahead: choose a day before 2200.',
      },
    });
  });

  it.each([
    [[['intent', 'approve']], /not understood/],
    [
      [
        ['intent', 'decline'],
        ['revision', '0'],
        ['reason', '\u200b'.repeat(30)],
      ],
      /can be read/,
    ],
    [[...decide, ['condition', '\u200b'], ['due', '2099-01-01']], /can be read/],
    [[...decide, ['condition', 'Sign'], ['due', '0000-01-01']], /too long ago/],
    [[], /not understood/],
    [
      [
        ['intent', 'decline'],
        ['revision', '0'],
        ['reason', '   '],
      ],
      /at least 5/,
    ],
    [
      [
        ['intent', 'decline'],
        ['revision', 'x'],
        ['reason', 'Not ours at all'],
      ],
      /incomplete/,
    ],
    [
      [
        ['intent', 'decline'],
        ['reason', 'Not ours at all'],
      ],
      /incomplete/,
    ],
    [
      [
        ['intent', 'assign'],
        ['revision', '0'],
        ['assessorId', 'first'],
      ],
      /solution architect/,
    ],
    [[...decide.slice(0, 3), ['verdict', 'DISAPPROVED']], /Choose GO/],
    [
      [
        ['intent', 'hold'],
        ['revision', '0'],
        ['until', 'soon'],
        ['reason', 'Budget'],
      ],
      /Choose the day until/,
    ],
    [
      [
        ['intent', 'decline'],
        ['revision', '0'],
        ['reason', 'x'.repeat(4001)],
      ],
      /at most 4,000/,
    ],
  ] as [[string, string][], RegExp][])('refuses %j in words', (fields, words) =>
    expect(parseQualificationForm(form(fields))).toMatchObject({
      ok: false,
      message: expect.stringMatching(words),
    }),
  );

  it('counts an end of a line once, as whoever types does', () => {
    const reason = `${'x'.repeat(3998)}\r\nx`;
    const fields: [string, string][] = [
      ['intent', 'decline'],
      ['revision', '0'],
      ['reason', reason],
    ];
    expect(parseQualificationForm(form(fields))).toMatchObject({
      ok: true,
      form: { reason: reason.replace('\r\n', '\n') },
    });
  });
});
