import { expect, it } from 'vitest';
import { configFor, copied, partsFor, sync, useSimulator } from './sync-setup.ts';

const minute = 60_000;
// The CRM's clock as the test sets it, ahead of ours or behind.
let shiftMs = -600 * minute;
const crm = useSimulator({
  opportunities: 60,
  pageCap: 20,
  clock: () => new Date(Date.now() + shiftMs),
});
// Asked from a point in time, so that the overlap alone decides what a delta reads again.
const parts = () => partsFor(configFor(crm(), { deltaLiteral: 'timestamp' }));
const nameOf = async (id: bigint) => (await copied()).get(String(id))?.name;

it('takes an edit that shows later than its stamp, within the overlap', async () => {
  await sync('FULL', parts());
  const [late] = crm().dataset.all() as [{ OptyId: bigint }];
  const fault = crm().faults.add({ kind: 'commit-lag', seconds: 600 });
  crm().dataset.update(late.OptyId, { Name: 'Late' });
  crm().faults.remove(fault);
  shiftMs += 5 * minute;
  crm().dataset.update(crm().dataset.all()[1]!.OptyId as bigint, { Name: 'On time' });
  await sync('INCREMENTAL', parts());
  expect(await nameOf(late.OptyId)).not.toBe('Late');
  shiftMs += 6 * minute;
  expect((await sync('INCREMENTAL', parts())).log).toMatchObject({ updated_records: 1 });
  expect(await nameOf(late.OptyId)).toBe('Late');
});

it('leaves one that shows later than the overlap to the next sweep', async () => {
  const lag = 60 * minute;
  const [late, other] = crm().dataset.all() as [{ OptyId: bigint }, { OptyId: bigint }];
  const fault = crm().faults.add({ kind: 'commit-lag', seconds: lag / 1000 });
  crm().dataset.update(late.OptyId, { Name: 'Very late' });
  crm().faults.remove(fault);
  shiftMs += lag - minute;
  crm().dataset.update(other.OptyId, { Name: 'Long after' });
  await sync('INCREMENTAL', parts());
  shiftMs += 2 * minute;
  await sync('INCREMENTAL', parts());
  expect(await nameOf(late.OptyId)).not.toBe('Very late');
  expect((await sync('FULL', parts())).log).toMatchObject({ updated_records: 1 });
  expect(await nameOf(late.OptyId)).toBe('Very late');
});

it('takes a thousand rows of one stamp, however few fit on a page', async () => {
  const { dataset } = crm();
  for (let n = 0; n < 1000; n++) dataset.insert();
  await sync('FULL', parts());
  dataset.updateAll(
    dataset.all().map(({ OptyId }) => OptyId as bigint),
    { Comments: 'Bulk edit' },
  );
  expect((await sync('INCREMENTAL', parts())).log).toMatchObject({
    status: 'SUCCESS',
    updated_records: 1060,
    new_records: 0,
  });
});
