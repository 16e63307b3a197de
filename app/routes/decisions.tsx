import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { stepUpAhead } from '#app/auth/step-up.server.ts';
import { StepUpNotice } from '#app/components/step-up.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Tabs } from '#app/components/ui/tabs.tsx';
import {
  ConditionList,
  DecidedList,
  HeldList,
  WaitingList,
} from '#app/components/worklist/decision-lists.tsx';
import { conditionFormSchema } from '#app/domain/condition-form.ts';
import {
  decisionParts,
  decisionsAddress,
  parseDecisionsQuery,
  type DecisionPart,
  type DecisionsQuery,
} from '#app/domain/decisions-query.ts';
import { decidingOn } from '#app/domain/step-up.ts';
import { typedOf, typedValue } from '#app/domain/typed-form.ts';
import { formatDuePlace, formatWorkPlace } from '#app/domain/work-place.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { readAt } from '#app/models/at.server.ts';
import {
  countDecisions,
  listDecisions,
  listOpenConditions,
} from '#app/models/decision-list.server.ts';
import { listHeld } from '#app/models/hold-list.server.ts';
import { listWaiting } from '#app/models/worklist-decisions.server.ts';
import { meetCondition } from '#app/services/meet-condition.server.ts';

const shown = 20;

export const meta: MetaFunction = () => [{ title: 'Decisions · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'decide:opportunity');
  const query = parseDecisionsQuery(new URL(args.request.url).searchParams);
  if (!query) throw new Response('There is no such page of decisions.', { status: 400 });
  const { part } = query;
  const at = await readAt(db);
  // The lists of work are counted on every part; only the one that is looked at is read whole.
  const limit = (of: DecisionPart) => (of === part ? shown : 1);
  const before = query.decided === null ? null : BigInt(query.decided);
  const [waiting, holds, conditions, decided, counts] = await Promise.all([
    listWaiting(db, viewer, { limit: limit('waiting'), after: query.waiting, at }),
    listHeld(db, { limit: limit('holds'), after: query.holds }),
    listOpenConditions(db, { limit: limit('conditions'), after: query.conditions }),
    part === 'decided' ? listDecisions(db, { limit: shown, before }) : { rows: [], next: null },
    countDecisions(db),
  ]);
  const next = {
    waiting: waiting.next && formatWorkPlace(waiting.next),
    holds: holds.next && formatDuePlace(holds.next),
    conditions: conditions.next && formatDuePlace(conditions.next),
    decided: decided.next,
  }[part];
  const paged = query.waiting ?? query.holds ?? query.conditions ?? query.decided;
  const pager = {
    first: paged ? decisionsAddress(part) : null,
    next: next && decisionsAddress(part, next),
  };
  const stepUp =
    part === 'waiting' ? await stepUpAhead(args, ...waiting.rows.map(decidingOn)) : null;
  return {
    stepUp,
    part,
    waiting,
    holds,
    conditions,
    pager,
    today: at.today,
    decided: { rows: decided.rows, ...counts },
    here: hereOf(query),
  };
}

/** The address of the page, to which a form of a row comes back. */
function hereOf({ part, waiting, holds }: DecisionsQuery): string {
  if (part === 'holds') return decisionsAddress(part, holds && formatDuePlace(holds));
  return decisionsAddress('waiting', waiting && formatWorkPlace(waiting));
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
    const place = parseDecisionsQuery(new URL(args.request.url).searchParams)?.conditions;
    return redirectWithToast(
      decisionsAddress('conditions', place ? formatDuePlace(place) : null),
      toast,
    );
  }
  const { message, status } = outcome;
  return data({ message, conditionId, note: parsed.data.note }, { status });
}

const names = {
  waiting: 'Waiting',
  holds: 'On hold',
  conditions: 'Conditions to follow up',
  decided: 'Decided',
};

export default function Decisions() {
  const { part, waiting, holds, conditions, decided, here, pager, today, stepUp } =
    useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>() ?? null;
  const lists = { waiting, holds, conditions, decided };
  return (
    <div className="grid max-w-4xl gap-4">
      <PageHeader
        title="Decisions"
        lead="What waits for a GO or NO-GO, and what follows from it."
      />
      <Tabs
        label="Decisions"
        tabs={decisionParts.map((each) => ({
          to: decisionsAddress(each),
          name: names[each],
          count: lists[each].total,
          current: each === part,
        }))}
      />
      {refusal ? (
        <Notice tone="bad" role="alert">
          {refusal.message}
        </Notice>
      ) : null}
      <StepUpNotice stepUp={stepUp} />
      {part === 'waiting' ? (
        <WaitingList list={waiting} here={here} today={today} pager={pager} />
      ) : part === 'holds' ? (
        <HeldList list={holds} here={here} today={today} pager={pager} />
      ) : part === 'conditions' ? (
        <ConditionList list={conditions} today={today} pager={pager} refusal={refusal} />
      ) : (
        <DecidedList list={decided} today={today} pager={pager} />
      )}
    </div>
  );
}
