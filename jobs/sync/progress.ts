import type { WriteStream } from 'node:tty';
import type { PageCounts } from './run.ts';

export interface ProgressReporter {
  show(counts: PageCounts): void;
  /** A line that stays. */
  note(line: string): void;
  end(): void;
}

const betweenLinesMs = 3000;

/** Progress on one line that keeps changing, or as a line every few seconds where output is no terminal. */
export function progressReporter(out: WriteStream | NodeJS.WriteStream): ProgressReporter {
  const began = Date.now();
  let shownAt = 0;
  let live = false;
  const clear = () => {
    if (live) out.write('\r\x1b[K');
    live = false;
  };
  return {
    show(counts) {
      const now = Date.now();
      if (now - shownAt < (out.isTTY ? 100 : betweenLinesMs)) return;
      shownAt = now;
      clear();
      const line = lineOf(counts, (now - began) / 1000);
      out.write(out.isTTY ? line : `${line}\n`);
      live = Boolean(out.isTTY);
    },
    note(line) {
      clear();
      out.write(`${line}\n`);
    },
    end: clear,
  };
}

function lineOf(counts: PageCounts, seconds: number): string {
  const rate = seconds > 0 ? Math.round(counts.fetched / seconds) : 0;
  const parts = [
    `${counts.fetched} fetched`,
    `${counts.added} new`,
    `${counts.updated} updated`,
    `${counts.unchanged} unchanged`,
    ...(counts.failed > 0 ? [`${counts.failed} quarantined`] : []),
  ];
  return `${parts.join(', ')} (${rate} a second)`;
}
