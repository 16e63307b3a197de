import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { AcceptFields } from '#app/components/sync/accept-fields.tsx';
import { FieldChanges } from '#app/components/sync/field-changes.tsx';
import { MappedFields } from '#app/components/sync/mapped-fields.tsx';
import { Refusal } from '#app/components/sync/run-now.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { UnmappedAttributes } from '#app/components/sync/unmapped-attributes.tsx';
import { Moment } from '#app/components/time.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Stat } from '#app/components/ui/stat.tsx';
import { parseAcceptFields } from '#app/domain/accept-fields-form.ts';
import { mappedFields } from '#app/domain/crm-fields.ts';
import { unfedFields, vanishedAttribute } from '#app/domain/field-drift.ts';
import { fieldRows, unmappedOf } from '#app/domain/field-view.ts';
import { holds } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { typedOf, typedValue, type Typed } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { formatCount } from '#app/lib/format.ts';
import { tenantFields } from '#app/lib/tenant-fields.server.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import {
  getHeldForFields,
  getLastReads,
  listAttributeChanges,
  listAttributes,
  listRetyped,
  listVanishedRules,
} from '#app/models/crm-attribute.server.ts';
import { acceptVanishedFields } from '#app/services/accept-vanished-fields.server.ts';
import { dropHeldSync } from '#app/services/drop-held-sync.server.ts';

const changesShown = 200;

export const meta: MetaFunction = () => [{ title: 'Fields · Sync · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const fields = mappedFields(tenantFields());
  const mapped = fields.flatMap((field) => field.attributes);
  const [attributes, rules, retyped, changes, reads, held] = await Promise.all([
    listAttributes(db),
    listVanishedRules(db),
    listRetyped(db, mapped),
    listAttributeChanges(db, changesShown),
    getLastReads(db),
    getHeldForFields(db),
  ]);
  const known = attributes.map((one) => ({ ...one, vanished: one.vanishedAt !== null }));
  const waiting = unfedFields(fields, known, rules).map((field) => {
    const attribute = vanishedAttribute(field, known);
    const type = known.find(({ name }) => name === attribute)?.type ?? null;
    return { field, attribute, type };
  });
  return {
    ...{ rows: fieldRows(fields, { attributes, rules, retyped }), mapped, changes, reads, held },
    ...{ waiting, unmapped: unmappedOf(attributes, fields) },
    described: attributes.filter(({ vanishedAt }) => !vanishedAt),
    mayRun: holds(viewer, 'run:sync'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'run:sync');
  const typed = typedOf(await formDataOf(args.request));
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  switch (typedValue(typed, 'intent')) {
    case 'accept':
      return accept(typed, viewer, requestId);
    case 'drop':
      return drop(typedValue(typed, 'run'), viewer, requestId);
    default:
      throw new Response('This is nothing that can be done about fields.', { status: 400 });
  }
}

async function accept(typed: Typed, actor: Viewer, requestId?: string) {
  const parsed = parseAcceptFields(typed);
  if (!parsed.ok) {
    const { errors } = parsed;
    const message = errors.form ?? 'Something is still open below. Nothing was changed.';
    return data({ message, errors, typed }, { status: 400 });
  }
  const outcome = await acceptVanishedFields({ actor, requestId }, parsed.form);
  if (!outcome.ok) {
    const { message, errors, status } = outcome;
    return data({ message, errors, typed }, { status });
  }
  const description = outcome.runId
    ? `Run ${outcome.runId}, a full sync, goes on.`
    : 'A sync is running already; sync everything once it has ended.';
  return redirectWithToast('/sync/fields', { tone: 'good', title: 'On record', description });
}

async function drop(runId: string, actor: Viewer, requestId?: string) {
  const known = /^\d{1,18}$/.test(runId);
  const outcome = known ? await dropHeldSync({ runId, actor, requestId }) : { ok: false };
  if (!outcome.ok) {
    const message = 'This run is not held any more: somebody has decided on it.';
    return data({ message, errors: {}, typed: {} as Typed }, { status: 409 });
  }
  return redirectWithToast('/sync/fields', {
    tone: 'good',
    title: 'The held run was dropped',
    description: 'The next sync holds again while the field is missing.',
  });
}

export default function Fields() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { rows, mapped, changes, held, waiting, described, unmapped, mayRun } = loaded;
  return (
    <div className="grid gap-4">
      <PageHeader title="Fields" lead="What the CRM describes, and what each field feeds here." />
      <SyncTabs />
      <Refusal words={refused?.message} />
      <Reading />
      {held && waiting.length > 0 && mayRun ? (
        <AcceptFields
          {...{ runId: held, waiting, described }}
          typed={refused?.typed}
          errors={refused?.errors}
        />
      ) : null}
      {held && !(waiting.length > 0 && mayRun) ? <HeldFor runId={held} /> : null}
      <Card title="Fields the sync reads" flush className="md:overflow-x-auto">
        <MappedFields rows={rows} />
      </Card>
      <Card title="What has changed in the description" flush className="md:overflow-x-auto">
        {changes.length > 0 ? (
          <FieldChanges changes={changes} mapped={mapped} />
        ) : (
          <EmptyState title="Nothing has changed so far." className="py-8">
            Each full sync compares the description with the one before.
          </EmptyState>
        )}
        {changes.length === changesShown ? (
          <p className="border-t px-4 py-2.5 text-xs text-muted">The latest {changesShown}.</p>
        ) : null}
      </Card>
      <UnmappedAttributes attributes={unmapped} />
    </div>
  );
}

/** When the description was read, and what to make of it where it was not. */
function Reading() {
  const { reads, rows, described } = useLoaderData<typeof loader>();
  const { last, good } = reads;
  const fed = rows.filter(({ state }) => state === 'described' || state === 'replaced').length;
  return (
    <>
      {last?.problem ? (
        <Notice
          tone="warning"
          title={`Run ${last.runId} could not check the fields: ${last.problem}`}
        >
          The sync itself goes on: it looks at its pages instead, and keeps what we have of a field
          that is missing in them. If this stays, let our user read the description in the CRM.
        </Notice>
      ) : null}
      {last ? null : (
        <Notice tone="info" title="The description has not been read yet">
          A full sync reads it before its first page. What it finds is the baseline.
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-x-8 gap-y-4 rounded-lg border bg-surface p-4 md:grid-cols-4">
        <Stat
          label="Description read"
          value={good ? <Moment at={good.at} /> : '–'}
          note={
            good ? (
              <Link to={`/sync/runs/${good.runId}`} className="link">{`run ${good.runId}`}</Link>
            ) : null
          }
        />
        <Stat label="Attributes described" value={formatCount(described.length)} />
        <Stat label="Fields fed" value={`${fed} of ${rows.length}`} />
        <Stat
          label="Vanished"
          value={formatCount(rows.filter(({ state }) => state === 'vanished').length)}
          note="of those the sync reads"
        />
      </dl>
    </>
  );
}

function HeldFor({ runId }: { runId: string }) {
  return (
    <Notice tone="warning" title={`Run ${runId} is held because a field vanished`}>
      Nothing was overwritten. A manager can say here how to go on; if the CRM shows the field
      again, the next full sync runs by itself.
    </Notice>
  );
}
