import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { GroupFacts, RuleNotice } from '#app/components/sync/group-facts.tsx';
import { DiscardCard, ReplayCard } from '#app/components/sync/quarantine-acts.tsx';
import { QuarantineList } from '#app/components/sync/quarantine-list.tsx';
import { RuleForm } from '#app/components/sync/rule-form.tsx';
import { EmptyGroup } from '#app/components/sync/empty-group.tsx';
import { Refusal } from '#app/components/sync/run-now.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { treatmentsFor, whyNoRule } from '#app/domain/mapping-rule.ts';
import { parseQuarantineForm } from '#app/domain/quarantine-form.ts';
import { quarantineCauses } from '#app/domain/sync.ts';
import { typedOf, typedValue, type FieldErrors } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { quarantineGroupPath } from '#app/lib/quarantine-path.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listAttributeNames, listRules } from '#app/models/mapping-rule.server.ts';
import { getGroup, listFieldsOf } from '#app/models/quarantine-group.server.ts';
import { causeNameOf, listGroup, type GroupKey } from '#app/models/sync-quarantine.server.ts';
import { actOnQuarantine } from '#app/services/act-on-quarantine.server.ts';

const pageSize = 20;
const recordsForm = 'records';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.title ?? 'Quarantine'} · Quarantine · BQS` },
];

export async function loader(args: LoaderFunctionArgs) {
  await requirePermission(args, 'manage:quarantine');
  const { searchParams } = new URL(args.request.url);
  const key = keyOf(searchParams);
  const after = afterOf(searchParams.get('after'));
  const { cause, field } = key;
  const [group, found, rules, attributes] = await Promise.all([
    getGroup(db, key),
    listGroup(db, key, { after, limit: pageSize + 1 }),
    field === null ? [] : listRules(db, { cause, field }),
    listAttributeNames(db),
  ]);
  // An address without a field may mean one that has one.
  const fields = !group && field === null ? await listFieldsOf(db, cause) : [];
  const records = found.slice(0, pageSize);
  const next = found.length > pageSize ? (records.at(-1)?.id ?? null) : null;
  const causeName = causeNameOf(cause);
  const title = field === null || causeName.includes(field) ? causeName : `${causeName}: ${field}`;
  const allowed = treatmentsFor(cause, field);
  const noRule = whyNoRule(cause, field);
  return {
    ...key,
    title,
    group,
    records,
    next,
    paged: after !== null,
    rule: rules[0] ?? null,
    attributes,
    allowed,
    noRule,
    fields,
  };
}

/** Which group an address names. */
function keyOf(searchParams: URLSearchParams): GroupKey {
  const cause = searchParams.get('cause') ?? '';
  const field = searchParams.get('field');
  if (Object.hasOwn(quarantineCauses, cause) && !field?.includes('\0')) return { cause, field };
  throw new Response('There is no such group of the quarantine.', { status: 404 });
}

function afterOf(after: string | null): bigint | null {
  if (after === null) return null;
  if (/^\d{1,18}$/.test(after)) return BigInt(after);
  throw new Response('There is no such page of the quarantine.', { status: 400 });
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'manage:quarantine');
  const group = keyOf(new URL(args.request.url).searchParams);
  const typed = typedOf(await formDataOf(args.request));
  const parsed = parseQuarantineForm(typed);
  if (!parsed.ok) {
    const { form, record, ...errors } = parsed.errors;
    const message = form ?? record ?? 'Nothing was done: something is missing below.';
    return data({ message, errors: errors as FieldErrors, typed }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await actOnQuarantine(parsed.form, { actor: viewer, group, requestId });
  if (!outcome.ok) {
    const { status, message, at } = outcome;
    return data({ message, errors: at ? { [at]: message } : {}, typed }, { status });
  }
  const left = outcome.runId ? null : await getGroup(db, group);
  const staying = left ? quarantineGroupPath(group) : '/sync/quarantine';
  return redirectWithToast(outcome.runId ? `/sync/runs/${outcome.runId}` : staying, {
    tone: 'good',
    title: outcome.message,
    description: outcome.note,
  });
}

export default function QuarantineGroupPage() {
  const { title, group, rule, cause, fields } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="grid max-w-[90rem] gap-4">
      <PageHeader title={title} lead={group ? <GroupFacts group={group} /> : null} />
      <SyncTabs />
      <div className="flex flex-wrap justify-between gap-x-4 gap-y-1">
        <Link to="/sync/quarantine" className="inline-flex items-center gap-1 link">
          <ChevronLeft aria-hidden className="size-4" />
          All of the quarantine
        </Link>
        {group ? (
          <a href="#actions" className="link lg:hidden">
            What can be done
          </a>
        ) : null}
      </div>
      <Refusal words={refused?.message} />
      {rule ? <RuleNotice rule={rule} form={recordsForm} total={group?.records ?? 0} /> : null}
      {group ? (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <Records />
          <Acts />
        </div>
      ) : (
        <EmptyGroup cause={cause} fields={fields} />
      )}
    </div>
  );
}

function Records() {
  const { cause, field, group, records, next, paged } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Form
      method="post"
      id={recordsForm}
      action={quarantineGroupPath({ cause, field })}
      className="grid min-w-0 gap-3"
    >
      <input type="hidden" name="upTo" value={group?.upTo ?? ''} />
      <Card title={plural(group?.records ?? 0, 'record')} flush>
        <QuarantineList records={records} chosen={refused?.typed.record ?? []} />
      </Card>
      <Pager
        label="Pages of the group"
        first={paged ? quarantineGroupPath({ cause, field }) : null}
        next={next ? quarantineGroupPath({ cause, field }, next) : null}
      />
    </Form>
  );
}

function Acts() {
  const { group, rule, allowed, attributes, noRule } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const ruled = typedValue(refused?.typed, 'intent') === 'add-rule';
  const errors: FieldErrors = refused?.errors ?? {};
  const total = group?.records ?? 0;
  return (
    <div id="actions" className="grid scroll-mt-4 gap-4">
      <ReplayCard form={recordsForm} total={total} />
      {rule ? null : (
        <Card title="Accept with a mapping rule">
          {noRule ? (
            <p className="text-muted">{noRule}</p>
          ) : (
            <RuleForm
              allowed={allowed}
              attributes={attributes}
              typed={ruled ? refused?.typed : undefined}
              errors={ruled ? errors : undefined}
            />
          )}
        </Card>
      )}
      <DiscardCard
        form={recordsForm}
        total={total}
        reason={ruled ? '' : typedValue(refused?.typed, 'reason')}
        error={ruled ? undefined : errors.reason}
      />
    </div>
  );
}
