import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { ScorecardEditor, type EditorState } from '#app/components/scorecards/scorecard-editor.tsx';
import { ScorecardHeader } from '#app/components/scorecards/scorecard-header.tsx';
import { ScorecardView } from '#app/components/scorecards/scorecard-view.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Button } from '#app/components/ui/button.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { parseTyped } from '#app/domain/scorecard-form.ts';
import { changeRows, readScorecardIntent, type AfterSave } from '#app/domain/scorecard-intent.ts';
import { readTyped, type TypedScorecard } from '#app/domain/typed-scorecard.ts';
import { whatIf } from '#app/domain/what-if.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { idOf, revisionOf } from '#app/lib/posted-number.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { readScorecard } from '#app/models/scorecard-list.server.ts';
import { discardScorecard } from '#app/services/discard-scorecard.server.ts';
import { saveScorecard } from '#app/services/save-scorecard.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.card?.name ?? 'Scorecard'} · BQS` },
];

/** A draft may be opened with the values of a question of the simulator, not yet saved. */
export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:scorecards');
  const id = idOf(args.params.id);
  const card = id === null ? null : await readScorecard(db, id);
  // Not thrown: what somebody typed into a draft that is gone is still to be shown.
  if (!card) return data({ card: null, typed: null, varied: false, stepUp: null }, { status: 404 });
  const { searchParams } = new URL(args.request.url);
  const { typed, varied } = whatIf(card.name, card.definition, searchParams);
  const draft = card.status === 'DRAFT';
  return {
    card,
    typed,
    varied,
    stepUp: draft ? await stepUpAhead(args, { act: 'scorecards' }) : null,
  };
}

interface Answer extends Omit<EditorState, 'typed'> {
  typed: TypedScorecard | null;
  /** Different in every answer, so that the form shows what came back. */
  stamp: string;
}

export async function action(args: ActionFunctionArgs) {
  const { viewer: actor } = await requirePermission(args, 'manage:scorecards');
  const id = idOf(args.params.id) ?? '0';
  const form = await formDataOf(args.request);
  const intent = readScorecardIntent(form.get('intent'));
  const revision = revisionOf(form.get('revision'));
  const typed = form.has('name') ? readTyped(form) : null;
  const stamp = args.request.headers.get('X-Request-Id') ?? '';
  const acting = { actor, requestId: stamp || undefined };
  const answer = (status: number, more: Partial<Answer> = {}) =>
    data<Answer>(
      { typed, errors: {}, refusal: null, revision: revision ?? 0, current: null, focus: null, stamp, ...more }, // prettier-ignore
      { status },
    );
  if (!intent || revision === null || (!typed && intent.kind !== 'discard')) {
    return answer(400, { refusal: 'That was not understood: nothing was changed.' });
  }
  // Adding and removing rows only changes the form that is being filled in.
  if (intent.kind !== 'row') await requireStepUp(args, { act: 'scorecards' }, form);
  if (intent.kind === 'discard') {
    const outcome = await discardScorecard(acting, { scorecardId: id, revision });
    if (!outcome.ok) return answer(outcome.status, { refusal: outcome.message });
    const title = `The draft “${outcome.name}” was discarded.`;
    return redirectWithToast('/admin/scorecards', { tone: 'good', title });
  }
  if (!typed) return answer(400);
  if (intent.kind === 'row') return answer(200, changeRows(typed, intent));
  const parsed = parseTyped(typed);
  if (!parsed.ok) return answer(400, { errors: parsed.errors, refusal: parsed.message });
  const over = intent.kind === 'overwrite' ? intent.revision : revision;
  const { name, definition } = parsed;
  const outcome = await saveScorecard(acting, {
    scorecardId: id,
    revision: over,
    name,
    definition,
  });
  if (!outcome.ok) {
    const { message: refusal, current = null } = outcome;
    return answer(outcome.status, { refusal, current });
  }
  const title = outcome.changed ? 'The draft was saved.' : 'The draft says this already.';
  const then = intent.kind === 'save' ? intent.then : 'edit';
  return redirectWithToast(`/admin/scorecards/${id}${pages[then]}`, { tone: 'good', title });
}

const pages: Record<AfterSave, string> = { edit: '', simulate: '/simulate', publish: '/publish' };

export default function Scorecard() {
  const { card, typed, varied, stepUp } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const told = answer ?? null;
  const state: EditorState | null = told?.typed
    ? { ...told, typed: told.typed }
    : card?.status === 'DRAFT'
      ? { ...fresh, typed, revision: card.revision }
      : null;
  return (
    <div className="grid max-w-[90rem] gap-4">
      {card ? <ScorecardHeader card={card} /> : null}
      {told?.refusal && !told.typed ? (
        <Notice tone="bad" role="alert" title={told.refusal} />
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      {varied && !told ? (
        <Notice tone="info" title="Opened with the values of your simulation">
          They are not saved yet.
        </Notice>
      ) : null}
      {state ? (
        <ScorecardEditor key={told?.stamp ?? `${card?.id} ${card?.revision}`} state={state} />
      ) : card ? (
        <ScorecardView card={card.definition} />
      ) : (
        <NoSuchScorecard />
      )}
      {card?.status === 'DRAFT' ? <Discard revision={told?.revision ?? card.revision} /> : null}
    </div>
  );
}

const fresh = { errors: {}, refusal: null, current: null, focus: null };

function NoSuchScorecard() {
  return (
    <EmptyState
      title={<h1>There is no such scorecard</h1>}
      action={<LinkButton to="/admin/scorecards">All scorecards</LinkButton>}
    >
      Its draft may have been discarded.
    </EmptyState>
  );
}

function Discard({ revision }: { revision: number }) {
  return (
    <details className="rounded-lg border bg-surface">
      <summary className="px-4 py-2.5 link">Discard this draft</summary>
      <Form method="post" className="grid justify-items-start gap-3 border-t p-4">
        <input type="hidden" name="revision" value={revision} />
        <p>It is gone for good. What is in force and every assessment stay as they are.</p>
        <Button name="intent" value="discard" variant="danger">
          Discard the draft
        </Button>
      </Form>
    </details>
  );
}
