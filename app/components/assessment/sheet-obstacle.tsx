import { useEffect, useRef } from 'react';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { Notice } from '#app/components/ui/notice.tsx';
import type { RefusedSheet } from '#app/services/act-on-sheet.server.ts';
import { refusalId } from './save-line.tsx';
import { SheetConflict } from './sheet-conflict.tsx';
import type { LiveSheet } from './use-sheet.ts';

/** What stands in the way of the sheet: a refusal of what was sent, or a newer draft. */
export function Obstacle({
  sheet,
  card,
  address,
  refused,
}: {
  sheet: LiveSheet;
  card: Scorecard;
  address: string;
  refused: RefusedSheet | undefined;
}) {
  const { saver, state, live, typed } = sheet;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!refused) return;
    // A newer draft stops the saving here too, and whoever pressed the button is shown why.
    if (refused.now) saver.current?.conflict(refused.message, refused.now);
    place.current?.focus();
  }, [refused, saver]);
  const now = state.kind === 'conflict' ? state.now : live ? null : (refused?.now ?? null);
  if (!now && !refused) return null;
  return (
    <div id={refusalId} ref={place} tabIndex={-1} className="scroll-mt-4 rounded-md">
      {now ? (
        <SheetConflict
          card={card}
          now={now}
          address={address}
          yours={typed.sheet}
          words={state.kind === 'conflict' ? state.words : (refused?.message ?? '')}
          onOverwrite={live ? () => saver.current?.overwrite(now.revision) : null}
          onLeave={() => void saver.current?.stop()}
        />
      ) : refused?.now ? null : (
        <Notice tone="bad" role="alert" title={refused?.message} />
      )}
    </div>
  );
}
