import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { requireViewer } from '#app/auth/guard.server.ts';
import { requireStepUp, stepUpAhead } from '#app/auth/step-up.server.ts';
import { StandInForm } from '#app/components/stand-ins/stand-in-form.tsx';
import { StandInTable } from '#app/components/stand-ins/stand-in-table.tsx';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { holds } from '#app/domain/permissions.ts';
import { standInFormSchema, type StandInForm as Asked } from '#app/domain/stand-in-form.ts';
import { typedOf } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listOpenStandIns, listPastStandIns } from '#app/models/stand-in.server.ts';
import { listStandInChoices } from '#app/models/stand-in-choice.server.ts';
import { workingToday, workingZone } from '#app/models/working-calendar.server.ts';
import { endStandIn } from '#app/services/end-stand-in.server.ts';
import { nameStandIn } from '#app/services/name-stand-in.server.ts';

const pastShown = 50;

export const meta: MetaFunction = () => [{ title: 'Stand-ins · BQS' }];

/** All of them for whoever grants roles; for everybody else those they are part of. */
export async function loader(args: LoaderFunctionArgs) {
  const viewer = await requireViewer(args);
  const everybody = holds(viewer, 'manage:roles');
  const asked = { of: everybody ? null : viewer.id, today: workingToday() };
  const [open, past, choices] = await Promise.all([
    listOpenStandIns(db, asked),
    listPastStandIns(db, { ...asked, limit: pastShown }),
    listStandInChoices(db, viewer),
  ]);
  // A manager's stand-in decides as a manager does.
  const deciding = choices.absences.some(({ role }) => role === 'MANAGER');
  const stepUp = deciding ? await stepUpAhead(args, { act: 'grant-manager' }) : null;
  return { stepUp, open, past, choices, everybody, today: asked.today, zone: workingZone };
}

export async function action(args: ActionFunctionArgs) {
  const viewer = await requireViewer(args);
  const posted = await formDataOf(args.request);
  const typed = typedOf(posted);
  const parsed = standInFormSchema.safeParse(Object.fromEntries(posted));
  if (!parsed.success) {
    const errors: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
    const [message = ''] = ['absence', 'standInId', 'from', 'to'].flatMap(
      (name) => errors[name] ?? [],
    );
    const unknown = 'That was not understood: nothing was changed.';
    return data({ message: message || unknown, errors, typed }, { status: 400 });
  }
  if (parsed.data.intent !== 'end' && parsed.data.absence[1] === 'MANAGER') {
    await requireStepUp(args, { act: 'grant-manager' }, posted);
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await act(parsed.data, { actorId: viewer.id, requestId });
  if (outcome.ok) {
    return redirectWithToast('/people/stand-ins', { tone: 'good', title: outcome.message });
  }
  return data({ message: outcome.message, errors: {}, typed }, { status: outcome.status });
}

async function act(form: Asked, by: { actorId: string; requestId?: string }) {
  if (form.intent === 'end') return endStandIn({ ...by, id: form.id });
  const { absence, ...named } = form;
  const [userId, role] = absence;
  return nameStandIn({ ...by, ...named, userId, role });
}

// Whoever is refused, because somebody was faster, has to see what is there now.
export const shouldRevalidate = () => true;

export default function StandIns() {
  const { stepUp, open, past, choices, everybody, today, zone } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const lead = everybody
    ? `Who acts for whom, and until when. A day is one of ${zone}.`
    : `Who acts for you, and for whom you act. A day is one of ${zone}.`;
  return (
    <div className="grid max-w-6xl gap-5">
      <PageHeader
        title="Stand-ins"
        lead={lead}
        actions={
          everybody ? (
            <Link to="/people" className="link">
              People
            </Link>
          ) : null
        }
      />
      <StepUpNotice stepUp={stepUp} />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      {choices.absences.length > 0 ? (
        <Card title={everybody ? 'Name a stand-in' : 'Name your stand-in'}>
          <StandInForm
            choices={choices}
            today={today}
            count={open.length}
            typed={refusal?.typed}
            errors={refusal?.errors}
          />
        </Card>
      ) : (
        <Notice tone="info">
          Managers and practice heads name their own stand-in here. For a seller, a manager does. An
          architect’s assessments are assigned to somebody else instead.
        </Notice>
      )}
      <Card title={plural(open.length, 'stand-in')} flush={open.length > 0}>
        {open.length === 0 ? (
          <EmptyState title="Nobody stands in for anybody">
            What a stand-in does is on record as done by them for whoever is away.
          </EmptyState>
        ) : (
          <StandInTable caption="Stand-ins now and to come" rows={open} today={today} />
        )}
      </Card>
      {past.total > 0 ? (
        <Card title={`${plural(past.total, 'stand-in')} of the past`} flush>
          <StandInTable caption="Stand-ins of the past" rows={past.rows} today={today} />
          {past.total > past.rows.length ? (
            <p className="border-t px-4 py-2 text-xs text-muted">
              The last {past.rows.length} are shown. All of them are in the audit.
            </p>
          ) : null}
        </Card>
      ) : null}
    </div>
  );
}
