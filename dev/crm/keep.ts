import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Dataset } from './dataset.ts';

/** The records kept in `file`, or undefined where none are. */
export function keptRecords(file: string): string[] | undefined {
  if (!existsSync(file)) return undefined;
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

/** Writes all records to `file`, whole or not at all. */
export function keepRecords(file: string, dataset: Dataset): void {
  const beside = `${file}.new`;
  writeFileSync(beside, dataset.texts().join('\n'));
  renameSync(beside, file);
}
