import type { OracleConfig } from './config.ts';

/** One page of a walk in the order of OptyId: everything above `after`, changed since `since` if given. */
export interface PageQuery {
  after: bigint;
  since: Date | null;
  limit: number;
  /** How many records above `after` to pass over; not 0 only past records without a usable OptyId. */
  offset: number;
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

/** The filter in the grammar of the framework version. */
export function filterOf(
  { after, since }: Pick<PageQuery, 'after' | 'since'>,
  frameworkVersion: number,
) {
  if (frameworkVersion === 1) {
    return since ? `OptyId>${after};LastUpdateDate>=${dateLiteral(since)}` : `OptyId>${after}`;
  }
  const id = `OptyId > ${after}`;
  return since ? `${id} AND LastUpdateDate >= '${dateLiteral(since)}'` : id;
}

/** The address of a page. A space becomes %20: whether the CRM reads `+` as one is not known. */
export function pageUrl(config: OracleConfig, query: PageQuery): string {
  const parameters = {
    ...(config.finder && { finder: config.finder }),
    q: filterOf(query, config.frameworkVersion),
    orderBy: 'OptyId:asc',
    limit: String(query.limit),
    offset: String(query.offset),
    onlyData: 'true',
  };
  const search = Object.entries(parameters).map(
    ([key, value]) => `${key}=${encodeURIComponent(value)}`,
  );
  const version = encodeURIComponent(config.apiVersion);
  return `${config.baseUrl}/crmRestApi/resources/${version}/opportunities?${search.join('&')}`;
}
