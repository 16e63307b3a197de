import { describe, expect, it } from 'vitest';
import { scheduleQueue } from '#jobs/queues.ts';
import { judgeCircuit, type EndedSync } from './circuit.ts';
import type { SyncStatus } from './sync.ts';

const start = Date.parse('2027-03-01T00:00:00Z');
const minutes = (count: number) => new Date(start + count * 60_000);

/** Syncs that ended every ten minutes, the oldest first; a fault stands for FAILED by it. */
function ended(...ends: string[]): EndedSync[] {
  return ends
    .map((end, index) => ({
      status: (end === end.toUpperCase() ? end : 'FAILED') as SyncStatus,
      fault: end === end.toUpperCase() ? null : end,
      completedAt: minutes(10 * index),
    }))
    .reverse();
}
const judged = (ends: string[], now = minutes(10 * (ends.length - 1) + 1)) =>
  judgeCircuit(ended(...ends), now);

describe('the circuit', () => {
  it.each([
    [[], 'closed'],
    [['SUCCESS'], 'closed'],
    [['network'], 'closed'],
    [['network', 'unavailable'], 'closed'],
    [['network', 'unavailable', 'timeout'], 'open'],
    [['network', 'unavailable', 'timeout', 'SUCCESS'], 'closed'],
    [['network', 'unavailable', 'timeout', 'PARTIAL'], 'closed'],
    [['network', 'unavailable', 'timeout', 'HELD'], 'closed'],
    [['network', 'SUCCESS', 'timeout', 'network'], 'closed'],
    // Neither a person's cancelling nor a fault of ours tells of the CRM.
    [['network', 'CANCELLED', 'timeout', 'FAILED', 'network', 'CANCELLED'], 'open'],
    [['FAILED', 'FAILED', 'FAILED', 'FAILED'], 'closed'],
    // An account that is refused twice is not tried a third time.
    [['credentials'], 'closed'],
    [['credentials', 'credentials'], 'open'],
    [['credentials', 'forbidden'], 'open'],
    [['network', 'forbidden'], 'closed'],
    [['credentials', 'network'], 'closed'],
    [['credentials', 'network', 'credentials'], 'open'],
  ] as const)('after %j is %s', (ends, state) => {
    expect(judged([...ends]).state).toBe(state);
  });

  it('opens for a time that doubles, at most six hours', () => {
    const waits = [3, 4, 5, 6, 7, 8, 9, 20].map((failures) => {
      const circuit = judged(Array<string>(failures).fill('network'));
      if (circuit.state === 'closed') throw new Error('it is closed');
      return (circuit.until.getTime() - minutes(10 * (failures - 1)).getTime()) / 60_000;
    });
    expect(waits).toEqual([15, 30, 60, 120, 240, 360, 360, 360]);
  });

  it('says since when, after how many failures, and by which fault', () => {
    const circuit = judged(['SUCCESS', 'network', 'timeout', 'unavailable', 'throttled']);
    expect(circuit).toEqual({
      state: 'open',
      since: minutes(30),
      until: minutes(70),
      failures: 4,
      fault: 'throttled',
    });
  });

  it('is half open once the wait is over, to the minute', () => {
    const ends = ['network', 'network', 'network'];
    expect(judged(ends, new Date(minutes(35).getTime() - 1)).state).toBe('open');
    expect(judged(ends, minutes(35)).state).toBe('half-open');
  });

  it('outlasts the wait of a scheduled sync that is tried again', () => {
    const again = scheduleQueue.options.retryDelay / 60;
    expect(judged(['credentials', 'credentials'], minutes(10 + again + 1)).state).toBe('open');
  });
});
