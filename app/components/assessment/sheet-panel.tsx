import { Send } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Gap } from '#app/domain/assessment.ts';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { formatScore, type Ratings, type Standing } from '#app/domain/scoring.ts';
import { Button } from '#app/components/ui/button.tsx';
import { SaveLine } from './save-line.tsx';
import type { SaveState } from './saver.ts';
import { SensitivityLines, StandingFigures } from './standing-figures.tsx';
import { SubmitChecklist } from './submit-checklist.tsx';
import { sheetFormId } from './use-sheet.ts';

const sheetPanelId = 'standing';

/** How the sheet stands, beside the form: answers, score, band, sensitivity, what is missing, the buttons. */
export function SheetPanel({
  card,
  standing,
  ratings,
  gaps,
  state,
  busy,
  children,
}: {
  card: Scorecard;
  standing: Standing;
  ratings: Ratings;
  gaps: readonly Gap[];
  state: SaveState;
  busy: boolean;
  children: ReactNode;
}) {
  return (
    <aside
      id={sheetPanelId}
      aria-label="How it stands"
      className="scroll-mt-4 rounded-lg border bg-surface lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:self-start lg:overflow-y-auto"
    >
      <noscript>
        <p className="border-b px-4 py-2 text-xs text-muted">As of the last save.</p>
      </noscript>
      <Part title={`${standing.answered} of ${standing.criteria} answered`}>
        <StandingFigures card={card} standing={standing} />
      </Part>
      <Part title="Sensitivity">
        <SensitivityLines card={card} ratings={ratings} standing={standing} />
      </Part>
      <Part title="Before it can be submitted">
        <SubmitChecklist card={card} gaps={gaps} />
      </Part>
      <div className="grid gap-3 border-t px-4 py-3">
        <div className="flex flex-wrap gap-2">
          <Button form={sheetFormId} name="intent" value="save" disabled={busy}>
            Save draft
          </Button>
          <Button
            form={sheetFormId}
            name="intent"
            value="submit"
            variant="primary"
            disabled={busy}
            className="grow"
          >
            <Send aria-hidden />
            {busy ? 'Submitting …' : 'Submit'}
          </Button>
        </div>
        <SaveLine state={state} />
        {children}
      </div>
    </aside>
  );
}

/** On a phone the same in one line, always in view. */
export function SheetBar({ standing, state }: { standing: Standing; state: SaveState }) {
  const { answered, criteria, score, band, knockOuts } = standing;
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 flex items-center justify-between gap-4 border-t bg-raised px-4 py-2 shadow-pop lg:hidden">
      <div className="min-w-0">
        <p className="font-semibold whitespace-nowrap">
          {formatScore(score)}{' '}
          <span className="font-normal text-muted">
            {knockOuts.length > 0 ? 'knock-out' : band ? band.name : 'so far'} · {answered}/
            {criteria}
          </span>
        </p>
        <SaveLine state={state} quiet />
      </div>
      <a href={`#${sheetPanelId}`} className="shrink-0 py-2 font-medium link">
        Details, submit
      </a>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-2 border-b px-4 py-3 last-of-type:border-b-0">
      <h2 className="text-xs font-medium text-muted">{title}</h2>
      {children}
    </section>
  );
}
