import fc from 'fast-check';
import { hostileHeaders } from './headers.ts';
import { hostileJson, hostileNames, hostileText } from './hostile.ts';
import type { Names } from './names.ts';

export const people = ['manager', 'head', 'architect', 'sales', 'newcomer', 'anonymous'] as const;
export type Person = (typeof people)[number];

/** How a value gets into an address: as a browser would write it, or as it stands. */
export type Spelling = 'encoded' | 'raw' | 'twice';
export type Pair = [name: string, value: string];

/** One request as it is decided on before anything is known of the answers. */
export interface Plan {
  person: Person;
  /** Which route of those there are. */
  route: number;
  /** For each parameter of the path: a value that exists somewhere (a number), or a hostile one. */
  parameters: (number | string)[];
  spelling: Spelling;
  data: 'page' | 'data' | 'data-of';
  method: string;
  query: Pair[];
  headers: [string, string][];
  body: Body;
}

export type Body =
  | { kind: 'none' }
  | { kind: 'form'; fields: Pair[] }
  /** A form the page itself shows, changed in some places. */
  | { kind: 'own-form'; which: number; button: number; changes: Change[]; extra: Pair[] }
  | { kind: 'files'; names: Pair[]; bytes: number }
  | { kind: 'json'; bytes: Buffer }
  | { kind: 'noise'; bytes: Buffer };
export interface Change {
  at: number;
  how: 'replace' | 'drop' | 'double' | 'append' | 'plausible';
  value: string;
}

/** What somebody might really type or choose, so that a request gets past the first question. */
const plausible = fc.constantFrom(
  ...[
    'GO',
    'NO_GO',
    'CONDITIONAL',
    'CONDITIONAL_GO',
    'FULL',
    'INCREMENTAL',
    'MANAGER',
    'SALES',
    'yes',
  ],
  ...[
    '2027-01-31',
    '2026-12-24',
    '3',
    '3.5',
    '0',
    '12',
    'SUBMITTED',
    'deal_value',
    'asc',
    'LEAVE_EMPTY',
  ],
  ...[
    'A reason that is long enough.',
    'Because of what we know of it, at some length.',
    'name',
    'off',
  ],
);
const value = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: plausible });

/** Any request of the kinds we know; deterministic for a seed. */
export function anyPlan(routes: number, names: Names): fc.Arbitrary<Plan> {
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...names.fields) },
    { weight: 1, arbitrary: fc.constantFrom(...hostileNames) },
  );
  const pairs = (most: number) =>
    fc
      .array(fc.tuple(name, value, fc.nat(9)), { maxLength: most })
      // Now and then the same name twice.
      .map((drawn) =>
        drawn.flatMap(([n, v, twice]): Pair[] =>
          twice === 0
            ? [
                [n, v],
                [n, 'x'],
              ]
            : [[n, v]],
        ),
      );
  return fc.record({
    person: fc.constantFrom<Person>('manager', 'manager', 'head', 'architect', ...people),
    route: fc.nat(routes - 1),
    parameters: fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.nat(997) }, { weight: 2, arbitrary: hostileText }),
      { minLength: 3, maxLength: 3 },
    ),
    spelling: fc.constantFrom<Spelling>('encoded', 'encoded', 'encoded', 'raw', 'twice'),
    data: fc.constantFrom('page', 'page', 'page', 'data', 'data-of'),
    method: fc.constantFrom(
      'GET',
      'GET',
      'GET',
      'HEAD',
      'POST',
      'POST',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
    ),
    query: pairs(4),
    headers: hostileHeaders,
    body: anyBody(names, pairs),
  });
}

function anyBody(names: Names, pairs: (most: number) => fc.Arbitrary<Pair[]>): fc.Arbitrary<Body> {
  const change = fc.record({
    at: fc.nat(60),
    how: fc.constantFrom<Change['how']>(
      'replace',
      'replace',
      'drop',
      'double',
      'append',
      'plausible',
    ),
    value,
  });
  const own = fc.record({
    kind: fc.constant('own-form' as const),
    which: fc.nat(30),
    button: fc.nat(10),
    changes: fc.array(change, { maxLength: 4 }),
    extra: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Pair[]>([]) },
      { weight: 1, arbitrary: pairs(3) },
    ),
  });
  const form = fc.tuple(fc.constantFrom(...names.intents), pairs(8)).map(([intent, fields]) => ({
    kind: 'form' as const,
    fields: [['intent', intent] as Pair, ...fields],
  }));
  const files = fc.record({
    kind: fc.constant('files' as const),
    names: pairs(3),
    bytes: fc.nat(4000),
  });
  return fc.oneof(
    { weight: 8, arbitrary: own },
    { weight: 5, arbitrary: form },
    { weight: 1, arbitrary: files },
    { weight: 3, arbitrary: hostileJson.map((bytes) => ({ kind: 'json' as const, bytes })) },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ maxLength: 80 })
        .map((bytes) => ({ kind: 'noise' as const, bytes: Buffer.from(bytes) })),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'none' as const }) },
  );
}
