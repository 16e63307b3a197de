import { Form, useNavigation } from '@remix-run/react';
import { Play } from 'lucide-react';
import { Button } from '#app/components/ui/button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';

/** Two buttons: only what changed, or everything. Pressed twice, the second is told that one runs. */
export function RunNow({ running }: { running: boolean }) {
  const busy = useNavigation().state !== 'idle';
  return (
    <Form method="post" action="/sync?index" className="flex flex-wrap gap-2">
      <Button name="intent" value="run-incremental" variant="primary" disabled={running || busy}>
        <Play aria-hidden />
        Sync what changed
      </Button>
      <Button name="intent" value="run-full" disabled={running || busy}>
        Sync everything
      </Button>
    </Form>
  );
}

/** Ends the run in progress after the page it is writing. */
export function CancelRun({ runId, asked }: { runId: string; asked: boolean }) {
  return (
    <Form method="post" action="/sync?index">
      <input type="hidden" name="run" value={runId} />
      <Button name="intent" value="cancel" size="small" disabled={asked}>
        {asked ? 'Stopping…' : 'Stop this run'}
      </Button>
    </Form>
  );
}

/** Why an action was refused. */
export function Refusal({ words }: { words: string | undefined }) {
  if (!words) return null;
  return (
    <Notice tone="bad" role="alert" title="Not done">
      {words}
    </Notice>
  );
}
