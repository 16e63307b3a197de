import { createCaller, type CallOptions } from './call.ts';
import type { FieldNames, OracleConfig } from './config.ts';
import { readDescription, type Description } from './description.ts';
import { OracleError } from './errors.ts';
import { readCollection, readRecord, type SentRecord } from './json.ts';
import { optyIdOf } from './map.ts';
import {
  describeUrl,
  namesARecord,
  pageUrl,
  recordUrl,
  type PlaceInWalk,
  type RecordKey,
} from './query.ts';

export type { OnRetry } from './call.ts';

export interface OraclePage {
  records: SentRecord[];
  /** Highest OptyId on the page, or where it began when none could be read. */
  cursor: bigint;
  /** The CRM's clock when it answered. */
  serverDate: Date | null;
}

/** What one record far into the collection tells of it; both may be wrong. */
export interface Glance {
  id: bigint | null;
  total: number | null;
}

export interface OracleClient {
  /** What this tenant calls its own attributes. */
  readonly fields: FieldNames;
  /** Records asked for on a page; the CRM may send fewer. */
  readonly pageSize: number;
  /** The page above `after`, empty at the end. Throws OracleError once trying again is no use. */
  page(query: PlaceInWalk, signal: AbortSignal): Promise<OraclePage>;
  /**
   * The OptyId so many records into the collection, and how many there are: an estimate, asked for once
   * and not waited for long, to divide a walk by. Throws OracleError, or what the signal aborts with.
   */
  glance(offset: number, signal: AbortSignal): Promise<Glance>;
  /**
   * One record by its own key; null where the CRM has none to show. A number that another opportunity
   * carries by now counts as none. Throws OracleError.
   */
  record(key: RecordKey, signal: AbortSignal): Promise<SentRecord | null>;
  /**
   * The attributes of opportunities, as the CRM describes them. However often it is tried, half a minute
   * is the most it takes: a sweep waits for it. Throws OracleError.
   */
  describe(signal: AbortSignal): Promise<Description>;
}

const smallestPage = 25;
const describeWithinMs = 30_000;
/** A walk that is not divided only takes longer; the CRM may need long to count. */
const glanceMs = 15_000;

export function createOracleClient(config: OracleConfig, options: CallOptions = {}): OracleClient {
  const caller = createCaller(config, options);
  let pageSize = config.pageSize;

  async function page(query: PlaceInWalk, signal: AbortSignal): Promise<OraclePage> {
    const answer = await caller.get(pageUrl(config, { ...query, limit: pageSize }), signal);
    const records = parsed(answer.text, (text) => readCollection(text).records);
    return { records, cursor: checkedCursor(records, query.after), serverDate: answer.serverDate };
  }

  async function glance(offset: number, signal: AbortSignal): Promise<Glance> {
    const query = { after: 0n, since: null, limit: 1, offset, total: true };
    const patience = AbortSignal.any([signal, AbortSignal.timeout(glanceMs)]);
    const { text } = await caller.get(pageUrl(config, query), patience);
    const { records, total } = parsed(text, readCollection);
    return { id: records[0] ? optyIdOf(records[0]) : null, total };
  }

  async function record(key: RecordKey, signal: AbortSignal): Promise<SentRecord | null> {
    const answer = await caller.get(recordUrl(config, key), signal, 'absent');
    if (answer.status === 404) return null;
    const found = parsed(answer.text, (text) =>
      namesARecord(key.remoteNumber) ? readRecord(text) : (readCollection(text).records[0] ?? null),
    );
    const other = found !== null && key.remoteId !== null && optyIdOf(found) !== key.remoteId;
    return other ? null : found;
  }

  async function describe(signal: AbortSignal): Promise<Description> {
    const limit = AbortSignal.timeout(describeWithinMs);
    const either = AbortSignal.any([signal, limit]);
    try {
      return await caller.persist(async () => {
        const { text } = await caller.get(describeUrl(config), either);
        return parsed(text, readDescription, 'a description of its fields');
      }, either);
    } catch (error) {
      if (error instanceof OracleError || signal.aborted || !limit.aborted) throw error;
      const seconds = describeWithinMs / 1000;
      throw new OracleError(
        'timeout',
        `The CRM did not describe its fields in ${seconds} seconds.`,
      );
    }
  }

  return {
    fields: config.fields,
    get pageSize() {
      return pageSize;
    },
    glance,
    page: (query, signal) =>
      caller.persist(
        () => page(query, signal),
        signal,
        (fault) => {
          // What a page costs the CRM grows with its length; a shorter one may come through.
          if (fault === 'timeout')
            pageSize = Math.min(pageSize, Math.max(smallestPage, pageSize >> 1));
          return { pageSize };
        },
      ),
    record: (key, signal) => caller.persist(() => record(key, signal), signal),
    describe,
  };
}

function parsed<T>(text: string, read: (text: string) => T, wanted = 'opportunities'): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const looksLike = /^\s*</.test(text)
      ? 'a web page, most likely a login form'
      : 'broken or unexpected JSON';
    throw new OracleError(
      'unexpected-body',
      `The CRM answered 200 with ${looksLike} instead of ${wanted}.`,
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
