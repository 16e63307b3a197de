import { describe, expect, it } from 'vitest';
import { auditAddress } from './audit-address.ts';
import { auditFilterWords, parseAuditFilter } from './audit-filter.ts';

const parse = (query: string) => parseAuditFilter(new URLSearchParams(query));
const nothing = { kind: null, actor: null, subject: null, since: null, until: null, name: null };

describe('the filter of audit events', () => {
  it('is none where the address has none, or empty ones', () => {
    expect(parse('')).toEqual({ ok: true, filter: nothing, chosen: nothing });
    expect(parse('kind=&name=+')).toMatchObject({ filter: nothing });
  });

  it('reads a subject with and without an id', () => {
    expect(parse('subject=opportunity')).toMatchObject({
      filter: { subject: { type: 'opportunity', id: null } },
    });
    expect(parse('subject=holiday:2027-01-01')).toMatchObject({
      filter: { subject: { type: 'holiday', id: '2027-01-01' } },
    });
  });

  it.each([
    ['kind=role.stolen', 'kind of event'],
    ['actor=me', 'person'],
    ['subject=planet:1', 'subject'],
    ['since=2027-02-31', 'first day'],
    ['until=tomorrow', 'last day'],
    ['since=2027-02-02&until=2027-02-01', 'after the last'],
    [`name=${'x'.repeat(101)}`, 'name'],
  ])('refuses %s in words', (query, words) => {
    expect(parse(query)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it('is written as an address and in words', () => {
    const parsed = parse('kind=role.granted&since=2027-01-01');
    const chosen = parsed.ok ? parsed.chosen : nothing;
    expect(auditAddress(chosen)).toBe('/audit?kind=role.granted&since=2027-01-01');
    expect(auditAddress(nothing)).toBe('/audit');
    expect(auditFilterWords(chosen)).toBe('kind of event: role.granted; first day: 1 Jan 2027');
  });
});
