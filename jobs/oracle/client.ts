import { setTimeout as pause } from 'node:timers/promises';
import { createAuthorization } from './authorization.ts';
import type { OracleConfig } from './config.ts';
import { faultOfStatus, OracleError, retriesAfter } from './errors.ts';
import { readCollection, type SentRecord } from './json.ts';
import { optyIdOf } from './map.ts';
import { pageUrl, type PlaceInWalk } from './query.ts';
import { politePace, waitBefore, type RetryPace } from './retry.ts';
import { exchange } from './transport.ts';

export interface OraclePage {
  records: SentRecord[];
  /** Highest OptyId on the page, or where it began when none could be read. */
  cursor: bigint;
  /** The CRM's clock when it answered. */
  serverDate: Date | null;
}

/** Told before each repeated try: what went wrong and how long we wait. */
export type OnRetry = (event: {
  message: string;
  waitMs: number;
  attempt: number;
  pageSize: number;
}) => void;

export interface OracleClient {
  /** The page above `after`, empty at the end. Throws OracleError once trying again is no use. */
  page(query: PlaceInWalk, signal: AbortSignal): Promise<OraclePage>;
}

const smallestPage = 25;

export function createOracleClient(
  config: OracleConfig,
  options: { pace?: RetryPace; onRetry?: OnRetry } = {},
): OracleClient {
  const pace = options.pace ?? politePace;
  const authorization = createAuthorization(config.credentials, config.timeoutMs);
  let pageSize = config.pageSize;

  async function attempt(query: PlaceInWalk, signal: AbortSignal): Promise<OraclePage> {
    const url = pageUrl(config, { ...query, limit: pageSize });
    const call = async () => {
      const headers = { ...standing(config), authorization: await authorization.header(signal) };
      return exchange({ url, headers, timeoutMs: config.timeoutMs, signal });
    };
    let answer = await call();
    if (answer.status === 401 && authorization.renew()) answer = await call();
    if (answer.status !== 200) {
      const fault =
        faultOfStatus(answer.status, detailOf(answer.text)) ?? unexpectedStatus(answer.status);
      throw new OracleError(fault.fault, fault.message, answer);
    }
    const records = recordsOf(answer.text);
    return { records, cursor: checkedCursor(records, query.after), serverDate: answer.serverDate };
  }

  return {
    async page(query, signal) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(query, signal);
        } catch (error) {
          if (!(error instanceof OracleError) || tries > retriesAfter(error.fault)) throw error;
          // What a page costs the CRM grows with its length; a shorter one may come through.
          if (error.fault === 'timeout')
            pageSize = Math.min(pageSize, Math.max(smallestPage, pageSize >> 1));
          const waitMs = waitBefore(tries, error.retryAfterMs, pace);
          options.onRetry?.({ message: error.message, waitMs, attempt: tries, pageSize });
          await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
        }
      }
    },
  };
}

function standing(config: OracleConfig) {
  return {
    accept: 'application/json, application/vnd.oracle.adf.error+json',
    'rest-framework-version': String(config.frameworkVersion),
  };
}

function recordsOf(text: string): SentRecord[] {
  try {
    return readCollection(text).records;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const looksLike = /^\s*</.test(text)
      ? 'a web page, most likely a login form'
      : 'broken or unexpected JSON';
    throw new OracleError(
      'unexpected-body',
      `The CRM answered 200 with ${looksLike} instead of opportunities.`,
    );
  }
}

/** Refuses a page whose ids do not rise from `after`: such a server ignores the query, and a walk would skip rows. */
function checkedCursor(records: SentRecord[], after: bigint): bigint {
  let cursor = after;
  for (const record of records) {
    const id = optyIdOf(record);
    if (id === null) continue;
    if (id <= cursor) {
      throw new OracleError(
        'out-of-order',
        `The CRM sent OptyId ${id} after ${cursor}: it ignores the order or the filter we ask for.`,
      );
    }
    cursor = id;
  }
  return cursor;
}

function unexpectedStatus(status: number): OracleError {
  return new OracleError(
    'unexpected-body',
    `The CRM answered ${status} where it should answer 200.`,
  );
}

/** One line of what the CRM says was wrong: plain text up to framework version 3, structured after. */
function detailOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('<')) return null;
  const detail =
    structuredDetail(trimmed) ?? (trimmed.startsWith('{') ? null : trimmed.split('\n')[0]!);
  return detail?.slice(0, 300).replace(/[.\s]+$/, '') || null;
}

function structuredDetail(text: string): string | null {
  const found =
    /"detail"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text) ??
    /"title"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text);
  return found && text.startsWith('{') ? (JSON.parse(found[1]!) as string) : null;
}
