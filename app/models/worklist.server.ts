import { leastForRate, winRate } from '#app/domain/wilson.ts';
import { holds, nowhere, scopeOf } from '#app/domain/permissions.ts';
import type { Mandate } from '#app/domain/mandate.ts';
import type { Viewer } from '#app/domain/roles.ts';
import type { Db } from '#app/lib/db.server.ts';
import { listArchitectLoads } from './architect-load.server.ts';
import { listHeadlessPractices, type HeadlessPractices } from './headless-practice.server.ts';
import { listReturned, listSheets } from './worklist-architect.server.ts';
import { listWaiting } from './worklist-decisions.server.ts';
import { readOutcomes, readPipeline } from './worklist-outcomes.server.ts';
import { listReviews } from './worklist-reviews.server.ts';
import { listRunOutHolds, listStale, listStaleDecisions } from './worklist-stale.server.ts';
import type { At } from './worklist-row.server.ts';
import {
  countUnreadMentions,
  listDecidedOfSales,
  listMissingFromSales,
  listOwn,
} from './worklist-sales.server.ts';
import { countUnassigned, listUnassigned } from './worklist-unassigned.server.ts';

/** Rows of a list on the worklist; the whole of it is a page of its own. */
const shown = 5;
/** Lists that have no page of their own are shown at more length. */
const longer = 20;
const shownToSales = 10;
const shownPractices = 10;

const noneHeadless: HeadlessPractices = { rows: [], total: 0, opportunities: 0 };

/**
 * What a manager opens BQS for: decisions, the pipeline, and whether GOs win. Practices without a head are for
 * those who can name one, which a stand-in cannot.
 */
export async function readManagerWork(db: Db, viewer: Viewer, at: At) {
  const mends = holds(viewer, 'manage:roles');
  const [headless, waiting, stale, onHold, pipeline, outcomes] = await Promise.all([
    mends ? listHeadlessPractices(db, shownPractices) : noneHeadless,
    listWaiting(db, viewer, { limit: shown, at }),
    listStaleDecisions(db, shown),
    listRunOutHolds(db, { today: at.today, limit: shown }),
    readPipeline(db),
    readOutcomes(db, at.today),
  ]);
  const { bids, noBids, won, lost } = outcomes;
  const decided = bids + noBids;
  return {
    headless,
    waiting,
    stale,
    holds: onHold,
    pipeline,
    outcomes,
    bidRate: { bids, decided, shown: decided >= leastForRate },
    winRate: winRate({ won, lost }),
  };
}

/**
 * What a practice head opens BQS for: what has no architect, who has room, what to recommend on. `seen` is
 * the viewer in their own right, or whom they stand in for.
 */
export async function readHeadWork(db: Db, viewer: Viewer, seen: Viewer, at: At) {
  const assigning = scopeOf(seen, 'assign:opportunity') ?? nowhere;
  const own = { ...nowhere, practices: seen.practices, withoutPractice: true };
  const recommending = scopeOf(seen, 'recommend:opportunity') ?? nowhere;
  const [unassigned, architects, reviews] = await Promise.all([
    // A manager who also heads a practice sees here what a head sees.
    listUnassigned(db, assigning.all ? own : assigning, { limit: shown, at }),
    listArchitectLoads(db, { practices: seen.practices, today: at.today }),
    listReviews(db, viewer, recommending, { limit: shown, at }),
  ]);
  return { practices: [...seen.practices], unassigned, architects, reviews };
}

/** What an architect opens BQS for: sheets, what changed, what came back. */
export async function readArchitectWork(db: Db, viewer: Viewer, at: At) {
  const asked = { userId: viewer.id, limit: longer };
  const practices = { ...nowhere, practices: viewer.practices };
  const [sheets, stale, returned, unassigned] = await Promise.all([
    listSheets(db, { ...asked, at }),
    listStale(db, asked),
    listReturned(db, asked),
    countUnassigned(db, practices),
  ]);
  return { sheets, stale, returned, unassigned };
}

/** What a seller opens BQS for: where opportunities are, what is missing, what was decided. */
export async function readSalesWork(db: Db, viewer: Viewer, at: At) {
  const mentions = await countUnreadMentions(db, viewer.id);
  if (viewer.verifiedEmail === null) return { verified: false as const, mentions };
  const asked = { email: viewer.verifiedEmail, limit: shownToSales };
  const [own, missing, decided] = await Promise.all([
    listOwn(db, { ...asked, at }),
    listMissingFromSales(db, asked),
    listDecidedOfSales(db, asked),
  ]);
  return { verified: true as const, mentions, own, missing, decided };
}

/** What waits for somebody who is away, as they would see it; what is theirs alone is left out. */
export async function readWorkFor(db: Db, viewer: Viewer, mandate: Mandate, at: At) {
  const { absent, until, ...held } = mandate;
  const { role, practices, verifiedEmail } = held;
  const seen = { ...absent, roles: [role], practices, verifiedEmail, standsInFor: [] };
  const [manager, head, sales] = await Promise.all([
    role === 'MANAGER' ? readManagerWork(db, viewer, at) : null,
    role === 'PRACTICE_HEAD' ? readHeadWork(db, viewer, seen, at) : null,
    role === 'SALES' ? readSalesWork(db, seen, at) : null,
  ]);
  const own = sales && { ...sales, mentions: 0 };
  return { role, for: absent, until, manager, head, sales: own };
}
