import { z } from 'zod';
import { auditKinds, auditSubjectTypes, type AuditKind } from './audit.ts';
import { auditParameters, type AuditChoice, type AuditParameter } from './audit-address.ts';
import { formatDay, isDay } from './day.ts';

/** Which audit events are asked for. Days are YYYY-MM-DD in UTC, both included. */
export interface AuditFilter {
  kind: AuditKind | null;
  /** users.id, or 'BQS' for what nobody in particular did. */
  actor: string | null;
  subject: { type: string; id: string | null } | null;
  since: string | null;
  until: string | null;
  /** Part of the name of who or what. */
  name: string | null;
}

const day = z.string().refine(isDay).nullable();

/** `subject` is `type`, or `type:id` for one of them. */
const filterSchema = z.object({
  kind: z.enum(auditKinds).nullable(),
  actor: z.union([z.guid(), z.literal('BQS')]).nullable(),
  subject: z
    .string()
    .regex(/^[a-z_]+(:.{1,100})?$/)
    .transform((text) => {
      const [type = '', ...id] = text.split(':');
      return { type, id: id.length > 0 ? id.join(':') : null };
    })
    .refine(({ type }) => auditSubjectTypes.some((known) => known === type))
    .nullable(),
  since: day,
  until: day,
  name: z.string().max(100).nullable(),
});

const parameterNames: Record<AuditParameter, string> = {
  kind: 'kind of event',
  actor: 'person',
  subject: 'subject',
  since: 'first day',
  until: 'last day',
  name: 'name',
};

export type ParsedAuditFilter =
  { ok: true; filter: AuditFilter; chosen: AuditChoice } | { ok: false; message: string };

/** Reads the filter of an address; what is no filter is refused in words, never passed over. */
export function parseAuditFilter(parameters: URLSearchParams): ParsedAuditFilter {
  const given = (name: AuditParameter) => parameters.get(name)?.trim() || null;
  const chosen = Object.fromEntries(auditParameters.map((name) => [name, given(name)]));
  const parsed = filterSchema.safeParse(chosen);
  if (!parsed.success) {
    const parameter = String(parsed.error.issues[0]?.path[0]) as AuditParameter;
    return { ok: false, message: `There is no such ${parameterNames[parameter]} to filter by.` };
  }
  const { since, until } = parsed.data;
  if (since && until && since > until) {
    return { ok: false, message: 'The first day is after the last one: change one of them.' };
  }
  return { ok: true, filter: parsed.data, chosen: chosen as AuditChoice };
}

/** A filter in words, for the record. */
export function auditFilterWords(chosen: AuditChoice): string {
  return auditParameters
    .flatMap((name) => {
      const value = chosen[name];
      if (!value) return [];
      const isDate = name === 'since' || name === 'until';
      return [`${parameterNames[name]}: ${isDate ? formatDay(value) : value}`];
    })
    .join('; ');
}
