import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, type Report } from '../fuzz/fuzz.ts';
import { summaryOf } from '../fuzz/summary.ts';
import { startApplication, type Application } from '../setup/application.ts';

const order = { requests: 3200, seed: 20261125 };
let app: Application;
let report: Report;
beforeAll(async () => {
  app = await startApplication();
  report = await fuzz(app, order);
  console.log(summaryOf(report, order.seed));
}, 300_000);
afterAll(() => app.stop());

describe('thousands of hostile requests', () => {
  it('reach every route', () => {
    expect(report.requests).toBeGreaterThanOrEqual(3000);
    expect(Object.values(report.byRoute).every((count) => count > 5)).toBe(true);
    expect(Object.keys(report.ownForms)).toContain('302');
  });

  it('find no fault: no 500, nothing of our inside, nothing unescaped, no row of others', () => {
    expect(report.faults).toEqual([]);
  });

  it('leave the record, the roles and the CRM’s columns as they have to be', () => {
    expect(report.broken).toEqual([]);
  });

  it('leave the process alive, in memory that is bounded', () => {
    expect(report.sameProcess).toBe(true);
    expect(report.memoryMb.after ?? 0).toBeLessThan(1024);
  });

  it('try every field that a page shows', () => {
    expect(report.unknownNames).toEqual([]);
  });
});
