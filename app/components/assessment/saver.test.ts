import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSaver, type SaveAnswer, type SaveState } from './saver.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A saver whose answers are given in advance, and what it sent and told. */
function scripted(...answers: SaveAnswer<string>[]) {
  const sent: number[] = [];
  const told: SaveState<string>['kind'][] = [];
  const saver = createSaver<string>({
    revision: 4,
    send: async (revision) => {
      sent.push(revision);
      return answers.shift() ?? saved(revision + 1);
    },
    tell: ({ kind }) => void told.push(kind),
  });
  return { saver, sent, told };
}

const saved = (revision: number) => ({ ok: true as const, revision, savedAt: new Date(0) });
const lost = { ok: false as const, final: false, words: 'No connection.' };

describe('saving while somebody types', () => {
  it('waits until the typing rests, and then sends once', async () => {
    const { saver, sent, told } = scripted();
    saver.changed();
    await vi.advanceTimersByTimeAsync(1000);
    saver.changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect([sent, told, saver.dirty]).toEqual([
      [4],
      ['unsaved', 'unsaved', 'saving', 'saved'],
      false,
    ]);
  });

  it('goes on from the revision that the last save left', async () => {
    const { saver, sent } = scripted(saved(5), saved(9));
    for (let round = 0; round < 3; round++) {
      saver.changed();
      await saver.flush();
    }
    expect(sent).toEqual([4, 5, 9]);
  });

  it('never has two on the way, and loses nothing typed meanwhile', async () => {
    const { saver, sent, told } = scripted();
    saver.changed();
    const first = saver.flush();
    saver.changed();
    await Promise.all([first, saver.flush()]);
    expect([sent, told.at(-1)]).toEqual([[4, 5], 'saved']);
  });

  it('saves to the end what was typed during a save before it stops', async () => {
    const { saver, sent } = scripted();
    saver.changed();
    void saver.flush();
    saver.changed();
    void saver.flush();
    void saver.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent, saver.dirty]).toEqual([[4, 5], false]);
  });

  it('saves no more once it has stopped', async () => {
    const { saver, sent } = scripted(lost);
    saver.changed();
    await saver.stop();
    saver.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent, saver.dirty]).toEqual([[4], true]);
  });

  it('has settled everything when it says so, whoever else waits for it', async () => {
    const { saver, sent } = scripted();
    saver.changed();
    void saver.flush();
    saver.changed();
    void saver.flush();
    await saver.flush();
    expect([sent, saver.dirty]).toEqual([[4, 5], false]);
  });

  it('tries again by itself without a connection', async () => {
    const { saver, sent, told } = scripted(lost, lost);
    saver.changed();
    await vi.advanceTimersByTimeAsync(1500 + 20_000);
    expect([sent, told.at(-1), saver.dirty]).toEqual([[4, 4, 4], 'saved', false]);
  });

  it('does not repeat what would be refused again, until something is typed', async () => {
    const { saver, sent } = scripted({ ...lost, final: true });
    saver.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent, saver.dirty]).toEqual([[4], true]);
    saver.changed();
    await vi.advanceTimersByTimeAsync(1500);
    expect(sent).toEqual([4, 4]);
  });

  it('stops at a conflict, and goes on from the draft that was looked at', async () => {
    const { saver, sent, told } = scripted({ ...lost, final: true, now: 'theirs' });
    saver.changed();
    await saver.flush();
    saver.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([sent, told.at(-1), saver.dirty]).toEqual([[4], 'conflict', true]);
    saver.overwrite(8);
    await vi.advanceTimersByTimeAsync(0);
    expect([sent, told.at(-1)]).toEqual([[4, 8], 'saved']);
  });
});
