/** What came of sending a draft. `final`: sending it again by itself would not help. */
export type SaveAnswer<Stored = unknown> =
  | { ok: true; revision: number; savedAt: Date }
  | { ok: false; final: boolean; words: string; now?: Stored | null };

export type SaveState<Stored = unknown> =
  | { kind: 'saved'; at: Date }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'failed'; words: string }
  | { kind: 'conflict'; words: string; now: Stored };

export interface Saver<Stored = unknown> {
  /** Something was typed: save it once the typing rests. */
  changed(): void;
  /** Saves at once what is not saved yet, and resolves when that is settled. */
  flush(): Promise<void>;
  /** Goes on from a stored draft that has been looked at; what is typed is saved over it. */
  overwrite(revision: number): void;
  /** Stops for a conflict that another answer told of. */
  conflict(words: string, now: Stored): void;
  /** Whether something typed has not been saved. */
  readonly dirty: boolean;
  /** Saves to the end what is not saved yet, and then no more. */
  stop(): Promise<void>;
}

/**
 * Keeps a draft saved while somebody types: one save at a time, each on the revision the last one left.
 * Without an answer it tries again; a conflict stops it until somebody has looked.
 */
export function createSaver<Stored>(parts: {
  revision: number;
  send: (revision: number) => Promise<SaveAnswer<Stored>>;
  tell: (state: SaveState<Stored>, revision: number) => void;
  restMilliseconds?: number;
  retryMilliseconds?: number;
}): Saver<Stored> {
  const { send, tell, restMilliseconds = 1500, retryMilliseconds = 10_000 } = parts;
  let revision = parts.revision;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let [dirty, halted] = [false, false];

  const schedule = (milliseconds: number) => {
    clearTimeout(timer);
    if (!halted) timer = setTimeout(() => void flush(), milliseconds);
  };

  const settle = (answer: SaveAnswer<Stored>) => {
    if (answer.ok) {
      revision = answer.revision;
      tell(dirty ? { kind: 'unsaved' } : { kind: 'saved', at: answer.savedAt }, revision);
      return;
    }
    dirty = true;
    if (answer.now) return conflict(answer.words, answer.now);
    tell({ kind: 'failed', words: answer.words }, revision);
    if (!answer.final) schedule(retryMilliseconds);
  };

  const conflict = (words: string, now: Stored) => {
    [dirty, halted] = [true, true];
    clearTimeout(timer);
    tell({ kind: 'conflict', words, now }, revision);
  };

  async function flush(): Promise<void> {
    clearTimeout(timer);
    // Whoever else waited for the same save may have begun the next one.
    while (running) await running;
    if (!dirty || halted) return;
    dirty = false;
    tell({ kind: 'saving' }, revision);
    running = send(revision).then(settle);
    await running;
    running = null;
  }

  return {
    changed() {
      dirty = true;
      if (halted) return;
      tell({ kind: 'unsaved' }, revision);
      schedule(restMilliseconds);
    },
    flush,
    overwrite(seen) {
      [revision, halted, dirty] = [seen, false, true];
      void flush();
    },
    conflict,
    get dirty() {
      return dirty || running !== null;
    },
    async stop() {
      await flush();
      halted = true;
      clearTimeout(timer);
    },
  };
}
