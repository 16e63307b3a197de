import { z } from 'zod';
import type { FieldNames } from './config.ts';
import { date, decimal, email, percent, text, timestamp } from './values.ts';

const attributes = {
  OptyNumber: text,
  Name: text,
  TargetPartyName: text,
  Revenue: decimal,
  CurrencyCode: text,
  WinProb: percent,
  PartyName1: text,
  EmailAddress: email,
  SalesStage: text,
  StatusCode: text,
  EffectiveDate: date,
  CreationDate: timestamp,
  OptyCreationDate: timestamp,
  LastUpdateDate: timestamp,
  OptyLastUpdateDate: timestamp,
};

/** The attributes we read of a record; the tenant's own ones come beside it, under our names. */
export const recordSchema = z.object({
  attributes: z.object(attributes),
  custom: z.object({ practice: text, geo: text, region: text, sector: text }),
});

export const attributeNames = Object.keys(attributes);

/** The CRM's name of what failed, from the path zod reports. */
export function attributeAt(path: PropertyKey[], fields: FieldNames): string {
  const name = String(path[1] ?? '');
  if (path[0] !== 'custom') return name;
  return fields[name as keyof FieldNames] ?? name;
}
