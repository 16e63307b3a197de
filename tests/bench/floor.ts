import pg from 'pg';
import { numberToken, type SentRecord } from '#jobs/oracle/json.ts';
import { opportunityPages, type PageSource } from '#jobs/oracle/pages.ts';
import { copyIn, copyLine } from '#jobs/sync/copy-in.ts';

/** The columns the sync fills, and where in the record each is found. */
const columns = {
  remote_number: 'OptyNumber',
  name: 'Name',
  customer: 'TargetPartyName',
  practice: 'Practice_c',
  geo: 'GEO_c',
  currency: 'CurrencyCode',
  win_probability: 'WinProb',
  sales_owner: 'PartyName1',
  sales_owner_email: 'EmailAddress',
  stage: 'SalesStage',
  crm_status: 'StatusCode',
  close_date: 'EffectiveDate',
  crm_created_at: 'CreationDate',
  crm_updated_at: 'LastUpdateDate',
};
const names = ['remote_id', 'deal_value', 'raw', 'content_hash', ...Object.keys(columns)].join(
  ', ',
);

/**
 * The least a copy takes: drain the same pages, parse, COPY them as they are, then one statement that
 * merges all into the table of the product. Nothing is checked, hashed, resumable or in quarantine.
 */
export async function floor(url: string, source: PageSource): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(
    `CREATE UNLOGGED TABLE staging AS SELECT ${names} FROM opportunities WITH NO DATA;
     ALTER TABLE staging ALTER COLUMN raw SET STORAGE EXTERNAL`,
  );
  let count = 0;
  const walk = { after: 0n, since: null, signal: new AbortController().signal };
  for await (const page of opportunityPages(source, walk)) {
    await copyIn(client, `COPY staging (${names}) FROM STDIN`, page.records.map(lineOf).join(''));
    count += page.records.length;
  }
  await client.query(
    `INSERT INTO opportunities (${names}) SELECT ${names} FROM staging
     ON CONFLICT (remote_id) DO UPDATE SET raw = EXCLUDED.raw`,
  );
  await client.query('DROP TABLE staging');
  await client.end();
  return count;
}

function lineOf({ text, value }: SentRecord): string {
  const sent = value as Record<string, string | number | null>;
  const amount = sent.Revenue === null ? null : numberToken(text, 'Revenue');
  const rest = Object.values(columns).map((name) => sent[name] ?? null);
  return copyLine([numberToken(text, 'OptyId'), amount, text, '\\x', ...rest]);
}
