import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { stepUpAhead } from '#app/auth/step-up.server.ts';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Tabs } from '#app/components/ui/tabs.tsx';
import { ConditionItem } from '#app/components/worklist/condition-item.tsx';
import { PastDecisionItem } from '#app/components/worklist/past-decision-item.tsx';
import { WaitingItem } from '#app/components/worklist/waiting-item.tsx';
import { LeftOut, WorkCard } from '#app/components/worklist/work-list.tsx';
import { conditionFormSchema } from '#app/domain/condition-form.ts';
import { decidingOn } from '#app/domain/step-up.ts';
import { typedOf, typedValue } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { readAt } from '#app/models/at.server.ts';
import {
  countDecisions,
  listDecisions,
  listOpenConditions,
} from '#app/models/decision-list.server.ts';
import { listWaiting } from '#app/models/worklist-decisions.server.ts';
import { meetCondition } from '#app/services/meet-condition.server.ts';

const shown = 20;
const parts = ['waiting', 'conditions', 'decided'] as const;

export const meta: MetaFunction = () => [{ title: 'Decisions · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'decide:opportunity');
  const { searchParams } = new URL(args.request.url);
  const part = parts.find((each) => each === searchParams.get('show')) ?? 'waiting';
  const before = searchParams.get('before');
  const at = await readAt(db);
  // The two lists of work are counted on every part; only the one that is looked at is read whole.
  const limit = (of: (typeof parts)[number]) => (of === part ? shown : 1);
  const [waiting, conditions, decided, decidedTotal] = await Promise.all([
    listWaiting(db, viewer, { limit: limit('waiting'), at }),
    listOpenConditions(db, limit('conditions')),
    part === 'decided'
      ? listDecisions(db, { limit: shown, before: before ? idOf(before) : null })
      : [],
    countDecisions(db),
  ]);
  const last = decided.length === shown ? (decided.at(-1)?.decisionId ?? null) : null;
  const { today } = at;
  const stepUp =
    part === 'waiting' ? await stepUpAhead(args, ...waiting.rows.map(decidingOn)) : null;
  return {
    stepUp,
    part,
    waiting,
    conditions,
    decided,
    decidedTotal,
    last,
    today,
  };
}

function idOf(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new Response('There is no such page of decisions.', { status: 400 });
}

/** The list holds conditions of many opportunities, so the form says of which. */
const decidedConditionSchema = conditionFormSchema.extend({
  intent: z.literal('meet-condition'),
  opportunityId: z.string().regex(/^\d{1,18}$/),
});

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'decide:opportunity');
  const posted = await formDataOf(args.request);
  const parsed = decidedConditionSchema.safeParse(Object.fromEntries(posted));
  const typed = typedOf(posted);
  const conditionId = typedValue(typed, 'conditionId');
  if (!parsed.success) {
    const note = parsed.error.issues.find(({ path }) => path[0] === 'note')?.message ?? null;
    const known = typedValue(typed, 'intent') === 'meet-condition' && note;
    const message = known ? note : 'That was not understood: nothing was changed.';
    return data({ message, conditionId, note: typedValue(typed, 'note') }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const { opportunityId } = parsed.data;
  const outcome = await meetCondition(
    { actorId: viewer.id, opportunityId, requestId },
    parsed.data,
  );
  if (outcome.ok) {
    const toast = { tone: 'good' as const, title: outcome.message };
    return redirectWithToast('/decisions?show=conditions', toast);
  }
  const { message, status } = outcome;
  return data({ message, conditionId, note: parsed.data.note }, { status });
}

export default function Decisions() {
  const { part, waiting, conditions, decidedTotal, stepUp } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const counts = { waiting: waiting.total, conditions: conditions.total, decided: decidedTotal };
  const names = { waiting: 'Waiting', conditions: 'Conditions to follow up', decided: 'Decided' };
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader
        title="Decisions"
        lead="What waits for a GO or NO-GO, and what follows from it."
      />
      <Tabs
        label="Decisions"
        tabs={parts.map((each) => ({
          to: each === 'waiting' ? '/decisions' : `/decisions?show=${each}`,
          name: names[each],
          count: counts[each],
          current: each === part,
        }))}
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      {part === 'waiting' ? <Waiting /> : part === 'conditions' ? <Conditions /> : <Decided />}
    </div>
  );
}

function Waiting() {
  const { waiting, today } = useLoaderData<typeof loader>();
  return (
    <WorkCard
      title="Waiting for a decision, the oldest first"
      total={waiting.total}
      empty="Nothing waits for a decision."
    >
      {waiting.rows.map((row) => (
        <WaitingItem key={row.id} {...{ row, today }} returnTo="/decisions" whole />
      ))}
      <LeftOut shown={waiting.rows.length} total={waiting.total} />
    </WorkCard>
  );
}

function Conditions() {
  const { conditions, today } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <WorkCard
      title="Not met yet, the first to be due first"
      total={conditions.total}
      empty="Every condition of a Conditional GO is met."
    >
      {conditions.rows.map((row) => {
        const refused = refusal?.conditionId === row.conditionId ? refusal : null;
        return (
          <ConditionItem
            key={row.conditionId}
            {...{ row, today }}
            typed={refused?.note}
            error={refused?.message}
          />
        );
      })}
      <LeftOut shown={conditions.rows.length} total={conditions.total} />
    </WorkCard>
  );
}

function Decided() {
  const { decided, decidedTotal, last, today } = useLoaderData<typeof loader>();
  return (
    <>
      <WorkCard
        title="Decided, the last one first"
        total={decidedTotal}
        empty="Nothing has been decided yet."
      >
        {decided.map((row) => (
          <PastDecisionItem key={row.decisionId} row={row} today={today} />
        ))}
      </WorkCard>
      {last ? (
        <Link to={`/decisions?show=decided&before=${last}`} className="justify-self-start link">
          Older
        </Link>
      ) : null}
    </>
  );
}
