import { createCaller, detailOf, type CallOptions } from './call.ts';
import type { FieldNames, OracleConfig } from './config.ts';
import { readDescription, type Description } from './description.ts';
import { OracleError } from './errors.ts';
import { readCollection, readRecord, type Envelope, type SentRecord } from './json.ts';
import { optyIdOf } from './map.ts';
import {
  describeUrl,
  namesARecord,
  pageUrl,
  recordUrl,
  type PlaceInWalk,
  type RecordKey,
} from './query.ts';
import { risingFrom } from './rising.ts';

export type { OnRetry } from './call.ts';

export interface OraclePage {
  records: SentRecord[];
  /** Highest OptyId on the page, or where it began when none could be read. */
  cursor: bigint;
  /** Whether the CRM says that more follow; null where it does not say. */
  hasMore: boolean | null;
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
   * One record by its own key; null where the CRM has none to show. Where another opportunity carries the
   * number by now, the id decides. Throws OracleError.
   */
  record(key: RecordKey, signal: AbortSignal): Promise<SentRecord | null>;
  /**
   * The attributes of opportunities, as the CRM describes them. However often it is tried, half a minute
   * is the most it takes: a sweep waits for it. Throws OracleError.
   */
  describe(signal: AbortSignal): Promise<Description>;
}

const smallestPage = 25;
/** One record that fails must not keep the others waiting for long. */
const recordRetries = 2;
const describeWithinMs = 30_000;
/** A walk that is not divided only takes longer; the CRM may need long to count. */
const glanceMs = 15_000;

export function createOracleClient(config: OracleConfig, options: CallOptions = {}): OracleClient {
  const caller = createCaller(config, options);
  let pageSize = config.pageSize;
  let countsPages = false;

  async function page(query: PlaceInWalk, signal: AbortSignal): Promise<OraclePage> {
    const answer = await caller.get(pageUrl(config, { ...query, limit: pageSize }), signal);
    const { records: sent, hasMore, count } = wholeCollection(answer.text);
    // One that has counted its pages so far and does not any more has been cut off on its way.
    if (countsPages && count === null) throw new OracleError('unexpected-body', cutOff);
    countsPages = count !== null;
    const { serverDate } = answer;
    return { ...risingFrom(sent, query), hasMore, serverDate };
  }

  async function glance(offset: number, signal: AbortSignal): Promise<Glance> {
    const query = { after: 0n, since: null, limit: 1, offset, total: true };
    const patience = AbortSignal.any([signal, AbortSignal.timeout(glanceMs)]);
    const { text } = await caller.get(pageUrl(config, query), patience);
    const { records, total } = parsed(text, readCollection);
    return { id: records[0] ? optyIdOf(records[0]) : null, total };
  }

  async function record(key: RecordKey, signal: AbortSignal): Promise<SentRecord | null> {
    if (!namesARecord(key.remoteNumber)) return recordById(key, signal);
    const answer = await caller.get(recordUrl(config, key), signal, 'absent');
    // Some proxies answer 404 to a number with a slash: an id is asked for before it counts as not there.
    if (answer.status === 404) return key.remoteId === null ? null : recordById(key, signal);
    const found = parsed(answer.text, readRecord);
    if (!isOpportunity(found)) {
      throw new OracleError('unexpected-body', unlike(answer.text, 'an opportunity'));
    }
    const id = optyIdOf(found);
    if (key.remoteId === null || id === null || id === key.remoteId) return found;
    // Its number is another's by now: only where its id leads nowhere is it not there.
    return recordById(key, signal);
  }

  async function recordById({ remoteId }: RecordKey, signal: AbortSignal) {
    const { text } = await caller.get(recordUrl(config, { remoteId, remoteNumber: null }), signal);
    const [found = null] = wholeCollection(text).records;
    if (found && optyIdOf(found) !== remoteId) {
      throw new OracleError(
        'out-of-order',
        `The CRM was asked for OptyId ${remoteId} and sent another: it ignores the filter we ask for.`,
      );
    }
    return found;
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
    record: (key, signal) =>
      caller.persist(() => record(key, signal), signal, undefined, recordRetries),
    describe,
  };
}

const cutOff = 'The CRM sent a list without the end of its answer: records may be missing.';

/** A collection that holds as many records as it says. More than it says lose nothing. */
function wholeCollection(text: string): Envelope {
  const envelope = parsed(text, readCollection);
  const { count, records } = envelope;
  if (count === null || count <= records.length) return envelope;
  throw new OracleError(
    'unexpected-body',
    `The CRM sent ${records.length} records and said they were ${count}: some of them are missing.`,
  );
}

function parsed<T>(text: string, read: (text: string) => T, wanted = 'opportunities'): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new OracleError('unexpected-body', unlike(text, wanted));
  }
}

function unlike(text: string, wanted: string): string {
  return `The CRM answered 200 with ${looksLike(text)} instead of ${wanted}.`;
}

function looksLike(text: string): string {
  if (text.trim() === '') return 'nothing';
  if (/^\s*</.test(text)) return 'a web page, most likely a login form';
  const detail = text.includes('"o:errorDetails"') && detailOf(text);
  return detail ? `an error (${detail})` : 'broken or unexpected JSON';
}

/** An error or an empty object names neither of its keys. */
function isOpportunity({ value }: SentRecord): boolean {
  return (
    typeof value === 'object' && value !== null && ('OptyId' in value || 'OptyNumber' in value)
  );
}
