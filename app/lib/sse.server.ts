export interface EventStreamOptions {
  /** Aborts when the client leaves; not to be relied on, hence `seconds`. */
  signal: AbortSignal;
  /** What to say now; sent when it differs from what was said last. */
  read: () => Promise<string>;
  everyMs?: number;
  /** The stream ends by itself after this long and the browser opens another. */
  seconds?: number;
}

/**
 * Server-sent events of something that changes. A read that fails ends the stream, and the browser asks
 * again in three seconds.
 */
export function eventStream({ signal, read, everyMs = 1000, seconds = 28 }: EventStreamOptions) {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const endsAt = Date.now() + seconds * 1000;
      let said: string | null = null;
      controller.enqueue(encoder.encode('retry: 3000\n\n'));
      async function turn(): Promise<void> {
        if (signal.aborted || Date.now() >= endsAt) return controller.close();
        const now = await read();
        if (now !== said) controller.enqueue(encoder.encode(`data: ${now}\n\n`));
        said = now;
        timer = setTimeout(() => void turn().catch(() => end(controller)), everyMs).unref();
      }
      await turn().catch(() => end(controller));
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}

/** A client that has gone leaves a controller that can no longer be closed. */
function end(controller: ReadableStreamDefaultController): void {
  try {
    controller.close();
  } catch {
    return;
  }
}

/** Shares one answer of `read` between everybody who asks within `forMs`, however many they are. */
export function shared<T>(read: () => Promise<T>, forMs: number): () => Promise<T> {
  let asked = 0;
  let answer: Promise<T> | null = null;
  return () => {
    if (!answer || Date.now() - asked >= forMs) {
      asked = Date.now();
      answer = read();
    }
    return answer;
  };
}
