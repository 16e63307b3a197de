// npm run check:qualification: plays the record of every opportunity and holds the tables against it.
import { differencesOf } from '#app/domain/reconcile.ts';
import { db, pool } from '#app/lib/db.server.ts';
import { countStrayEvents, streamChecked } from '#app/models/reconciliation.server.ts';

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The check broke: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await db.$disconnect();
  await pool.end();
}

/** Returns the exit code: 0 where all reconciles, 1 where something does not. */
async function main(): Promise<number> {
  let [opportunities, events, apart] = [0, 0, 0];
  for await (const each of streamChecked(db)) {
    opportunities += 1;
    events += each.events.length + each.unreadable.length;
    const unreadable = each.unreadable.map((kind) => `an event ${kind} cannot be read`);
    const found = [...unreadable, ...differencesOf(each.events, each.present)];
    if (found.length === 0) continue;
    apart += 1;
    console.log(`Opportunity ${each.remoteNumber ?? 'without a number'} (id ${each.id})`);
    for (const line of found) console.log(`  ${line}`);
  }
  const stray = await countStrayEvents(db);
  if (stray > 0) console.log(`${stray} events name an opportunity that does not exist.`);
  const counted = `${opportunities} opportunities, ${events} events`;
  if (apart === 0 && stray === 0) {
    console.log(`${counted}: all reconcile`);
    return 0;
  }
  console.log(`${counted}: ${apart} opportunities do not reconcile`);
  return 1;
}
