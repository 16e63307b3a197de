import type { Report } from './fuzz.ts';

/** A report for a person to read: the counts, then every fault with the request that shows it. */
export function summaryOf(report: Report, seed: number): string {
  const { requests, byStatus, byRoute, ownForms, faults, broken, memoryMb, slowestMs, resent } =
    report;
  const failures = Object.entries(byStatus).filter(([status]) => status === '500');
  return [
    `seed ${seed}: ${requests} requests to ${Object.keys(byRoute).length} routes, ${listed(byStatus)}`,
    `500s: ${failures.reduce((sum, [, count]) => sum + count, 0)}; forms of pages, changed: ${listed(ownForms)}`,
    `slowest ${slowestMs} ms; memory ${memoryMb.before} MB, then ${memoryMb.after} MB; ` +
      `signed in again ${report.signedInAgain} times; sent again on a new connection ${resent} times`,
    ...broken.map((words) => `BROKEN: ${words}`),
    ...(report.sameProcess ? [] : ['BROKEN: the web process is not the one that was started.']),
    ...faults.flatMap(({ words, answer, curl, route, person }) => [
      `FAULT at ${route} for ${person}: ${words.join('; ')}`,
      `  ${JSON.stringify(answer)}`,
      `  ${curl}`,
    ]),
  ].join('\n');
}

function listed(counts: Record<string, number>): string {
  const entries = Object.entries(counts).sort(([one], [other]) => one.localeCompare(other));
  return entries.map(([key, count]) => `${key}: ${count}`).join(', ');
}
