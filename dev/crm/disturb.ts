import { type Dataset } from './dataset.ts';
import { type Fault } from './faults.ts';

/** What faults do to the opportunities before a request is answered. */
export function disturb(dataset: Dataset, faults: readonly Fault[]): void {
  dataset.settle();
  for (const fault of faults) {
    const ids = () => middleOf(dataset, fault.rows ?? 1);
    if (fault.kind === 'evolve') dataset.evolve(fault.steps ?? 5);
    if (fault.kind === 'mass-update') dataset.updateAll(ids(), { Comments: 'Bulk edit' });
    if (fault.kind === 'hide-rows') for (const id of ids()) dataset.hide(id);
    if (fault.kind === 'remove-rows') for (const id of ids()) dataset.remove(id);
  }
}

/** The ids of so many visible rows from the middle of the order on. */
function middleOf({ store }: Dataset, count: number): bigint[] {
  const visible = Array.from(store.order.subarray(0, store.slots)).filter((slot) =>
    store.isVisible(slot),
  );
  const from = Math.max(0, (visible.length - count) >> 1);
  return visible.slice(from, from + count).map((slot) => store.ids[slot]!);
}
