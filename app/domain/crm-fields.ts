/** What a tenant calls the attributes that each names itself; null where it has none. */
export interface TenantFields {
  practice: string;
  geo: string;
  region: string | null;
  sector: string | null;
}

/** One column of an opportunity: what it is, what rests on it, which attributes of the CRM feed it. */
export interface MappedField {
  column: string;
  /** What people call it. */
  name: string;
  /** What rests on it here, in words that follow "it feeds". */
  feeds: string;
  /** The CRM's names; several where a later one stands in for an earlier one. Empty: not configured. */
  attributes: readonly string[];
  /** Whether a sync makes sense without it. */
  dispensable: boolean;
  /** The setting that names the attribute, for those a tenant names itself. */
  setting?: string;
}

type Row = [column: string, name: string, attributes: string, feeds: string];

const standard: Row[] = [
  ['remote_id', 'OptyId', 'OptyId', 'the identity of every opportunity and the order of the sync'],
  [
    'remote_number',
    'number',
    'OptyNumber',
    'page addresses, search, and asking the CRM for a single record',
  ],
  ['name', 'name', 'Name', 'every list, search and memo'],
  ['customer', 'account', 'TargetPartyName', 'lists, search and filters by account'],
  ['deal_value', 'amount', 'Revenue', 'totals, stale assessments and the fast track'],
  ['currency', 'currency', 'CurrencyCode', 'totals, which are kept apart by currency'],
  ['win_probability', 'CRM win probability', 'WinProb', 'lists and the facts beside a sheet'],
  ['sales_owner', 'sales owner', 'PartyName1', 'lists, filters and who is told of a decision'],
  [
    'sales_owner_email',
    'sales owner’s e-mail',
    'EmailAddress',
    'which opportunities sales may see',
  ],
  ['stage', 'sales stage', 'SalesStage', 'filters and stale assessments'],
  ['crm_status', 'CRM status', 'StatusCode', 'the closing and reopening of opportunities'],
  ['close_date', 'close date', 'EffectiveDate', 'the order of worklists and stale assessments'],
  [
    'crm_created_at',
    'created in CRM',
    'CreationDate OptyCreationDate',
    'age and the order of lists',
  ],
  [
    'crm_updated_at',
    'updated in CRM',
    'LastUpdateDate OptyLastUpdateDate',
    'the watermark and what an incremental sync asks for',
  ],
];

const own: [column: keyof TenantFields, name: string, setting: string, feeds: string][] = [
  [
    'practice',
    'practice',
    'ORACLE_PRACTICE_FIELD',
    'who sees an opportunity and who may assign it',
  ],
  ['geo', 'GEO', 'ORACLE_GEO_FIELD', 'filters and reports by GEO'],
  ['region', 'region', 'ORACLE_REGION_FIELD', 'filters by region'],
  ['sector', 'sector', 'ORACLE_SECTOR_FIELD', 'filters by sector'],
];

/** Every column the sync maps, with what it comes from in this tenant and what rests on it. */
export function mappedFields(tenant: TenantFields): MappedField[] {
  return [
    ...standard.map(([column, name, attributes, feeds]) => ({
      column,
      name,
      feeds,
      attributes: attributes.split(' '),
      dispensable: column !== 'remote_id',
    })),
    ...own.map(([column, name, setting, feeds]) => ({
      column,
      name,
      feeds,
      setting,
      dispensable: true,
      attributes: tenant[column] === null ? [] : [tenant[column]],
    })),
  ];
}
