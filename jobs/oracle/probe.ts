import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createCaller } from './call.ts';
import type { OracleConfig } from './config.ts';
import { readDescription } from './description.ts';
import { OracleError, retriesAfter, type OracleFault } from './errors.ts';
import { readCollection, type SentRecord } from './json.ts';
import { optyIdOf } from './map.ts';
import { judgeDescription } from './probe-description.ts';
import { judgeCap, judgeKeyset, judgeVersions, type Finding } from './probe-findings.ts';
import { judgeLiteral, literalForms, pivotOf, readLiteral, type Stamped } from './probe-literal.ts';
import { judgeScope, type Shown } from './probe-scope.ts';
import { collectionUrl, describeUrl, recordUrl } from './query.ts';

const sampleSize = 100;
const largestPage = 499;
/** Long enough for a slow CRM, short enough for the person who waits at the keyboard. */
const patienceMs = 30_000;
const betweenTriesMs = 1000;

export interface ProbeOptions {
  /** OptyNumber of an opportunity that somebody else owns. */
  number: string | null;
  signal: AbortSignal;
}

/** A part of the probe, under its heading. */
export interface ProbeStep {
  title: string;
  findings: Finding[];
  /** What kept the step from being asked. */
  fault?: OracleFault;
}

/** Silence in so many steps one after another: a person need not wait for the rest. */
const mostSilent = 2;

/**
 * Asks a CRM what it is like, step by step. Reads only. A step that cannot be asked says so and the next
 * one follows; where the CRM cannot be reached, or falls silent, that is the last.
 */
export async function* probe(
  given: OracleConfig,
  { number, signal }: ProbeOptions,
): AsyncGenerator<ProbeStep> {
  const config = { ...given, timeoutMs: Math.min(given.timeoutMs, patienceMs) };
  const ask = asker(config, signal);
  const reached = await attempt('Reach', () => probeReach(ask), true);
  yield reached;
  if (reached.fault) return;
  let silent = 0;
  for (const [title, step, blocks] of stepsOf(ask, config, number)) {
    const done = await attempt(title, step, blocks);
    yield done;
    silent = done.fault === 'timeout' || done.fault === 'network' ? silent + 1 : 0;
    if (silent === mostSilent) {
      const words = 'The CRM has stopped answering; the rest was not asked. Probe again later.';
      yield { title: 'The end', findings: [{ level: 'bad', words, sure: 'sure', blocks: true }] };
      return;
    }
  }
}

function stepsOf(ask: Asker, config: OracleConfig, number: string | null) {
  // Where the bare collection shows too little, the later steps ask through the finder that shows more.
  let finder = config.finder;
  const scope = async () => {
    const findings = await probeScope(ask, config.finder, number);
    finder ??= findings.find(({ settings }) => settings)?.settings?.ORACLE_FINDER ?? null;
    return findings;
  };
  const cap = async () => {
    const { limit, records } = await ask.collection({ limit: String(largestPage) }, finder);
    return [judgeCap(largestPage, limit, records.length)];
  };
  return [
    ['Versions', async () => judgeVersions(await ask.versions(), config), false],
    ['Description', async () => judgeDescription(await ask.description(), config), false],
    ['Scope', scope, false],
    ['Keyset', async () => [await probeKeyset(ask, finder)], true],
    ['Date literals', () => probeLiterals(ask, finder), true],
    ['Page size', cap, false],
  ] as const;
}

/** Runs one step; a fault of the CRM becomes its finding. */
async function attempt(
  title: string,
  step: () => Promise<Finding[]>,
  blocks: boolean,
): Promise<ProbeStep> {
  try {
    return { title, findings: await step() };
  } catch (error) {
    if (!(error instanceof OracleError)) throw error;
    const { message: words, fault } = error;
    return { title, findings: [{ level: 'bad', words, sure: 'sure', blocks }], fault };
  }
}

async function probeReach(ask: Asker): Promise<Finding[]> {
  try {
    await ask.collection({ limit: '1' });
  } catch (error) {
    if (!(error instanceof OracleError) || error.fault !== 'rejected') throw error;
    throw new OracleError(
      error.fault,
      `${error.message} Check ORACLE_BASE_URL and ORACLE_API_VERSION.`,
    );
  }
  return [{ level: 'good', words: 'The CRM answers, and takes our credentials.', sure: 'sure' }];
}

type Asker = ReturnType<typeof asker>;

const versionList = z.object({
  items: z.array(
    z.object({
      version: z.string(),
      isLatest: z.boolean().default(false),
      'adf:extension': z
        .object({ allowedFrameworkVersions: z.array(z.coerce.number()).default([]) })
        .optional(),
    }),
  ),
});

