import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleMemo } from '#tests/factories/memo.ts';
import { canonicalText, memoSchema, parseMemo, type Memo } from './memo.ts';

const hashOf = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** The same, every object's keys turned round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, each]) => [key, turned(each)]));
}

/** The places of every text and number in a value. */
function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string' || typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]));
}

function replaced(
  value: unknown,
  [key, ...rest]: string[],
  by: (old: unknown) => unknown,
): unknown {
  if (key === undefined) return by(value);
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

describe('the text of a memo', () => {
  it('is the same whatever the order of its keys', () => {
    expect(canonicalText(turned(sampleMemo()) as Memo)).toBe(canonicalText(sampleMemo()));
  });

  it('reads back as the same memo, and gives the same text again', () => {
    const memo = sampleMemo();
    memo.opportunity.name = 'Ünïcode “x” 日本 \u2028 \ud800 <b>';
    const text = canonicalText(memo);
    expect(parseMemo(text)).toEqual(memo);
    expect(canonicalText(parseMemo(text) ?? sampleMemo())).toBe(text);
  });

  it('is that of a declined opportunity without a sheet too', () => {
    const bare = { ...sampleMemo(), assessment: null, sensitivity: null, recommendation: null };
    expect(parseMemo(canonicalText(bare))).toEqual(bare);
  });

  it('gives another hash after any change', () => {
    const memo = sampleMemo();
    const kept = hashOf(canonicalText(memo));
    const places = leaves(memo).filter((path) => path.join() !== 'format');
    const change = fc.tuple(fc.constantFrom(...places), fc.string({ minLength: 1 }), fc.nat(9));
    fc.assert(
      fc.property(change, ([path, more, digit]) => {
        const changed = replaced(memo, path, (old) =>
          typeof old === 'number' ? old + 1 + digit : `${String(old)}${more}`,
        );
        expect(hashOf(JSON.stringify(changed))).not.toBe(hashOf(JSON.stringify(memo)));
        const parsed = memoSchema.safeParse(changed);
        if (parsed.success) expect(hashOf(canonicalText(parsed.data))).not.toBe(kept);
      }),
    );
  });

  it.each([
    ['a fraction', 'score', 650.5],
    ['a number that is none', 'score', Number.NaN],
    ['a key that no memo has', 'mood', 'good'],
  ])('is refused with %s', (_what, key, value) => {
    const memo = sampleMemo();
    const assessment = { ...memo.assessment, [key]: value } as typeof memo.assessment;
    expect(() => canonicalText({ ...memo, assessment })).toThrow();
  });

  it.each(['', '{', 'null', '[]', '{"format":2}'])('is not read from %j', (text) => {
    expect(parseMemo(text)).toBeNull();
  });
});
