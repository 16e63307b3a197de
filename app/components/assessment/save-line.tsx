import { CircleAlert, CircleCheck, CircleDot, LoaderCircle } from 'lucide-react';
import { clsx } from 'clsx';
import { momentIn } from '#app/lib/format.ts';
import { useClock } from '#app/components/root-data.ts';
import type { SaveState } from './saver.ts';

/** Whether what is typed is kept, and since when. Only what goes wrong is called out. */
export function SaveLine({ state, className }: { state: SaveState; className?: string }) {
  const { zone, zoneKnown } = useClock();
  const looks = {
    saved: { icon: CircleCheck, tone: 'text-good' },
    unsaved: { icon: CircleDot, tone: 'text-muted' },
    saving: { icon: LoaderCircle, tone: 'text-muted' },
    failed: { icon: CircleAlert, tone: 'text-bad' },
    conflict: { icon: CircleAlert, tone: 'text-bad' },
  }[state.kind];
  const Icon = looks.icon;
  const wrong = state.kind === 'failed' || state.kind === 'conflict';
  return (
    <p
      role={wrong ? 'alert' : undefined}
      className={clsx(
        'flex gap-1.5 text-xs',
        wrong ? 'font-medium text-bad' : 'text-muted',
        className,
      )}
    >
      <Icon
        aria-hidden
        className={clsx(
          'mt-px size-3.5 shrink-0',
          looks.tone,
          state.kind === 'saving' && 'animate-spin',
        )}
      />
      <span>
        {state.kind === 'saved'
          ? `Saved ${momentIn(state.at, zone).seconds}${zoneKnown ? '' : ' UTC'}`
          : state.kind === 'saving'
            ? 'Saving …'
            : state.kind === 'unsaved'
              ? 'Not saved yet'
              : state.kind === 'conflict'
                ? 'Saving has stopped: the draft was saved elsewhere. Look above the form.'
                : state.words}
      </span>
    </p>
  );
}
