import { describe, expect, it } from 'vitest';
import { dateLiteral, filterOf, pageUrl } from './query.ts';
import { oracleConfig } from './config.ts';

const since = new Date('2026-03-01T00:10:00Z');

describe('the query of a page', () => {
  it('speaks query-by-example to framework version 1 and row match to later ones', () => {
    const place = { after: 300000041122372646n, since };
    expect(filterOf(place, { frameworkVersion: 1 })).toBe(
      'OptyId>300000041122372646;LastUpdateDate>=2026-02-28',
    );
    expect(filterOf(place, { frameworkVersion: 4 })).toBe(
      `OptyId > 300000041122372646 AND LastUpdateDate >= '2026-02-28'`,
    );
    expect(filterOf({ after: 0n, since: null }, { frameworkVersion: 1 })).toBe('OptyId>0');
    expect(filterOf({ after: 0n, since: null }, { frameworkVersion: 9 })).toBe('OptyId > 0');
  });

  it('asks a day more than needed, since the time zone of a date is not known', () => {
    expect(dateLiteral(new Date('2026-01-01T23:59:59Z'))).toBe('2025-12-31');
  });

  it('asks for the point in time where the CRM is known to take one', () => {
    const place = { after: 5n, since: new Date('2026-03-01T00:10:00.789Z') };
    const literal = '2026-03-01T00:10:00+00:00';
    expect(filterOf(place, { frameworkVersion: 1, deltaLiteral: 'timestamp' })).toBe(
      `OptyId>5;LastUpdateDate>=${literal}`,
    );
    expect(filterOf(place, { frameworkVersion: 4, deltaLiteral: 'timestamp' })).toBe(
      `OptyId > 5 AND LastUpdateDate >= '${literal}'`,
    );
  });

  it('encodes spaces as %20 and pairs the finder with the filter', () => {
    const config = oracleConfig({
      ORACLE_BASE_URL: 'https://crm.example.test',
      ORACLE_USERNAME: 'someone',
      ORACLE_PASSWORD: 'secret',
      ORACLE_API_VERSION: '11.13.18.05',
      ORACLE_FRAMEWORK_VERSION: 4,
      ORACLE_PAGE_SIZE: 499,
      ORACLE_CONCURRENCY: 2,
      ORACLE_DELTA_LITERAL: 'date',
      ORACLE_TIMEOUT_SECONDS: 90,
      ORACLE_FINDER: "MyOpportunitiesFinder;RecordSet='ALLOPTIES'",
      ORACLE_PRACTICE_FIELD: 'Practice_c',
      ORACLE_GEO_FIELD: 'GEO_c',
    });
    const url = pageUrl(config, { after: 0n, since: null, limit: 499, offset: 0 });
    expect(url).toBe(
      "https://crm.example.test/crmRestApi/resources/11.13.18.05/opportunities?finder=MyOpportunitiesFinder%3BRecordSet%3D'ALLOPTIES'" +
        '&q=OptyId%20%3E%200&orderBy=OptyId%3Aasc&limit=499&offset=0&onlyData=true',
    );
    expect(url).not.toContain('secret');
  });
});
