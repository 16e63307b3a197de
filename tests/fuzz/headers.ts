import fc from 'fast-check';
import { markups } from './hostile.ts';

const toast = Buffer.from(
  JSON.stringify({
    tone: 'bad',
    title: markups[0],
    description: markups[1],
    link: { to: '//evil.test', name: 'x' },
  }),
).toString('base64');

/** Values of headers that a browser, a proxy or nobody sends. */
const choices: Record<string, string[]> = {
  Accept: [
    '*/*',
    'application/json',
    'text/event-stream',
    'text/x-script',
    'a'.repeat(4000),
    ',;q=x',
  ],
  'Accept-Language': ['de', 'xx-YY;q=9', '*', `${'en,'.repeat(800)}`, markups[2] ?? ''],
  'Accept-Encoding': ['gzip', 'identity;q=0', 'br;q=1, *;q=0', 'zip-bomb'],
  'Content-Encoding': ['gzip', 'br', 'deflate', 'identity', 'x'],
  'X-Forwarded-For': ['127.0.0.1', "' OR 1=1", '::1, 10.0.0.1'],
  'X-Forwarded-Host': ['evil.test', 'evil.test:99999'],
  'X-Forwarded-Proto': ['javascript', 'https'],
  'X-Forwarded-Prefix': ['/evil'],
  'X-Original-URL': ['/people', '/audit/export'],
  'X-Rewrite-URL': ['/.ory/admin/identities'],
  'X-HTTP-Method-Override': ['DELETE', 'GET'],
  'X-Request-Id': [markups[0] ?? '', 'ok-1', 'x'.repeat(500)],
  'X-Session-Token': ['garbage', 'null'],
  Authorization: ['Bearer garbage', 'Bearer ', 'Basic YTpi', `Bearer ${'x'.repeat(3000)}`],
  Host: ['evil.test', 'localhost', 'localhost:1', '[::1]', 'a..b', 'evil.test@localhost', ''],
  Range: ['bytes=0-0', 'bytes=-1', 'bytes=5-2', `bytes=${'0-1,'.repeat(500)}0-1`, 'lines=1'],
  'If-None-Match': ['*', '"x"', 'W/"0"'],
  'If-Modified-Since': ['never', 'Thu, 01 Jan 2099 00:00:00 GMT'],
  Origin: ['null', 'https://evil.test', 'garbage', 'http://localhost'],
  Referer: ['https://evil.test/', 'garbage', markups[1] ?? ''],
  'Sec-Fetch-Site': ['cross-site', 'same-site', 'none', 'same-origin', 'x'],
  'Sec-Fetch-Mode': ['navigate', 'x'],
  'Sec-Purpose': ['prefetch'],
  Expect: ['100-continue', 'x'],
  TE: ['trailers', 'chunked'],
  Upgrade: ['websocket', 'h2c'],
  'Transfer-Encoding': ['chunked', 'gzip, chunked', 'identity'],
  'Content-Type': [
    ...[
      'application/json',
      'application/json; charset=utf-16',
      'application/x-www-form-urlencoded',
    ],
    ...[
      'application/x-www-form-urlencoded; charset=x',
      'multipart/form-data',
      'text/plain',
      'text/xml',
    ],
    ...[
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary=${'b'.repeat(500)}`,
      'x',
      '',
    ],
  ],
  // Sent beside the session's own.
  Cookie: [
    ...[
      `bqs_toast=${toast}`,
      'bqs_toast=%%%',
      'bqs_toast=bnVsbA',
      'bqs_theme=<x>',
      'bqs_theme=dark; bqs_theme=x',
    ],
    ...[
      'bqs_zone=Nowhere%2FTown',
      'bqs_zone=%00',
      'csrf_token=x',
      '__proto__=1',
      '=;;=',
      'a='.repeat(900),
    ],
  ],
};

/** No header or a few of them. */
export const hostileHeaders: fc.Arbitrary<[string, string][]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<[string, string][]>([]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc
        .constantFrom(...Object.entries(choices))
        .chain(([name, values]) =>
          fc.constantFrom(...values).map((value): [string, string] => [name, value]),
        ),
      { minLength: 1, maxLength: 3 },
    ),
  },
);
