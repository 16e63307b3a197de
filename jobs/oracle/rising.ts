import { OracleError } from './errors.ts';
import type { SentRecord } from './json.ts';
import { optyIdOf } from './map.ts';

/**
 * The records of a page above `after`, and the highest OptyId among them. Rows of the page before, sent
 * again at its beginning, and one sent twice in a row are left out: what comes after them is what comes
 * next all the same. Refuses a page whose ids do not rise, or that holds nothing new: such a server ignores the query, and
 * a walk would skip rows.
 */
export function risingFrom(
  sent: SentRecord[],
  { after }: { after: bigint },
): { records: SentRecord[]; cursor: bigint } {
  const records: SentRecord[] = [];
  let cursor = after;
  let latest = { id: 0n, text: '' };
  for (const record of sent) {
    const id = optyIdOf(record);
    if (id !== null) {
      const again = id === latest.id && record.text === latest.text;
      if (id === latest.id && !again) throw twiceDifferently(id);
      if (id <= latest.id && !again) throw outOfOrder(id, latest.id);
      latest = { id, text: record.text };
      if (again || id <= after) continue;
      cursor = id;
    }
    records.push(record);
  }
  if (latest.id > 0n && cursor === after) throw outOfOrder(latest.id, after);
  return { records, cursor };
}

function twiceDifferently(id: bigint): OracleError {
  return new OracleError(
    'out-of-order',
    `The CRM sent OptyId ${id} twice on one page, differently: which of the two is right cannot be told.`,
  );
}

function outOfOrder(id: bigint, after: bigint): OracleError {
  return new OracleError(
    'out-of-order',
    `The CRM sent OptyId ${id} after ${after}: it ignores the order or the filter we ask for.`,
  );
}
