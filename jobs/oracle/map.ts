import { hash } from 'node:crypto';
import type { MappingRule } from '#app/domain/mapping-rule.ts';
import type { QuarantineCause } from '#app/domain/sync.ts';
import { createAbsence } from './absent.ts';
import type { FieldNames } from './config.ts';
import { numberToken, textWithout, type SentRecord } from './json.ts';
import { attributeAt, attributeNames, recordSchema } from './schema.ts';
import { brokenText, describeRefusal } from './refusal.ts';
import { mapByRules } from './rules.ts';
import { usableId, wholeDigits } from './values.ts';

/** A record in our words. Numbers and instants are text, exact; null is "not set in the CRM". */
export interface MappedOpportunity {
  remote_id: string;
  remote_number: string | null;
  name: string | null;
  customer: string | null;
  practice: string | null;
  geo: string | null;
  region: string | null;
  sector: string | null;
  deal_value: string | null;
  currency: string | null;
  win_probability: number | null;
  sales_owner: string | null;
  sales_owner_email: string | null;
  stage: string | null;
  crm_status: string | null;
  close_date: string | null;
  crm_created_at: string | null;
  crm_updated_at: string | null;
}

export interface AppliableRecord {
  ok: true;
  row: MappedOpportunity;
  /** SHA-256, in hex, of the record and of how it is mapped. */
  contentHash: string;
  payload: string;
  /** The columns nothing of which was sent, where there are any. What we have of them stays. */
  absent?: MappedColumn[];
}

export type MappedColumn = Exclude<keyof MappedOpportunity, 'remote_id'>;

export interface RefusedRecord {
  ok: false;
  /** As it was sent, usable or not. */
  remoteId: string | null;
  remoteNumber: string | null;
  cause: QuarantineCause;
  field: string | null;
  message: string;
  payload: string;
}

// Counted up when the mapping changes, so that the next sweep rewrites every row.
const mappingVersion = 1;

type Mapper = (record: SentRecord) => AppliableRecord | RefusedRecord;

/**
 * A mapper for one tenant's field names and the rules its managers made. Pure: the same record always maps
 * to the same row and hash, and none makes it throw.
 */
export function createMapper(fields: FieldNames, rules: readonly MappingRule[] = []): Mapper {
  const strict = mapperOf(fields);
  const map = rules.length === 0 ? strict : mapByRules(strict, rules, sentValue);
  return (record) => {
    try {
      return map(record);
    } catch (error) {
      // What is nested too deeply ends whatever walks it.
      if (!(error instanceof RangeError)) throw error;
      const message = describeRefusal('too-deep', null, undefined);
      const { text: payload } = record;
      return { ok: false, ...identityOf(record), cause: 'too-deep', field: null, message, payload };
    }
  };
}

function mapperOf(fields: FieldNames): Mapper {
  const salt = JSON.stringify([mappingVersion, fields]);
  const absentOf = createAbsence(fields);
  const custom = {
    practice: fields.practice,
    geo: fields.geo,
    region: fields.region,
    sector: fields.sector,
  };
  return (record) => {
    const refuse = (cause: QuarantineCause, field: string | null): RefusedRecord => ({
      ok: false,
      ...identityOf(record),
      cause,
      field,
      message: describeRefusal(cause, field, field === null ? undefined : sentValue(record, field)),
      payload: record.text,
    });
    if (!isRecord(record.value)) return refuse('not-an-object', null);
    const broken = brokenText(record);
    if (broken) return refuse(broken.cause, broken.field);
    const id = sentId(record);
    if (id === null || id === undefined || id === '') return refuse('no-id', 'OptyId');
    if (typeof id !== 'string' || !usableId.test(id)) return refuse('bad-id', 'OptyId');
    const parsed = recordSchema.safeParse({
      attributes: pick(record, attributeNames),
      custom: pickCustom(record, custom),
    });
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      const params = issue.code === 'custom' ? issue.params : undefined;
      return refuse(
        (params?.cause as QuarantineCause) ?? 'not-text',
        attributeAt(issue.path, fields),
      );
    }
    const row = rowOf(id, parsed.data);
    const absent = absentOf(record.value);
    return {
      ok: true,
      row,
      contentHash: hash('sha256', salt + stableText(record)),
      payload: record.text,
      ...(absent.length > 0 && { absent }),
    };
  };
}

/** The identifier of a record where it is usable, for walking in its order. */
export function optyIdOf(record: SentRecord): bigint | null {
  const id = sentId(record);
  return typeof id === 'string' && usableId.test(id) ? BigInt(id) : null;
}

function rowOf(
  id: string,
  { attributes: sent, custom }: ReturnType<typeof recordSchema.parse>,
): MappedOpportunity {
  return {
    remote_id: id,
    remote_number: sent.OptyNumber,
    name: sent.Name,
    customer: sent.TargetPartyName,
    practice: custom.practice,
    geo: custom.geo,
    region: custom.region,
    sector: custom.sector,
    deal_value: sent.Revenue,
    currency: sent.CurrencyCode,
    win_probability: sent.WinProb,
    sales_owner: sent.PartyName1,
    sales_owner_email: sent.EmailAddress,
    stage: sent.SalesStage,
    crm_status: sent.StatusCode,
    close_date: sent.EffectiveDate,
    crm_created_at: sent.CreationDate ?? sent.OptyCreationDate,
    crm_updated_at: later(sent.LastUpdateDate, sent.OptyLastUpdateDate),
  };
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** An attribute as sent, a number as its own digits. */
function sentValue(record: SentRecord, name: string): unknown {
  if (!isRecord(record.value)) return undefined;
  const value = record.value[name];
  return typeof value === 'number' ? numberToken(record.text, name) : value;
}

/** The OptyId as sent; `3.0E14` is the whole number it stands for. */
function sentId(record: SentRecord): unknown {
  const sent = sentValue(record, 'OptyId');
  const isNumber = isRecord(record.value) && typeof record.value.OptyId === 'number';
  return isNumber && typeof sent === 'string' ? (wholeDigits(sent) ?? sent) : sent;
}

function pick(record: SentRecord, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) picked[name] = sentValue(record, name);
  return picked;
}

function pickCustom(record: SentRecord, names: Record<keyof FieldNames, string | null>) {
  const at = (name: string | null) => (name === null ? null : sentValue(record, name));
  return {
    practice: at(names.practice),
    geo: at(names.geo),
    region: at(names.region),
    sector: at(names.sector),
  };
}

function identityOf(record: SentRecord): Pick<RefusedRecord, 'remoteId' | 'remoteNumber'> {
  const read = (name: string) => {
    const value = name === 'OptyId' ? sentId(record) : sentValue(record, name);
    return typeof value === 'string' && value !== '' ? value.replaceAll('\0', '') : null;
  };
  return { remoteId: read('OptyId'), remoteNumber: read('OptyNumber') };
}

/** Links are how the CRM serves a record, not what it says; they may differ from call to call. */
function stableText(record: SentRecord): string {
  const value = record.value as Record<string, unknown>;
  if (value.links === undefined && value['@context'] === undefined) return record.text;
  return textWithout(record.text, ['links', '@context']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
