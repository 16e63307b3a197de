import { z } from 'zod';
import type { QuarantineCause } from '#app/domain/sync.ts';

/** Most digits a number of the CRM can have, before and after the point together. */
const mostDigits = 38;

const numeric = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const instant =
  /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)$/;

export const usableId = /^[1-9]\d{0,17}$/;

/**
 * The digits of a whole number written with a point or an exponent; null where there are none, and where
 * it is beyond what a double holds: whoever writes it so may have rounded it.
 */
export function wholeDigits(token: string): string | null {
  if (/^\d+$/.test(token)) return token;
  const value = Number(token);
  return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
}

type Context = z.core.$RefinementCtx;

/** Blank text is null, everything else stays letter for letter. */
export const text = z.unknown().transform((value, context): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') return refuse(context, 'not-text', value);
  return value.trim() === '' ? null : value;
});

export const email = text.transform((value) => value?.trim().toLowerCase() ?? null);

/** Decimal digits as they were sent, for a numeric column. Numbers arrive here as their JSON token. */
export const decimal = z.unknown().transform((value, context): string | null => {
  const sent = blankToNull(value);
  if (sent === null) return null;
  const match = typeof sent === 'string' ? numeric.exec(sent.trim()) : null;
  if (!match) return refuse(context, 'not-a-number', value);
  const digits = match[1]!.length + (match[2]?.length ?? 0) + Math.abs(Number(match[3] ?? 0));
  return digits > mostDigits ? refuse(context, 'number-overflow', value) : match[0];
});

/** A whole percentage from 0 to 100. */
export const percent = decimal.transform((value, context): number | null => {
  if (value === null) return null;
  // Looked at as text: 99.99999999999999999 is no 100, though it reads as one.
  const whole = /^(\d{1,3})(?:\.0+)?$/.exec(/[eE]/.test(value) ? String(Number(value)) : value);
  const number = Number(whole?.[1] ?? NaN);
  return number <= 100 ? number : refuse(context, 'number-overflow', value);
});

/** A calendar date; a time after it, which the CRM should not send, is cut off. */
export const date = z.unknown().transform((value, context): string | null => {
  const sent = blankToNull(value);
  if (sent === null) return null;
  const day =
    typeof sent === 'string'
      ? /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(sent)?.[1]
      : undefined;
  return day && isCalendarDay(day) ? day : refuse(context, 'impossible-date', value);
});

/** An instant as UTC text to the microsecond, so that two of them compare as text. */
export const timestamp = z.unknown().transform((value, context): string | null => {
  const sent = blankToNull(value);
  if (sent === null) return null;
  const match = typeof sent === 'string' ? instant.exec(sent) : null;
  if (!match || !isCalendarDay(match[1]!)) return refuse(context, 'impossible-instant', value);
  const seconds = inUtc(match[1]!, match[2]!, match[4]!);
  if (!seconds) return refuse(context, 'impossible-instant', value);
  return `${seconds}.${(match[3] ?? '').slice(0, 6).padEnd(6, '0')}Z`;
});

function blankToNull(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === 'string' && value.trim() === '' ? null : value;
}

/** Null where the offset carries it out of the years of four digits. */
function inUtc(day: string, time: string, offset: string): string | null {
  if (offset === 'Z' || offset === '+00:00') return `${day}T${time}`;
  const utc = new Date(Date.parse(`${day}T${time}${offset}`)).toISOString();
  return /^\d{4}-/.test(utc) ? utc.slice(0, 19) : null;
}

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

// By arithmetic: four dates a record through Date would cost as much as reading the record.
function isCalendarDay(day: string): boolean {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8, 10));
  if (year < 1 || date < 1 || date > (daysOfMonth[month - 1] ?? 0)) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return leap || month !== 2 || date < 29;
}

function refuse(context: Context, cause: QuarantineCause, value: unknown): never {
  context.issues.push({ code: 'custom', input: value, params: { cause } });
  return z.NEVER;
}
