import { describe, expect, it } from 'vitest';
import { runTrial } from '../trial/trial.ts';

describe('a trial by faults and blows', () => {
  it.each(Array.from({ length: 12 }, (_, index) => 1000 + index))(
    'of seed %i ends with the copy equal to the source',
    async (seed) => {
      const report = await runTrial(seed);
      expect(report.opportunities).toBeGreaterThan(0);
    },
  );
});
