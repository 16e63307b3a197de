import { describe, expect, it } from 'vitest';
import { markups } from './hostile.ts';
import { judge } from './judge.ts';
import { formsOf } from './markup.ts';

const asked = {
  person: 'sales' as const,
  signedIn: true,
  origin: 'http://localhost:3000',
  path: '/people',
  foreign: ['zq-sealed-row'],
  mayFail: [],
  longestMs: 1000,
};
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'x-request-id': '1',
};
const page = (body: string, more: object = {}) => ({
  status: 200,
  headers: { ...headers, ...more },
  rawHeaders: [],
  body,
  ms: 10,
});

describe('the judge of answers', () => {
  const escaped = markups.map((text) =>
    text.replace(/[<>"'&]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  );
  it.each(escaped)('lets through %s as text, and in an attribute', (text) => {
    expect(
      judge(page(`<p title="${text}" class='a'>${text}</p><textarea>${text}</textarea>`), asked),
    ).toEqual([]);
  });

  it.each([
    ['an element', page(`<p>${markups[0]}</p>`), 'does not escape'],
    ['an attribute', page(`<p title="${markups[2]}">`), 'does not escape'],
    ['the end of a script', page(`<script>"${markups[4]}"</script>`), 'does not escape'],
    ['the end of a text area', page(`<textarea>${markups[5]}</textarea>`), 'does not escape'],
    ['a script in a link', page('<a href=" javascript:bqs-probe">x</a>'), 'does not escape'],
    ['a stack', page('Error\n    at fail (people.tsx:3:1)'), 'inside'],
    ['words of the database', page('syntax error at or near "x"'), 'inside'],
    ['a row of others', page('<td>zq-sealed-row 4</td>'), 'shows zq-sealed-row'],
    ['a fault', { ...page(''), status: 500 }, 'answers 500'],
    ['a long wait', { ...page(''), ms: 2000 }, 'took 2000 ms'],
    ['another site', page('', { location: '//evil.test' }), 'leads away'],
    ['a header that was sent', page('', { 'x-bqs-probe': '1' }), 'header of ours'],
    ['a page that may be kept', page('', { 'cache-control': 'max-age=60' }), 'kept'],
    ['a type left open', page('', { 'x-content-type-options': undefined }), 'nosniff'],
  ])('finds %s', (_case, answer, words) => {
    expect(judge(answer, asked)).toEqual([expect.stringContaining(words)]);
  });

  it('reads a page’s forms as a browser would send them', () => {
    const html =
      '<form method="post" id="f"><input type="hidden" name="a" value="&quot;1&quot;"><textarea name="b">x &amp; y</textarea>' +
      '<button name="intent" value="go">Go</button></form><select form="f" name="c"><option value="2"></select>';
    expect(formsOf(html, '/here')).toEqual([
      {
        action: '/here',
        method: 'POST',
        buttons: [['intent', 'go']],
        fields: [
          ['a', '"1"'],
          ['b', 'x & y'],
          ['c', '2'],
        ],
      },
    ]);
  });
});
