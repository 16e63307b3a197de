import { randomUUID } from 'node:crypto';
import { inScope, scopeOf } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { freezeMemo } from '#app/models/memo.server.ts';
import { completeSheet } from '../../factories/sheet.ts';
import { createOpportunity } from '../../factories/opportunity.ts';
import { emailOf, type Standing } from './people.ts';

/** One opportunity for each way that rows are scoped, with everything that hangs on one. */
export interface Subject {
  /** In the name of the opportunity, of its file and in its comment, and nowhere else. */
  marker: string;
  id: string;
  number: string;
  remoteId: string;
  decisionId: string;
  fileId: string;
  row: { practice: string | null; assignedSa: string | null; salesOwnerEmail: string | null };
}

type Where = Pick<Subject['row'], 'practice'> & { architect?: boolean; seller?: string };

const places: Record<string, Where> = {
  north: { practice: 'North' },
  south: { practice: 'South' },
  unset: { practice: null },
  assigned: { practice: 'East', architect: true },
  sold: { practice: 'East', seller: 'sales' },
  'sold by an unverified address': { practice: 'East', seller: 'sales unverified' },
  'sold by two roles': { practice: 'East', seller: 'architect and sales' },
  'of nobody': { practice: 'East' },
};

/** Writes them. `architectId` is whom one of them is assigned to. */
export async function plantSubjects(architectId: string): Promise<Subject[]> {
  const planted: Subject[] = [];
  for (const [name, where] of Object.entries(places)) {
    planted.push(await plant(name, where, architectId));
  }
  return planted;
}

async function plant(name: string, where: Where, architectId: string): Promise<Subject> {
  const marker = `Marker-${name.replaceAll(' ', '-')}-${randomUUID().slice(0, 8)}`;
  const row = {
    practice: where.practice,
    assignedSa: where.architect ? architectId : null,
    salesOwnerEmail: where.seller ? emailOf(where.seller) : 'somebody@else.example.test',
  };
  const made = await createOpportunity(db, { ...row, name: marker, workflowStatus: 'SUBMITTED' });
  const opportunityId = BigInt(made.id);
  const { remoteId } = await db.opportunity.findUniqueOrThrow({ where: { id: opportunityId } });
  const decisionId = await decide(opportunityId, marker);
  const file = await db.evidenceFile.create({
    data: {
      opportunityId,
      name: `${marker}.pdf`,
      contentType: 'application/pdf',
      size: 9n,
      sha256: '0'.repeat(64),
      storageKey: randomUUID(),
      scanStatus: 'PENDING',
      uploadedByName: 'Somebody',
    },
  });
  await db.comment.create({
    data: { opportunityId, authorName: 'Somebody', body: `${marker} was spoken of` },
  });
  return {
    marker,
    row,
    decisionId,
    id: made.id,
    fileId: file.id,
    number: made.remoteNumber ?? '',
    remoteId: String(remoteId),
  };
}

/** An assessment of version 1, what was recommended and decided on it, and the memo. */
async function decide(opportunityId: bigint, marker: string): Promise<string> {
  const scorecard = await db.scorecard.findFirstOrThrow({ where: { status: 'PUBLISHED' } });
  const { id: assessmentId } = await db.assessment.create({
    data: { opportunityId, version: 1, scorecardId: scorecard.id, assessorName: 'Somebody' },
  });
  const { answers, summary } = completeSheet();
  await db.assessmentRating.createMany({
    data: answers.map(({ criterion, halfSteps, reasons, note }) => ({
      assessmentId,
      criterion,
      halfSteps,
      reasons: [...reasons],
      note,
    })),
  });
  await db.assessment.update({
    where: { id: assessmentId },
    data: {
      status: 'SUBMITTED',
      submittedAt: new Date(),
      score: 700,
      band: 'pursue',
      summary: `${summary} ${marker}`,
    },
  });
  const decision = await db.decision.create({
    data: { opportunityId, assessmentId, verdict: 'GO', reason: '', decidedByName: 'Somebody' },
  });
  await freezeMemo(db, String(decision.id));
  return String(decision.id);
}

/** Whether somebody may read an opportunity: the table of permissions says so. */
export function reads(standing: Standing, { row }: Subject): boolean {
  return (
    standing.state === 'signed-in' && inScope(scopeOf(standing.viewer, 'read:opportunity'), row)
  );
}
