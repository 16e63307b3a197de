import { describe, expect, it } from 'vitest';
import { eventStream, shared } from './sse.server.ts';

async function received(response: Response): Promise<string[]> {
  const text = await response.text();
  return text.split('\n\n').filter((block) => block.startsWith('data: '));
}

describe('an event stream', () => {
  it('says something once, says it again only when it changes, and ends by itself', async () => {
    const answers = ['a', 'a', 'b', 'b', 'c'];
    const response = eventStream({
      signal: new AbortController().signal,
      read: async () => answers.shift() ?? 'c',
      everyMs: 1,
      seconds: 0.2,
    });
    expect(response.headers.get('Content-Type')).toBe('text/event-stream');
    expect(await received(response)).toEqual(['data: a', 'data: b', 'data: c']);
  });

  it('ends when what it tells of can no longer be read', async () => {
    let reads = 0;
    const response = eventStream({
      signal: new AbortController().signal,
      read: async () => {
        reads += 1;
        if (reads === 3) throw new Error('the database is gone');
        return String(reads);
      },
      everyMs: 1,
    });
    expect(await received(response)).toEqual(['data: 1', 'data: 2']);
  });

  it('stops reading when the client has left', async () => {
    const client = new AbortController();
    let reads = 0;
    const response = eventStream({
      signal: client.signal,
      read: async () => {
        reads += 1;
        if (reads === 2) client.abort();
        return String(reads);
      },
      everyMs: 1,
    });
    await response.text();
    expect(reads).toBe(2);
  });
});

it('one read serves everybody who asks at the same time', async () => {
  let reads = 0;
  const ask = shared(async () => (reads += 1), 60_000);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
});