function asker(config: OracleConfig, signal: AbortSignal) {
  const caller = createCaller(config);
  const get = async (url: string, absent?: 'absent') => {
    try {
      return await caller.get(url, signal, absent);
    } catch (error) {
      // What may pass is asked for once more; a person waits, so no longer than that.
      if (!(error instanceof OracleError) || retriesAfter(error.fault) === 0) throw error;
      await pause(Math.min(error.retryAfterMs ?? betweenTriesMs, patienceMs), undefined, {
        signal,
      });
      return caller.get(url, signal, absent);
    }
  };
  const compare = (name: string, operator: string, value: string, quoted = true) =>
    config.frameworkVersion === 1
      ? `${name}${operator}${value}`
      : `${name} ${operator} ${quoted ? `'${value}'` : value}`;
  return {
    compare,
    both: (one: string, other: string) =>
      `${one}${config.frameworkVersion === 1 ? ';' : ' AND '}${other}`,
    collection: async (parameters: Record<string, string>, finder: string | null = null) => {
      const search = Object.entries({ ...(finder && { finder }), onlyData: 'true', ...parameters })
        .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
        .join('&');
      const { text } = await get(`${collectionUrl(config)}?${search}`);
      const total = /"totalResults"\s*:\s*(\d+)/.exec(text)?.[1];
      return { ...read(text, readCollection), total: total === undefined ? null : Number(total) };
    },
    record: async (remoteNumber: string) =>
      (await get(recordUrl(config, { remoteId: null, remoteNumber }), 'absent')).status === 200,
    description: async () => read((await get(describeUrl(config))).text, readDescription),
    versions: async () => {
      const { text } = await get(`${config.baseUrl}/crmRestApi/resources/`);
      const { items } = read(text, (json) => versionList.parse(JSON.parse(json)));
      return items.map((item) => ({
        version: item.version,
        isLatest: item.isLatest,
        allowedFrameworks: item['adf:extension']?.allowedFrameworkVersions ?? [],
      }));
    },
  };
}

function read<T>(text: string, reader: (text: string) => T): T {
  try {
    return reader(text);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    const looksLike = /^\s*</.test(text)
      ? 'a web page, most likely a login form'
      : 'broken or unexpected JSON';
    throw new OracleError('unexpected-body', `The CRM answered 200 with ${looksLike}.`);
  }
}

function above(ask: Asker, finder: string | null, id: bigint, limit: number, more?: string) {
  const filter = ask.compare('OptyId', '>', id.toString(), false);
  const q = more ? ask.both(filter, more) : filter;
  return ask.collection({ q, orderBy: 'OptyId:asc', limit: String(limit) }, finder);
}

const idsOf = (records: SentRecord[]) => records.map(optyIdOf).filter((id) => id !== null);

async function probeKeyset(ask: Asker, finder: string | null): Promise<Finding> {
  const first = idsOf((await above(ask, finder, 0n, 25)).records);
  const top = first.at(-1);
  const second = top === undefined ? [] : idsOf((await above(ask, finder, top, 25)).records);
  return judgeKeyset(first, second);
}

function stamped(records: SentRecord[]): Stamped[] {
  return records.flatMap((record) => {
    const id = optyIdOf(record);
    const sent = (record.value as Record<string, unknown>).LastUpdateDate;
    const stamp = typeof sent === 'string' ? Date.parse(sent) : NaN;
    return id === null || Number.isNaN(stamp) ? [] : [{ id, stamp }];
  });
}

async function probeLiterals(ask: Asker, finder: string | null): Promise<Finding[]> {
  const sample = stamped((await above(ask, finder, 0n, sampleSize)).records);
  const pivot = pivotOf(sample);
  if (!pivot) {
    const words =
      'Too few records, or all of one stamp: what filters by LastUpdateDate cannot be told.';
    return [
      { level: 'note', words, sure: 'not known', settings: { ORACLE_DELTA_LITERAL: 'date' } },
    ];
  }
  const outcomes = [];
  for (const form of literalForms) {
    const literal = form.write(pivot);
    const from = Date.parse(form.setting === 'date' ? `${literal}T00:00:00Z` : pivot.toISOString());
    const filter = ask.compare('LastUpdateDate', '>=', literal);
    const outcome = await above(ask, finder, 0n, sampleSize, filter).then(
      ({ records }) => readLiteral(sample, stamped(records), from, form.tolerance),
      (error: unknown) => {
        if (error instanceof OracleError && error.fault === 'rejected') return 'rejected' as const;
        throw error;
      },
    );
    outcomes.push({ form, outcome });
  }
  return judgeLiteral(outcomes);
}

const wide = 'EffectiveBeginDate=1990-01-01,EffectiveEndDate=2100-12-31';
const wideFinders = [
  `MyOpportunitiesFinder;RecordSet=ALLOPTIES,${wide}`,
  `MyOpportunitiesFinder;RecordSet=ALLOPTIES,OptyStatusCode=ALL,${wide}`,
];

async function probeScope(
  ask: Asker,
  configured: string | null,
  number: string | null,
): Promise<Finding[]> {
  const show = async (parameters: Record<string, string>): Promise<Shown> => {
    const counted = { limit: '25', totalResults: 'true', ...parameters };
    const { total, records } = await ask.collection(counted);
    return { total, atLeast: records.length };
  };
  const orNull = (shown: Promise<Shown>) =>
    shown.catch((error: unknown) => {
      if (error instanceof OracleError && error.fault === 'rejected') return null;
      throw error;
    });
  const bare = await show({});
  const won = await orNull(show({ q: ask.compare('StatusCode', '=', 'WON') }));
  const through = [];
  for (const finder of configured ? [configured, ...wideFinders] : wideFinders) {
    const shown = await orNull(show({ finder }));
    if (shown) through.push({ finder, shown });
  }
  const { records } = await above(ask, null, 0n, sampleSize);
  const owners = new Set(
    records.map(({ value }) => (value as Record<string, unknown>).OwnerResourcePartyId),
  );
  const known = number === null ? null : { number, found: await ask.record(number) };
  return judgeScope({ bare, won, finders: through, owners: owners.size, known });
}
