import { describe, expect, it } from 'vitest';
import { judgeDescription } from './probe-description.ts';
import { judgeCap, judgeKeyset, judgeVersions, type Finding } from './probe-findings.ts';
import {
  judgeLiteral,
  literalForms,
  pivotOf,
  readLiteral,
  type LiteralOutcome,
} from './probe-literal.ts';
import { judgeScope, type ScopeFacts } from './probe-scope.ts';

const settingsOf = (findings: Finding[]) =>
  Object.assign({}, ...findings.map(({ settings }) => settings)) as Record<string, string>;
const blocked = (findings: Finding[]) => findings.some(({ blocks }) => blocks);

describe('the probe judges', () => {
  it.each<[string, string, number, number[], Record<string, string>]>([
    ['all as set', '11.13.18.05', 4, [1, 2, 3, 4, 9], {}],
    ['no word on frameworks', '11.13.18.05', 4, [], {}],
    ['another version', '11.13.19.01', 4, [4], { ORACLE_API_VERSION: '11.13.18.05' }],
    ['the latest by its alias', 'latest', 4, [4], {}],
    ['a framework too high', '11.13.18.05', 9, [1, 2, 3], { ORACLE_FRAMEWORK_VERSION: '3' }],
    ['only high frameworks', '11.13.18.05', 4, [7, 8], { ORACLE_FRAMEWORK_VERSION: '7' }],
  ])('versions: %s', (_case, apiVersion, frameworkVersion, allowedFrameworks, settings) => {
    const offered = [{ version: '11.13.18.05', isLatest: true, allowedFrameworks }];
    expect(settingsOf(judgeVersions(offered, { apiVersion, frameworkVersion }))).toEqual(settings);
  });

  it.each<[string, bigint[], bigint[], boolean, string]>([
    ['rising', [1n, 2n], [3n, 4n], false, 'sure'],
    ['rising, one page', [1n, 2n], [], false, 'likely'],
    ['falling', [2n, 1n], [3n], true, 'sure'],
    ['a filter ignored', [1n, 2n], [1n, 2n], true, 'sure'],
    ['nothing', [], [], false, 'not known'],
  ])('the keyset: %s', (_case, first, second, blocks, sure) => {
    const finding = judgeKeyset(first, second);
    expect([blocked([finding]), finding.sure]).toEqual([blocks, sure]);
  });

  it.each<[string, number | null, Record<string, string>]>([
    ['taken', 499, { ORACLE_PAGE_SIZE: '499' }],
    ['cut', 100, { ORACLE_PAGE_SIZE: '100' }],
    ['more than asked', 500, { ORACLE_PAGE_SIZE: '499' }],
    ['not said', null, {}],
  ])('the page size: %s', (_case, echoed, settings) => {
    expect(settingsOf([judgeCap(499, echoed, 499)])).toEqual(settings);
  });

  const day = 24 * 60 * 60 * 1000;
  const at = (id: number, days: number) => ({ id: BigInt(id), stamp: days * day });
  const sample = [at(1, 10), at(2, 1), at(3, 12), at(4, 2)];

  it.each<[string, { id: bigint; stamp: number }[], number, LiteralOutcome]>([
    ['just what is due', [at(1, 10), at(3, 12)], 0, 'right'],
    ['and reaches further', [at(1, 10), at(3, 12), at(9, 11)], 0, 'right'],
    ['everything', sample, 0, 'ignored'],
    ['too little', [at(3, 12)], 0, 'shifted'],
    ['a few hours too much', [at(1, 10), at(3, 12), at(4, 9.8)], 0, 'shifted'],
    ['a few hours too much, of a date', [at(1, 10), at(3, 12), at(4, 9.8)], day / 2, 'right'],
    ['nothing', [], 0, 'not known'],
  ])('a filter that answers %s', (_case, answered, tolerance, outcome) => {
    expect(readLiteral(sample, answered, 10 * day, tolerance)).toBe(outcome);
  });

  it('asks from where half of the sample lies after it', () => {
    expect(pivotOf(sample)).toEqual(new Date(10 * day));
    expect(pivotOf([at(1, 3), at(2, 3)])).toBeNull();
    expect(pivotOf([])).toBeNull();
  });

  it.each<[LiteralOutcome, LiteralOutcome, string | undefined, boolean]>([
    ['right', 'right', 'timestamp', false],
    ['rejected', 'right', 'date', false],
    ['shifted', 'right', 'date', false],
    ['ignored', 'not known', 'date', false],
    ['rejected', 'rejected', undefined, true],
    ['ignored', 'ignored', undefined, true],
  ])('timestamps that are %s and dates that are %s', (timestamp, date, setting, blocks) => {
    const outcomes = literalForms.map((form) => ({
      form,
      outcome: form.setting === 'date' ? date : timestamp,
    }));
    const findings = judgeLiteral(outcomes);
    expect([settingsOf(findings).ORACLE_DELTA_LITERAL, blocked(findings)]).toEqual([
      setting,
      blocks,
    ]);
  });

  const shown = (total: number | null, atLeast = 25) => ({ total, atLeast });
  const facts: ScopeFacts = {
    bare: shown(2000),
    won: shown(400),
    owners: 9,
    known: null,
    finders: [{ finder: 'Narrow', shown: shown(1900) }],
  };

  it.each<[string, Partial<ScopeFacts>, Record<string, string>, RegExp]>([
    ['everything', {}, {}, /Closed opportunities are shown/],
    [
      'more through a finder',
      { finders: [...facts.finders, { finder: 'Wide', shown: shown(2600) }] },
      { ORACLE_FINDER: 'Wide' },
      /not everything is shown/,
    ],
    ['nothing won', { won: shown(0, 0) }, {}, /closed ones are kept from us/],
    ['no totals', { bare: shown(null, 25), won: null, finders: [] }, {}, /at least 25/],
    ['one owner', { owners: 1 }, {}, /have one owner/],
    ['a foreign one', { known: { number: 'A/1', found: true } }, {}, /A\/1 is shown to us/],
    ['a foreign one not', { known: { number: 'A/1', found: false } }, {}, /is not shown to us/],
  ])('the scope: %s', (_case, change, settings, words) => {
    const findings = judgeScope({ ...facts, ...change });
    expect(settingsOf(findings)).toEqual(settings);
    expect(findings.map((finding) => finding.words).join('\n')).toMatch(words);
  });

  const attribute = (name: string, queryable = true) => ({ name, type: 'string', queryable });
  const fields = { practice: 'Practice_c', geo: 'GEO_c', region: null, sector: null };

  it.each<[string, ReturnType<typeof attribute>[], Record<string, string>, boolean]>([
    ['what we need', ['OptyId', 'LastUpdateDate'].map((name) => attribute(name)), {}, false],
    ['OptyId closed', [attribute('OptyId', false), attribute('LastUpdateDate')], {}, true],
    ['no watermark', [attribute('OptyId')], {}, true],
    [
      'another name for the practice',
      ['OptyId', 'LastUpdateDate', 'SI_Practice_c', 'Region_c'].map((name) => attribute(name)),
      { ORACLE_PRACTICE_FIELD: 'SI_Practice_c', ORACLE_REGION_FIELD: 'Region_c' },
      false,
    ],
    [
      'several names for the region',
      ['OptyId', 'LastUpdateDate', 'RegionA_c', 'RegionB_c'].map((name) => attribute(name)),
      {},
      false,
    ],
  ])('the description: %s', (_case, attributes, settings, blocks) => {
    const findings = judgeDescription({ attributes, finders: [] }, { fields });
    expect([settingsOf(findings), blocked(findings)]).toEqual([settings, blocks]);
  });
});
