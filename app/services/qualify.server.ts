import type { OpportunityEvent } from '#app/domain/audit.ts';
import { judge } from '#app/domain/judge.ts';
import type { Intent, Verdict } from '#app/domain/transitions.ts';
import type { WorkflowStatus } from '#app/domain/workflow.ts';
import { sign, type Mandate } from '#app/domain/mandate.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { isWorth, type Deciding } from '#app/domain/step-up.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import {
  factsOf,
  readQualification,
  type Qualification,
} from '#app/models/qualification.server.ts';
import { findViewer } from '#app/models/user.server.ts';
import type { ActingOn } from './enter-opportunity.server.ts';
import {
  auditRefusal,
  isOutOfDate,
  overtaken,
  refused,
  revalued,
  type Refused,
} from './refuse.server.ts';
import { tell, type Tidings } from './tell.server.ts';

/** Who acts on which opportunity, and on what they saw of it. */
export interface Acting extends ActingOn {
  /** The revision of the qualification the form was made on; null where the form carries another check. */
  revision: number | null;
  /** What the opportunity was worth when the session was found good enough; absent: nobody asked. */
  judged?: Deciding | null;
}

export type Outcome<T = unknown> =
  ({ ok: true; to: WorkflowStatus; message: string } & T) | Refused;

/** What a service is handed once its intent is allowed, everything locked and read in one transaction. */
export interface Qualifying extends Qualification {
  tx: Db;
  /** Named as whoever acts is recorded: `A for B` where that takes a mandate. */
  viewer: Viewer;
  mandate: Mandate | null;
  to: WorkflowStatus;
}

/** What a service has written, and leaves to the frame to write with it. */
export interface Written<T> {
  /** Columns of the opportunity besides its state. */
  columns?: Prisma.OpportunityUncheckedUpdateInput;
  /** Null where the act is no event of its own, such as the saving of a draft. */
  event: OpportunityEvent | null;
  /** What was done, for whoever did it. */
  message: string;
  /** What was done, for whoever is told; absent: nobody is. */
  notice?: Tidings;
  result: T;
}

/**
 * Carries an intent out in one transaction: locks the opportunity, reads who acts and what they may do now,
 * asks the transition table, lets `write` write, moves the state, appends the audit event and leaves the
 * notices. A refusal is a value; one that oversteps somebody's roles is audited.
 */
export async function qualify<T extends object>(
  acting: Acting,
  asked: { intent: Intent; verdict?: Verdict },
  write: (qualifying: Qualifying) => Promise<Written<T> | Refused>,
): Promise<Outcome<T>> {
  const { intent, verdict = null } = asked;
  return db.$transaction(
    async (tx) => {
      const viewer = await findViewer(tx, acting.actorId);
      const found = viewer && (await readQualification(tx, acting.opportunityId, { lock: true }));
      if (!viewer || !found) return refused('not-found', intent, 'NEW');
      const { opportunity } = found;
      const judgement = judge(viewer, intent, factsOf(found), verdict);
      const changed = acting.revision !== null && acting.revision !== opportunity.revision;
      if (!judgement.ok && !(changed && isOutOfDate(judgement.refusal))) {
        const { refusal } = judgement;
        await auditRefusal(tx, { acting, viewer, opportunity, intent, refusal });
        return refused(judgement.refusal, intent, opportunity.status);
      }
      if (!judgement.ok || changed) return overtaken(tx, opportunity.id, viewer.id);
      if (acting.judged && !isWorth(acting.judged, opportunity)) return revalued();
      const { to, mandate } = judgement;
      const signed = { ...viewer, name: sign(viewer, mandate).name };
      const qualifying = { ...found, tx, viewer: signed, mandate, to };
      const written = await write(qualifying);
      if ('ok' in written) return written;
      await settle(tx, acting, qualifying, intent, written);
      return { ok: true, to, message: written.message, ...written.result };
    },
    { maxWait: 20_000, timeout: 20_000 },
  );
}

async function settle<T>(
  tx: Db,
  acting: Acting,
  { opportunity, viewer, mandate, to }: Qualifying,
  intent: Intent,
  { columns, event, notice }: Written<T>,
) {
  if (event || columns) {
    await tx.opportunity.update({
      where: { id: BigInt(opportunity.id) },
      data: { ...columns, workflowStatus: to, qualificationRevision: { increment: 1 } },
      select: { id: true },
    });
  }
  if (event) {
    const subject = { type: 'opportunity' as const, id: opportunity.id, name: opportunity.name };
    const actor = { id: viewer.id, name: viewer.name, forId: mandate?.absent.id };
    await recordEvent(tx, { ...event, actor, subject, requestId: acting.requestId });
  }
  if (notice) await tell(tx, intent, { opportunity, viewer, columns, notice });
}
