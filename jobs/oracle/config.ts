import type { Environment } from '#app/lib/environment.ts';

/** CRM names of the attributes each tenant calls differently; null where it has none. */
export interface FieldNames {
  practice: string;
  geo: string;
  region: string | null;
  sector: string | null;
}

export type Credentials =
  | { kind: 'basic'; username: string; password: string }
  | {
      kind: 'oauth';
      tokenUrl: string;
      clientId: string;
      clientSecret: string;
      scope: string;
    };

export interface OracleConfig {
  baseUrl: string;
  credentials: Credentials;
  apiVersion: string;
  /** REST-Framework-Version: 1 speaks query-by-example, 2 and later row match. */
  frameworkVersion: number;
  /** Whether a delta asks from a whole day or from a point in time. */
  deltaLiteral: 'date' | 'timestamp';
  pageSize: number;
  /** Pages under way at once in a sweep, each in a key range of its own. */
  concurrency: number;
  timeoutMs: number;
  /** `Name;var1=value,var2=value`, combined with every query; null for the bare collection. */
  finder: string | null;
  fields: FieldNames;
}

/** The scope Oracle gives to all of its resources. */
const everyResource = 'urn:opc:resource:consumer::all';

type Settings = Pick<Environment, Extract<keyof Environment, `ORACLE_${string}`>>;

/** How to reach the CRM, from settings that are already checked. OAuth wins where both are given. */
export function oracleConfig(env: Settings): OracleConfig {
  return {
    baseUrl: env.ORACLE_BASE_URL,
    credentials: credentialsOf(env),
    apiVersion: env.ORACLE_API_VERSION,
    frameworkVersion: env.ORACLE_FRAMEWORK_VERSION,
    deltaLiteral: env.ORACLE_DELTA_LITERAL,
    pageSize: env.ORACLE_PAGE_SIZE,
    concurrency: env.ORACLE_CONCURRENCY,
    timeoutMs: env.ORACLE_TIMEOUT_SECONDS * 1000,
    finder: env.ORACLE_FINDER ?? null,
    fields: {
      practice: env.ORACLE_PRACTICE_FIELD,
      geo: env.ORACLE_GEO_FIELD,
      region: env.ORACLE_REGION_FIELD ?? null,
      sector: env.ORACLE_SECTOR_FIELD ?? null,
    },
  };
}

function credentialsOf(env: Settings): Credentials {
  const { ORACLE_TOKEN_URL, ORACLE_CLIENT_ID, ORACLE_CLIENT_SECRET } = env;
  if (ORACLE_TOKEN_URL && ORACLE_CLIENT_ID && ORACLE_CLIENT_SECRET) {
    return {
      kind: 'oauth',
      tokenUrl: ORACLE_TOKEN_URL,
      clientId: ORACLE_CLIENT_ID,
      clientSecret: ORACLE_CLIENT_SECRET,
      scope: env.ORACLE_SCOPE ?? everyResource,
    };
  }
  return {
    kind: 'basic',
    username: env.ORACLE_USERNAME ?? '',
    password: env.ORACLE_PASSWORD ?? '',
  };
}
