// Its own process, so that the time the CRM takes is not counted as ours.
import { startCrmSimulator } from '#dev/crm/server.ts';

/** What tests/bench/stage.ts may ask of it, each answered with a number. */
export type Order =
  { kind: 'latency'; ms: number } | { kind: 'change'; count: number } | { kind: 'requests' };

const day = 24 * 60 * 60 * 1000;

// Its history ends a day ago: the simulator touches more of it in the last minutes than people ever do,
// and a delta reads the last quarter of an hour again.
let behindMs = day;
const crm = await startCrmSimulator({
  opportunities: Number(process.argv[2]),
  clock: () => new Date(Date.now() - behindMs),
});
behindMs = 0;
let touched = 0;

process.on('message', (order: Order) => process.send?.({ answer: obey(order) }));
process.send?.({ url: crm.url });
process.once('disconnect', () => process.exit(0));

function obey(order: Order): number {
  if (order.kind === 'latency') {
    crm.faults.clear();
    if (order.ms > 0) crm.faults.add({ kind: 'latency', delayMs: order.ms });
  }
  if (order.kind === 'change') change(order.count);
  return crm.requests;
}

/** Changes so many opportunities, spread over the ids, each in one attribute and its stamps. */
function change(count: number): void {
  const { store } = crm.dataset;
  const step = Math.floor(store.slots / count);
  for (let n = 0; n < count; n++) {
    const slot = store.order[(n * step + touched) % store.slots]!;
    crm.dataset.update(store.ids[slot]!, { Revenue: 1_000_000 + touched * count + n });
  }
  touched++;
}
