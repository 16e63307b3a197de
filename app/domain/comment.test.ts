import { describe, expect, it } from 'vitest';
import { parseCommentForm } from './comment.ts';
import { mentionAt, suggestFor, withMention } from './mention.ts';

const key = '7f0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';

function posted(fields: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

describe('a posted comment', () => {
  it('keeps its lines, trims its ends and counts a mention once', () => {
    const fields: [string, string][] = [
      ['body', '  one\r\ntwo \n'],
      ['mention', key],
      ['mention', key],
      ['formKey', key],
    ];
    expect(parseCommentForm(posted(fields))).toEqual({
      ok: true,
      form: { body: 'one\ntwo', mentions: [key], formKey: key },
    });
  });

  it.each([
    [[['body', ' \n ']], 'nothing in the comment'],
    [[['body', 'x'.repeat(4001)]], 'at most 4,000'],
    [
      [
        ['body', 'x'],
        ['mention', 'me'],
      ],
      'unknown',
    ],
    [[['body', 'x']], 'load the page again'],
  ] as [[string, string][], string][])('%# is refused in words', (fields, words) => {
    const withKey =
      fields.length === 1 && fields[0]?.[1] === 'x' ? fields : [...fields, ['formKey', key]];
    expect(parseCommentForm(posted(withKey as [string, string][]))).toMatchObject({
      ok: false,
      message: expect.stringContaining(words),
    });
  });
});

describe('a mention being typed', () => {
  it.each([
    ['Hello @Ad', 'Ad'],
    ['@', ''],
    ['(@Ada Ar', 'Ada Ar'],
    ['mail ada@example', null],
    ['@Ada Architect and', null],
    ['Hello', null],
  ])('in %s is %s', (text, typed) => {
    expect(mentionAt(text, text.length)?.typed ?? null).toBe(typed);
  });

  it('suggests by the beginning of any part of a name, and is written out', () => {
    const people = [{ name: 'Ada Architect' }, { name: 'Maya Manager' }, { name: 'Hugo Head' }];
    expect(suggestFor(people, 'ar')).toEqual([{ name: 'Ada Architect' }]);
    expect(suggestFor(people, 'm ma')).toEqual([{ name: 'Maya Manager' }]);
    expect(suggestFor(people, '')).toHaveLength(3);
    expect(withMention('Ask @ad now', 4, 7, 'Ada Architect')).toEqual({
      text: 'Ask @Ada Architect now',
      caret: 19,
    });
  });
});
