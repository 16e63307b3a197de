import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Freshness } from '#app/domain/freshness.ts';
import type { SyncSignal } from '#app/lib/sync-signal.ts';
import { useRevalidatePage } from './use-revalidate-page.ts';

const LiveSync = createContext<SyncSignal['running']>(null);

/** The run in progress with its counts as of a moment ago; null while none runs. */
export function useLiveSync(): SyncSignal['running'] {
  return useContext(LiveSync);
}

/**
 * Follows the sync while the window is seen, so that a browser full of tabs holds one connection. Counts
 * come with the signal; when a run starts or ends the page's own loaders are asked again.
 */
export function LiveSyncProvider({
  freshness,
  children,
}: {
  freshness: Freshness | null;
  children: ReactNode;
}) {
  const revalidatePage = useRevalidatePage();
  const [signal, setSignal] = useState<SyncSignal | null>(null);
  const known = useRef<string | null>(null);
  const follows = freshness !== null;
  const loaded = freshness?.running ?? null;

  useEffect(() => {
    if (!follows) return;
    return whileSeen(() => {
      const source = new EventSource('/sync/stream');
      source.onmessage = (event: MessageEvent<string>) => {
        const received = JSON.parse(event.data) as SyncSignal;
        setSignal(received);
        const changed = known.current !== null && known.current !== received.version;
        known.current = received.version;
        if (changed) revalidatePage();
      };
      return () => source.close();
    });
  }, [follows, revalidatePage]);

  const running = signal ? signal.running : loaded;
  return <LiveSync.Provider value={running}>{children}</LiveSync.Provider>;
}

/** Runs `open` whenever the window becomes visible and its cleanup when it no longer is. */
function whileSeen(open: () => () => void): () => void {
  let close: (() => void) | null = null;
  function follow() {
    if (document.visibilityState === 'visible') close ??= open();
    else {
      close?.();
      close = null;
    }
  }
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    close?.();
  };
}
