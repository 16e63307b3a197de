import fc from 'fast-check';

/** Marks that must never come back as an element, an attribute or a header. */
export const probe = 'bqs-probe';
export const markups = [
  `<${probe} x="1">'"`,
  `"'><${probe}>`,
  `"' ${probe}=1 x="`,
  `' ${probe}=1 x='`,
  `</script><${probe}>`,
  `</textarea></title></style><${probe}>`,
  `<!--><${probe}>--!>`,
  `javascript:${probe}`,
  `&lt;${probe}&gt;&#60;${probe}&#62;`,
];

const injections = [
  ...[`' OR '1'='1`, `'; DROP TABLE users; --`, `1) UNION SELECT NULL,NULL--`, `$$; $1 $2`, `\\'`],
  ...[`' || pg_sleep(20) || '`, `1; SELECT pg_sleep(20)`, `%' ESCAPE '`, `a\\`, `E'\\x00'`],
  ...['{{7*7}}', '${7*7}', '<%= 7*7 %>', '#{7*7}', '{{constructor.constructor("return 1")()}}'],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '[object Object]'],
  ...['=HYPERLINK("http://x.test")', '@SUM(1)', '+1+1', '-1+1', '\t=1', '\r=1'],
  ...['(&(uid=*))', '*', '%', '_', '%_%', '\\', '\\%', '.*', '(a+)+$', `${'a'.repeat(60)}!`],
];

const paths = [
  ...['..', '../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e', '%252e%252e%252f', '.'],
  ...['..\\..\\windows\\win.ini', '/etc/passwd', '//evil.test', '///evil.test', '/\\evil.test'],
  ...['https://evil.test/', 'http:evil.test', '\\\\evil.test', '/.ory/admin', '/%09/evil.test'],
  ...['file:///etc/passwd', 'http://127.0.0.1:9/', 'http://169.254.169.254/', '/..//evil.test'],
];

const texts = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\u0001',
    '\u007f',
    '\u2028',
    '\ufeff',
    '\u202eevil',
    '\ud800',
    'e\u0301',
  ],
  ...[
    '\r\nX-Bqs-Probe: 1',
    '%0d%0aX-Bqs-Probe:%201',
    '\nSet-Cookie: bqs-probe=1',
    '\u560d\u560aX: 1',
  ],
  ...['💥', '𝕏', 'İ', 'ß', '\u00a0', '\u200b', 'Ω'.repeat(300), 'a'.repeat(301), 'x'.repeat(9000)],
  ...['null', 'undefined', 'true', 'NaN', 'on', '[]', '{}', '{"a":1}', '[1,2]'],
];

const numbers = [
  ...['0', '-0', '-1', '1', '00', '1.5', '1e3', '1e999', '0x10', '١', ' 1', '1 ', '+1', '1_000'],
  ...['2147483647', '2147483648', '9007199254740993', '9223372036854775807', '9223372036854775808'],
  ...[
    '99999999999999999999',
    '-9223372036854775809',
    '9'.repeat(400),
    '0.1',
    '-0.0000001',
    'Infinity',
  ],
];

const days = [
  ...[
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '2026-02-30',
    '2026-13-01',
    '-000001-01-01',
  ],
  ...[
    '2026-01-01T00:00:00Z',
    '275760-09-13',
    '+275760-09-13',
    '1970-01-01',
    'today',
    '2026-1-1',
    'epoch',
  ],
];

/** Texts that are meant to hurt, with some that nobody thought of. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...markups) },
  { weight: 4, arbitrary: fc.constantFrom(...injections) },
  { weight: 3, arbitrary: fc.constantFrom(...paths) },
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  { weight: 3, arbitrary: fc.constantFrom(...numbers) },
  { weight: 2, arbitrary: fc.constantFrom(...days) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.bigInt().map(String) },
);

/** Names of parameters and fields nobody reads, or reads wrongly. */
export const hostileNames = [
  ...[
    '__proto__',
    '__proto__[admin]',
    'constructor[prototype][admin]',
    'a[]',
    'a[0][b]',
    'toString',
  ],
  ...['_method', '_routes', '_data', 'index', '', ' ', 'hasOwnProperty', 'role', 'roles', 'userId'],
  ...['workflow_status', 'workflowStatus', 'actorId', 'isAdmin', 'id', '\0', `${'n'.repeat(500)}`],
];

/** Bodies that are sent where JSON is expected. */
export const hostileJson: fc.Arbitrary<Buffer> = fc.oneof(
  fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text)),
  fc.constantFrom(
    ...[
      ...['', ' ', 'null', 'true', '0', '""', '[]', '{', '{"mode"', "{'mode':'full'}", '\ufeff{}'],
      ...['{"mode":["full"]}', '{"mode":{"toString":"full"}}', '{"mode":"FULL"}', '{"mode":1e999}'],
      ...['{"mode":"full","mode":"none"}', '{"mode":"incremental","__proto__":{"mode":"full"}}'],
      ...[
        '{"role":"MANAGER","action":"grant","userId":"x"}',
        '{"role":["MANAGER"]}',
        '{"role":null}',
      ],
      ...[
        '{"__proto__":{"role":"MANAGER","roles":["MANAGER"]}}',
        '{"role":"MANAGER","action":null}',
      ],
      ...[
        '{"constructor":{"prototype":{"role":"SALES"}}}',
        '{"role":"SALES","action":"revoke","a":1}',
      ],
      ...[`{"role":"${markups[0]?.replaceAll('"', '\\"')}"}`, `{"mode":"\\ud800\\u0000"}`],
      ...[
        `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
        `{"a":${'{"a":'.repeat(9000)}1${'}'.repeat(9001)}`,
      ],
      ...[`{"mode":"${'x'.repeat(300_000)}"}`, `{"role":${'9'.repeat(5000)}}`],
    ].map((text) => Buffer.from(text)),
  ),
  fc
    .constantFrom('7b226d6f6465223a22ff22', 'fffe7b007d00', 'c0af', '7b2261223a00')
    .map((hex) => Buffer.from(hex, 'hex')),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
);
