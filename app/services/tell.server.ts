import { noticeTable } from '#app/domain/notification.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Intent } from '#app/domain/transitions.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/lib/db.server.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { notify, peopleOf } from '#app/models/notification.server.ts';
import type { Standpoint } from '#app/models/qualification.server.ts';

export interface Tidings {
  title: string;
  body?: string;
  /** The title as it reads for the person it speaks of. */
  own?: { userId: string; title: string };
  /** users.id of people told besides those the table names. */
  also?: string[];
}

/** Leaves a notice of what was done with everybody the table names, but for who did it. */
export async function tell(
  tx: Db,
  intent: Intent,
  done: {
    opportunity: Standpoint;
    viewer: Viewer;
    columns?: Prisma.OpportunityUncheckedUpdateInput;
    notice: Tidings;
  },
): Promise<void> {
  const { opportunity, viewer, columns, notice } = done;
  const row = noticeTable[intent];
  if (!row) return;
  const assigned = columns?.assignedSa;
  const assignedSa = typeof assigned === 'string' ? assigned : opportunity.assignedSa;
  const about = { opportunityId: opportunity.id, practice: opportunity.practice, assignedSa };
  const people = new Set(notice.also ?? []);
  for (const audience of row.to) {
    for (const id of await peopleOf(tx, audience, about)) people.add(id);
  }
  people.delete(viewer.id);
  const { title, own } = notice;
  const rest = {
    topic: row.topic,
    body: notice.body ?? '',
    path: opportunityPath(opportunity),
    opportunityId: opportunity.id,
  };
  if (own && people.delete(own.userId))
    await notify(tx, [own.userId], { title: own.title, ...rest });
  await notify(tx, people, { title, ...rest });
}
