import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { unusedExports } from './setup/exports.ts';

// What Remix looks for in a route, and in the root and the entries, without anybody importing it.
const entries = [
  /^app\/routes\/\S+ (loader|action|default|meta|headers|shouldRevalidate|ErrorBoundary|links|handle)$/,
  /^app\/root\.tsx (loader|default|meta|headers|ErrorBoundary|links|Layout)$/,
  /^app\/entry\.server\.tsx (default|handleError)$/,
];

// What the product itself does not call, and why it is there.
const forTests: Record<string, string> = {
  'app/domain/change-rank.ts rankOf': 'The rule that SQL says again; tests hold the two together.',
  'app/domain/change-rank.ts precedenceOf': 'The rule that SQL says again, likewise.',
  'app/domain/change-rank.ts compareChanges': 'The rule that SQL says again, likewise.',
  'app/domain/staleness.ts movedFields': 'The rule that SQL says again, likewise.',
  'app/lib/boss.server.ts stopProducer': 'Lets the process of a test come to its end.',
};

const folder = mkdtempSync(join(tmpdir(), 'bqs-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const isTest = (file: string) => file.startsWith('tests/') || /\.test\.tsx?$/.test(file);

describe('what a file hands out', () => {
  it('is taken by another, or is an entry', () => {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
      encoding: 'utf8',
    });
    const files = listed.split('\n').filter((file) => /\.(tsx?|m?js)$/.test(file));
    const unused = unusedExports(files.filter(existsSync), isTest)
      .filter((key) => /^(app|jobs|dev)\//.test(key))
      .filter((key) => !entries.some((entry) => entry.test(key)));
    expect(unused.sort()).toEqual(Object.keys(forTests).sort());
  }, 30_000);

  it('is found unused where nobody takes it, and where a test alone does', () => {
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write(
      'given.ts',
      `export const taken = 1, [nobody] = [2];
       export function testedAlone() {}
       export const tested = 3;
       export class HandedOn {}
       export type Unheard = typeof tested;
       const inner = 4;
       export { inner as outer };
       export default tested;`,
    );
    write('hands-on.ts', `export { HandedOn as Handed } from './given.ts';`);
    write('takes.ts', `import { taken as mine } from './given.ts'; mine;`);
    write('takes-all.ts', `export const late = () => import('./whole.ts');`);
    write('whole.ts', `export const part = 1;`);
    write('given.test.ts', `import { tested, testedAlone } from './given.ts'; late;`);
    write('late.test.ts', `import * as all from './takes-all.ts'; all;`);
    const names = ['given.ts', 'hands-on.ts', 'takes.ts', 'takes-all.ts', 'whole.ts'];
    const files = [...names, 'given.test.ts', 'late.test.ts'].map((name) => join(folder, name));
    const unused = unusedExports(files, isTest).map((key) => key.slice(folder.length + 1));
    expect(unused).toEqual([
      ...['given.ts nobody', 'given.ts testedAlone', 'given.ts outer', 'given.ts default'],
      ...['hands-on.ts Handed', 'takes-all.ts late'],
    ]);
  });
});
