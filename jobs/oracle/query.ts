import type { OracleConfig } from './config.ts';

/** One page of a walk in the order of OptyId: everything above `after`, changed in the window if there is one. */
export interface PageQuery {
  after: bigint;
  since: Date | null;
  /** Nothing changed at this time or later is asked for; absent: no end. */
  until?: Date | null;
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

/** The date to end a window before, which for the same reasons lies a whole day beyond `until`. */
export function endLiteral(until: Date): string {
  return new Date(until.getTime() + 2 * day - 1).toISOString().slice(0, 10);
}

/** The point in time to ask a delta from, where the CRM is known to take one. */
function timestampLiteral(since: Date): string {
  return `${since.toISOString().slice(0, 19)}+00:00`;
}

/**
 * The filter in the grammar of the framework version. Version 1 repeats the operator but not the attribute
 * where two conditions are about the same one.
 */
export function filterOf(
  { after, since, until }: Pick<PageQuery, 'after' | 'since' | 'until'>,
  {
    frameworkVersion,
    deltaLiteral,
  }: Pick<OracleConfig, 'frameworkVersion'> & Partial<Pick<OracleConfig, 'deltaLiteral'>>,
) {
  // A window of whole days is asked for by days, whatever a delta is asked from.
  const literal = deltaLiteral === 'timestamp' && !until ? timestampLiteral : dateLiteral;
  const from = since && literal(since);
  const end = until && endLiteral(until);
  if (frameworkVersion === 1) {
    const bounds = [from && `>=${from}`, end && `<${end}`].filter(Boolean).join(' and ');
    return [`OptyId>${after}`, bounds && `LastUpdateDate${bounds}`].filter(Boolean).join(';');
  }
  return [
    `OptyId > ${after}`,
    from && `LastUpdateDate >= '${from}'`,
    end && `LastUpdateDate < '${end}'`,
  ]
    .filter(Boolean)
    .join(' AND ');
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

/** The address of the collection, without parameters. */
export function collectionUrl(config: OracleConfig): string {
  const version = encodeURIComponent(config.apiVersion);
  return `${config.baseUrl}/crmRestApi/resources/${version}/opportunities`;
}
