import type { OracleConfig } from './config.ts';

/** One page of a walk in the order of OptyId: everything above `after`, changed since `since` if given. */
export interface PageQuery {
  after: bigint;
  since: Date | null;
  limit: number;
  /** How many records above `after` to pass over; not 0 only past records without a usable OptyId. */
  offset: number;
  /** Whether the answer is to tell how many records there are in all. */
  total?: boolean;
}

export type PlaceInWalk = Omit<PageQuery, 'limit'>;

const day = 24 * 60 * 60 * 1000;

/**
 * The date to ask a delta from. Only a date without time is known to work, and in which time zone
 * the CRM reads it is not, so a whole day more is read than needed.
 */
export function dateLiteral(since: Date): string {
  return new Date(since.getTime() - day).toISOString().slice(0, 10);
}

/** The point in time to ask a delta from, where the CRM is known to take one. */
export function timestampLiteral(since: Date): string {
  return `${since.toISOString().slice(0, 19)}+00:00`;
}

/** The filter in the grammar of the framework version. */
export function filterOf(
  { after, since }: Pick<PageQuery, 'after' | 'since'>,
  {
    frameworkVersion,
    deltaLiteral,
  }: Pick<OracleConfig, 'frameworkVersion'> & Partial<Pick<OracleConfig, 'deltaLiteral'>>,
) {
  const literal = deltaLiteral === 'timestamp' ? timestampLiteral : dateLiteral;
  if (frameworkVersion === 1) {
    return since ? `OptyId>${after};LastUpdateDate>=${literal(since)}` : `OptyId>${after}`;
  }
  const id = `OptyId > ${after}`;
  return since ? `${id} AND LastUpdateDate >= '${literal(since)}'` : id;
}

/** The address of a page. A space becomes %20: whether the CRM reads `+` as one is not known. */
export function pageUrl(config: OracleConfig, query: PageQuery): string {
  const parameters = {
    ...(config.finder && { finder: config.finder }),
    q: filterOf(query, config),
    orderBy: 'OptyId:asc',
    limit: String(query.limit),
    offset: String(query.offset),
    onlyData: 'true',
    ...(query.total && { totalResults: 'true' }),
  };
  const search = Object.entries(parameters).map(
    ([key, value]) => `${key}=${encodeURIComponent(value)}`,
  );
  return `${collectionUrl(config)}?${search.join('&')}`;
}

/** What one record is asked for by; one of the two at least. */
export interface RecordKey {
  remoteId: bigint | null;
  remoteNumber: string | null;
}

/**
 * The address of one record. Its key is the OptyNumber, whose reserved characters are escaped twice
 * from framework version 8 on; one without a number is looked for by its id.
 */
export function recordUrl(config: OracleConfig, { remoteId, remoteNumber }: RecordKey): string {
  if (!namesARecord(remoteNumber)) {
    const equals = config.frameworkVersion === 1 ? `OptyId=${remoteId}` : `OptyId = ${remoteId}`;
    return `${collectionUrl(config)}?q=${encodeURIComponent(equals)}&limit=1&onlyData=true`;
  }
  const once = encodeURIComponent(remoteNumber);
  const key = config.frameworkVersion >= 8 ? encodeURIComponent(once) : once;
  return `${collectionUrl(config)}/${key}?onlyData=true`;
}

/** Whether a number can stand in a path: dots alone would lead elsewhere, nothing to the collection. */
export function namesARecord(remoteNumber: string | null): remoteNumber is string {
  return remoteNumber !== null && !/^\.*$/.test(remoteNumber);
}

/** The address of the description, which takes no parameters. */
export function describeUrl(config: OracleConfig): string {
  return `${collectionUrl(config)}/describe`;
}

function collectionUrl(config: OracleConfig): string {
  const version = encodeURIComponent(config.apiVersion);
  return `${config.baseUrl}/crmRestApi/resources/${version}/opportunities`;
}
