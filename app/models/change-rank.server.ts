import { lastRank, touches } from '#app/domain/change-rank.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Sql } from './opportunity-predicate.server.ts';

// Written out, not sent as parameters: the planner must see that the partial indexes hold these rows.
const listOf = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** Where an opportunity `o` stands under a hold or the CRM's close. */
const standing = `(CASE
  WHEN o.workflow_status = 'CLOSED_IN_CRM' AND o.status_before_close = 'ON_HOLD'
    THEN coalesce(o.status_before_hold, 'NEW')
  WHEN o.workflow_status = 'CLOSED_IN_CRM' THEN coalesce(o.status_before_close, 'NEW')
  WHEN o.workflow_status = 'ON_HOLD' THEN coalesce(o.status_before_hold, 'NEW')
  ELSE o.workflow_status END)`;

/** `rankOf` of the domain, said in SQL of the opportunities `o`. */
export const rankOfRow: Sql = Prisma.raw(
  `(CASE ${touches
    .map(({ states }, rank) => `WHEN ${standing} IN (${listOf(states)}) THEN ${rank}`)
    .join(' ')} ELSE ${lastRank} END)`,
);

/** The few that a change may touch: those at work, or at work when the CRM closed them. */
const mayBeTouched: Sql = Prisma.raw(`(o.workflow_status NOT IN ('NEW', 'CLOSED_IN_CRM')
  OR (o.workflow_status = 'CLOSED_IN_CRM' AND o.status_before_close <> 'NEW'))`);

/** The rows that a change touches, by index. */
export const touched: Sql = Prisma.sql`${mayBeTouched} AND ${rankOfRow} < ${Prisma.raw(String(lastRank))}`;

/** All others; said so that the planner knows them to be the most. */
export const untouched: Sql = Prisma.sql`(${touched}) IS NOT TRUE`;
