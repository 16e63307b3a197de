import type { Work } from './work.ts';

/** Opportunities asked for as a control before an address is distrusted; one may have been deleted since. */
const controls = 3;

interface Control {
  remote_id: string;
  remote_number: string | null;
}

/**
 * Whether "not found" by number, or else by id, means anything: it does not where the CRM has nothing to
 * show there of what it has just sent either. Asked for once a run, the first time it matters.
 */
export function controlOf(work: Work): (byNumber: boolean) => Promise<boolean> {
  const known = new Map<boolean, Promise<boolean>>();
  return (byNumber) => {
    if (!known.has(byNumber)) known.set(byNumber, findControl(work, byNumber));
    return known.get(byNumber)!;
  };
}

async function findControl(work: Work, byNumber: boolean): Promise<boolean> {
  const { parts, signal, run } = work;
  for (const { remote_id: id, remote_number: number } of await candidates(work, byNumber)) {
    const key = { remoteId: BigInt(id), remoteNumber: byNumber ? number : null };
    if (await parts.client.record(key, signal)) return true;
  }
  parts.onNote?.(
    `The CRM shows no opportunity by its ${byNumber ? 'number' : 'id'}, not even those run ${run.id} ` +
      `has seen. What is missing is left as it is.`,
  );
  return false;
}

/** The newest by the CRM's stamp: every run has seen them, since a delta begins before them. */
async function candidates({ connections }: Work, byNumber: boolean): Promise<Control[]> {
  const { rows } = await connections[0]!.query<Control>(
    `SELECT o.remote_id, o.remote_number FROM opportunities o
     WHERE o.gone_since IS NULL AND o.crm_updated_at IS NOT NULL
       AND (NOT $1 OR o.remote_number ~ '[^.]')
       AND NOT EXISTS (SELECT FROM missing_opportunities m WHERE m.opportunity_id = o.id)
     ORDER BY o.crm_updated_at DESC, o.remote_id DESC LIMIT $2`,
    [byNumber, controls],
  );
  return rows;
}
