// npm run check:memos: takes the hash of every decision memo anew. Exit 1 where one does not match.
import { db, pool } from '#app/lib/db.server.ts';
import { checkMemos, type MemoFault } from '#app/models/memo.server.ts';

const words: Record<MemoFault['state'], string> = {
  altered: 'its text gives another SHA-256 than was kept: it was changed after the decision',
  misplaced: 'its text is not the memo of this decision',
  missing: 'it is not there',
};

try {
  const { checked, faults } = await checkMemos(db);
  for (const { decisionId, opportunityId, state } of faults) {
    console.error(
      `The memo of decision ${decisionId} (opportunity row ${opportunityId}): ${words[state]}.`,
    );
  }
  console.log(`${checked} decisions looked at, ${faults.length} memos at fault.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(
    `The memos could not be checked: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 1;
} finally {
  await db.$disconnect();
  await pool.end();
}
