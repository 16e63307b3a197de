import { describe, expect, it } from 'vitest';
import { attributes } from './attributes.ts';
import { Dataset } from './dataset.ts';
import { parseInstant } from './instants.ts';
import { type CrmRecord } from './record.ts';

const now = new Date('2026-03-10T09:00:00.000Z');

function build(opportunities: number, seed = 7, clock = () => now) {
  return new Dataset({ opportunities, seed, customFields: true, clock });
}

const share = (records: CrmRecord[], test: (record: CrmRecord) => boolean) =>
  records.filter(test).length / records.length;

describe('the generated pipeline', () => {
  const dataset = build(3000);
  const records = dataset.all();

  it('is the same for the same seed and another for another', () => {
    expect(build(50).all()).toEqual(build(50).all());
    expect(build(50, 8).all()).not.toEqual(build(50).all());
  });

  it('carries every described attribute and one that is not described', () => {
    const names = attributes(true).map(({ name }) => name);
    expect(Object.keys(records[0]!).sort()).toEqual([...names, 'PRINT'].sort());
  });

  it('leaves out the custom fields of a tenant without them', () => {
    const plain = new Dataset({ opportunities: 5, seed: 1, customFields: false, clock: () => now });
    expect(Object.keys(plain.all()[0]!).filter((name) => name.endsWith('_c'))).toEqual([]);
  });

  it('has unique identifiers and numbers, some beyond what a double holds', () => {
    const ids = records.map(({ OptyId }) => OptyId as bigint);
    expect(new Set(ids).size).toBe(3000);
    expect(new Set(records.map(({ OptyNumber }) => OptyNumber)).size).toBe(3000);
    expect(ids.every((id, index) => index === 0 || id > ids[index - 1]!)).toBe(true);
    expect(ids.some((id) => id > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
    expect(ids.some((id) => id < 100000001000000n)).toBe(true);
  });

  it('spells numbers and instants in all the ways the CRM does', () => {
    const numbers = records.map(({ OptyNumber }) => String(OptyNumber));
    for (const shape of [/^\d{7}$/, /^OPP_/, /^00/, /\//, /%/]) {
      expect(numbers.some((number) => shape.test(number))).toBe(true);
    }
    const stamps = records.map(({ LastUpdateDate }) => String(LastUpdateDate));
    for (const shape of [/\d\+00:00$/, /\.\d{3}\+00:00$/, /Z$/, /-07:00$/, /\+05:30$/]) {
      expect(stamps.some((stamp) => shape.test(stamp))).toBe(true);
    }
  });

  it('reads like a business: shares of states, owners, gaps and amounts', () => {
    expect(share(records, (record) => record.StatusCode === 'OPEN')).toBeGreaterThan(0.3);
    expect(share(records, (record) => record.StatusCode === 'WON')).toBeGreaterThan(0.1);
    const sam = share(records, (record) => record.EmailAddress === 'sales@example.test');
    expect(sam).toBeGreaterThan(0.01);
    expect(sam).toBeLessThan(0.035);
    for (const name of [
      'Practice_c',
      'GEO_c',
      'Revenue',
      'TargetPartyName',
      'EffectiveDate',
      'WinProb',
    ]) {
      expect(share(records, (record) => record[name] === null)).toBeGreaterThan(0);
    }
    expect(share(records, ({ Revenue }) => Revenue === 0)).toBeGreaterThan(0);
    expect(share(records, ({ Revenue }) => Number(Revenue) < 0)).toBeGreaterThan(0);
    expect(share(records, ({ Revenue }) => !Number.isInteger(Revenue ?? 0))).toBeGreaterThan(0.1);
  });

  it('has names that a screen may stumble over', () => {
    const names = records.map(({ Name }) => String(Name));
    for (const shape of [/<b>/, /'/, /\p{Script=Arabic}/u, /🚀/u, /^.{275}$/s]) {
      expect(
        names.some((name) => shape.test(name)),
        String(shape),
      ).toBe(true);
    }
  });

  it('never stamps the future, nor an update before the creation', () => {
    for (const { CreationDate, LastUpdateDate } of records) {
      const created = parseInstant(String(CreationDate))!;
      const updated = parseInstant(String(LastUpdateDate))!;
      expect(updated).toBeGreaterThanOrEqual(created);
      expect(updated).toBeLessThanOrEqual(now.getTime() * 1000);
    }
  });

  it('has more rows of one stamp than a page holds', () => {
    const counts = new Map<number, number>();
    for (const { LastUpdateDate } of records) {
      const stamp = parseInstant(String(LastUpdateDate))!;
      counts.set(stamp, (counts.get(stamp) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeGreaterThan(499);
  });
});

describe('changes to the dataset', () => {
  it('stamp what they touch with the clock, and only that', () => {
    const dataset = build(20);
    const [first, second] = dataset.all() as [CrmRecord, CrmRecord];
    dataset.update(first.OptyId as bigint, {
      Name: 'Renamed',
      OwnerResourcePartyId: '300000041122334499',
    });
    expect(dataset.get(first.OptyId as bigint)).toEqual({
      ...first,
      Name: 'Renamed',
      OwnerResourcePartyId: 300000041122334499n,
      LastUpdateDate: '2026-03-10T09:00:00.000+00:00',
      OptyLastUpdateDate: '2026-03-10T09:00:00.000+00:00',
    });
    dataset.update(second.OptyId as bigint, { Comments: 'x' }, { touch: false });
    expect(dataset.get(second.OptyId as bigint)?.LastUpdateDate).toBe(second.LastUpdateDate);
  });

  it('insert, remove, hide and show count as they should', () => {
    const dataset = build(10);
    const id = dataset.insert({ Name: 'Mine', Revenue: null });
    expect(dataset.get(String(id))).toMatchObject({ OptyId: id, Name: 'Mine', Revenue: null });
    expect(dataset.size).toBe(11);
    dataset.hide(id);
    expect(dataset.size).toBe(10);
    dataset.show(id);
    dataset.remove(id);
    expect(dataset.size).toBe(10);
    expect(dataset.get(id)).toBeUndefined();
    expect(() => dataset.update(id, {})).toThrow(RangeError);
  });

  it('evolve moves the pipeline and stamps every change', () => {
    let clock = now;
    const dataset = build(300, 7, () => clock);
    const before = new Map(dataset.all().map((record) => [record.OptyId, record]));
    clock = new Date('2026-03-11T00:00:00.000Z');
    const counts = dataset.evolve(400);
    const after = dataset.all();
    const changed = after.filter((record) => {
      const was = before.get(record.OptyId!);
      return (
        !was ||
        JSON.stringify({ ...was, OptyId: 0 }, plain) !==
          JSON.stringify({ ...record, OptyId: 0 }, plain)
      );
    });
    expect(after.length).toBe(300 + counts.appeared - counts.deleted);
    expect(Math.min(counts.appeared, counts.advanced, counts.won, counts.lost)).toBeGreaterThan(0);
    expect(changed.length).toBeGreaterThan(100);
    for (const { LastUpdateDate } of changed) {
      expect(LastUpdateDate).toBe('2026-03-11T00:00:00.000+00:00');
    }
  });
});

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
