import { system } from '#app/domain/audit.ts';
import {
  checkWords,
  judgeMissing,
  noCounts,
  type CheckCounts,
} from '#app/domain/identity-check.ts';
import { db } from '#app/lib/db.server.ts';
import { log } from '#app/lib/log.server.ts';
import { getIdentity, listIdentities, type KnownIdentity } from '#app/lib/ory-admin.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import {
  latestIdentityCheck,
  listMirrored,
  noteChecked,
  type MirroredPerson,
} from '#app/models/identity-check.server.ts';
import { notify, peopleHolding } from '#app/models/notification.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import { personRefused } from './person-change.server.ts';
import { markGone, settleIdentity } from './settle-identity.server.ts';

export interface CheckResult {
  outcome: 'DONE' | 'HELD' | 'FAILED' | 'REFUSED';
  counts: CheckCounts;
  message: string;
}

type Finding = Omit<CheckResult, 'counts'>;

/**
 * Compares everybody with the identities in Ory: follows what changed there, does what a deactivation
 * left to do, and marks as gone whom Ory, asked one by one, no longer has. People it has never seen get
 * no row: whoever registers and never comes is nobody's business here.
 */
export async function reconcilePeople(
  actor: { id: string; name: string } | null,
): Promise<CheckResult> {
  const counts = { ...noCounts };
  if (actor && !(await stillHolds(db, actor.id, 'manage:roles'))) {
    return { outcome: 'REFUSED', counts, message: personRefused('not-allowed').message };
  }
  const startedAt = new Date();
  const finding = await compare(counts, startedAt);
  const before = await latestIdentityCheck(db);
  await db.$transaction(async (tx) => {
    const { outcome, message } = finding;
    const requestedById = actor?.id ?? null;
    const data = { startedAt, requestedById, outcome: outcome as 'DONE', message };
    await tx.identityCheck.create({ data: { ...data, counts: { ...counts } } });
    await recordEvent(tx, {
      kind: 'people.checked',
      actor: actor ?? system,
      subject: { type: 'identities', id: 'ory' },
      data: { outcome: message },
    });
    // Said once, and again when it is another number.
    const news = before?.outcome !== 'HELD' || before.counts.missing !== counts.missing;
    if (outcome !== 'HELD' || !news) return;
    await notify(tx, await peopleHolding(tx, 'manage:roles'), {
      topic: 'people',
      title: 'The check with Ory found too many people missing',
      body: message,
      path: '/people',
      opportunityId: null,
    });
  });
  log.info({ outcome: finding.outcome, ...counts }, 'people compared with Ory');
  return { ...finding, counts };
}

async function compare(counts: CheckCounts, startedAt: Date): Promise<Finding> {
  const people = await listMirrored(db);
  const listing = await listAll();
  if (!listing) return failed;
  counts.identities = listing.size;
  const known = new Set(people.map(({ oryIdentityId }) => oryIdentityId));
  counts.unknown = [...listing.keys()].filter((id) => !known.has(id)).length;
  const missing: MirroredPerson[] = [];
  const seen: string[] = [];
  for (const person of people) {
    const identity = listing.get(person.oryIdentityId);
    if (!identity) {
      if (!person.deletedAt) missing.push(person);
      continue;
    }
    await settleIdentity(person, identity, counts);
    seen.push(person.id);
  }
  await noteChecked(db, seen, startedAt);
  counts.missing = missing.length;
  const standing = people.filter(({ deletedAt }) => !deletedAt).length;
  const found = { identities: listing.size, people: standing, missing: missing.length };
  const verdict = judgeMissing(found);
  if (verdict === 'confirm') return (await confirm(missing, counts)) ? done(counts) : failed;
  if (verdict === 'nothing') return done(counts);
  const message = `${missing.length} of ${standing} people were not in Ory's listing of ${listing.size}. That looks like another Ory rather than people who left, so nobody was marked as gone.`;
  return { outcome: 'HELD', message };
}

function done(counts: CheckCounts): Finding {
  return { outcome: 'DONE', message: `Compared with Ory: ${checkWords(counts)}.` };
}

const failed: Finding = {
  outcome: 'FAILED',
  message: 'Ory did not answer as it should, so the check was given up. Nobody was marked as gone.',
};

/** Every identity by its id; null where a page does not come, since half a listing proves no absence. */
async function listAll(): Promise<Map<string, KnownIdentity> | null> {
  const identities = new Map<string, KnownIdentity>();
  const tokens = new Set<string>();
  let token: string | null = null;
  do {
    const page = await listIdentities(token);
    if (!page.ok) {
      log.warn({ cause: page.cause }, 'the identities could not be listed');
      return null;
    }
    for (const identity of page.value.identities) identities.set(identity.id, identity);
    token = page.value.next;
    // A server that hands out the same page again would keep us here for ever.
    if (token && tokens.has(token)) return null;
    if (token) tokens.add(token);
  } while (token);
  return identities;
}

/** Asks for each by itself. False where Ory does not say; what it has said until then is done. */
async function confirm(missing: MirroredPerson[], counts: CheckCounts): Promise<boolean> {
  for (const person of missing) {
    const identity = await getIdentity(person.oryIdentityId);
    if (!identity.ok) return false;
    if (identity.value) await settleIdentity(person, identity.value, counts);
    else if (await markGone(person)) counts.gone += 1;
  }
  return true;
}
