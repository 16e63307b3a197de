import { z } from 'zod';

/** The last row of a page of a list of work: since when it waits, in microseconds, then its opportunity's id. */
export interface WorkPlace {
  micros: string;
  id: string;
}

/** The last row of a page of a list by day: the day (YYYY-MM-DD) something is due or ends, then its id. */
export interface DuePlace {
  due: string;
  id: string;
}

export function formatWorkPlace({ micros, id }: WorkPlace): string {
  return `${micros}.${id}`;
}

/** Reads what `formatWorkPlace` wrote; null for anything else. */
export function parseWorkPlace(text: string): WorkPlace | null {
  const [, micros, id] = /^(\d{1,17})\.(\d{1,18})$/.exec(text) ?? [];
  return micros && id ? { micros, id } : null;
}

export function formatDuePlace({ due, id }: DuePlace): string {
  return `${due}.${id}`;
}

/** Reads what `formatDuePlace` wrote; null for anything else, such as a day that no calendar has. */
export function parseDuePlace(text: string): DuePlace | null {
  const [, due, id] = /^([\d-]{10})\.(\d{1,18})$/.exec(text) ?? [];
  return due && id && z.iso.date().safeParse(due).success ? { due, id } : null;
}
