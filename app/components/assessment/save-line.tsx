import { CircleAlert, CircleCheck, CircleDot, LoaderCircle } from 'lucide-react';
import { clsx } from 'clsx';
import { momentIn } from '#app/lib/format.ts';
import { useClock } from '#app/components/root-data.ts';
import type { SaveState } from './saver.ts';

/** Where a page says what stands in the way of a sheet. */
export const refusalId = 'refusal';

/** Whether what is typed is kept, and since when. Only what goes wrong is called out. */
export function SaveLine({
  state,
  quiet = false,
}: {
  state: SaveState;
  /** Whether another one on the page does the calling out. */
  quiet?: boolean;
}) {
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
      role={state.kind === 'failed' && !quiet ? 'alert' : undefined}
      className={clsx('flex gap-1.5 text-xs', wrong ? 'font-medium text-bad' : 'text-muted')}
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
        <Words state={state} />
      </span>
    </p>
  );
}

function Words({ state }: { state: SaveState }) {
  const { zone, zoneKnown } = useClock();
  switch (state.kind) {
    case 'saved':
      return <>{`Saved ${momentIn(state.at, zone).seconds}${zoneKnown ? '' : ' UTC'}`}</>;
    case 'saving':
      return <>Saving …</>;
    case 'unsaved':
      return <>Not saved yet</>;
    case 'failed':
      return <>{state.words}</>;
    case 'conflict':
      return (
        <>
          Saving has stopped: the draft was saved elsewhere.{' '}
          <a href={`#${refusalId}`} className="link">
            Compare both
          </a>
        </>
      );
  }
}
