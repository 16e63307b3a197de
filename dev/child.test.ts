import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild } from './child.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bqs-child-'));
  log = join(folder, 'child.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a process that says `words` and ends; returns what it is known to have said last. */
async function say(words: string): Promise<string> {
  const file = join(folder, 'child.ts');
  writeFileSync(file, `console.log(${JSON.stringify(words)});`);
  const child = startChild(file, process.env, log);
  await once(child.process, 'exit');
  return child.lastWords();
}

describe('the log of a process of ours', () => {
  it('keeps what an earlier one said, and tells the last words of each from the other’s', async () => {
    expect(await say('It broke.')).toBe('It broke.');
    expect(await say('')).toBe('');
    expect(await say('It goes on.')).toBe('It goes on.');
    expect(readFileSync(log, 'utf8')).toMatch(/^It broke\.\n\n+It goes on\.\n$/);
  });

  it('is put aside once it is large, one file of it', async () => {
    await say('small');
    expect(existsSync(`${log}.1`)).toBe(false);
    for (const letter of ['a', 'b']) {
      writeFileSync(log, letter.repeat(6 * 1024 * 1024));
      expect(await say('begun anew')).toBe('begun anew');
      expect(readFileSync(log, 'utf8')).toBe('begun anew\n');
      expect(readFileSync(`${log}.1`, 'utf8')[0]).toBe(letter);
    }
  });
});
