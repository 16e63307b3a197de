import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { AcceptFields } from '#app/components/sync/accept-fields.tsx';
import { ConfirmSources, type Looking } from '#app/components/sync/confirm-sources.tsx';
import { FieldChanges } from '#app/components/sync/field-changes.tsx';
import { FieldsReading, HeldForFields } from '#app/components/sync/fields-reading.tsx';
import { MappedFields } from '#app/components/sync/mapped-fields.tsx';
import { Refusal } from '#app/components/sync/run-now.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { UnmappedAttributes } from '#app/components/sync/unmapped-attributes.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import {
  parseAcceptFields,
  parseDropHeld,
  type FieldChoice,
} from '#app/domain/accept-fields-form.ts';
import { mappedFields } from '#app/domain/crm-fields.ts';
import { unfedFields, vanishedAttribute } from '#app/domain/field-drift.ts';
import { fieldRows, unmappedOf } from '#app/domain/field-view.ts';
import { holds } from '#app/domain/permissions.ts';
import type { Viewer } from '#app/domain/roles.ts';
import { typedOf, typedValue, type FieldErrors, type Typed } from '#app/domain/typed-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
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
import { sampleStandIn } from '#app/models/stand-in-sample.server.ts';
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
    case 'confirm':
      return accept(typed, viewer, requestId);
    case 'change':
      return answer(200, { typed });
    case 'drop':
      return drop(typed, viewer, requestId);
    default:
      throw new Response('This is nothing that can be done about fields.', { status: 400 });
  }
}

/** What the page shows where nothing was done; `looking` asks for a look at values first. */
interface Answer {
  message?: string;
  errors?: FieldErrors;
  typed: Typed;
  looking?: Looking[];
}

function answer(status: number, shown: Answer) {
  return data(shown, { status });
}

async function accept(typed: Typed, actor: Viewer, requestId?: string) {
  const parsed = parseAcceptFields(typed);
  if (!parsed.ok) {
    const { errors } = parsed;
    const message = errors.form ?? 'Something is still open below. Nothing was changed.';
    return answer(400, { message, errors, typed });
  }
  const outcome = await acceptVanishedFields({ actor, requestId }, parsed.form);
  if (!outcome.ok) {
    const { message, errors, status, unseen } = outcome;
    if (!unseen) return answer(status, { message, errors, typed });
    const looking = await lookingAt(parsed.form.choices);
    // Who has only chosen so far has done nothing wrong.
    const chosen = typedValue(typed, 'intent') === 'accept';
    return answer(
      chosen ? 200 : status,
      chosen ? { typed, looking } : { message, errors, typed, looking },
    );
  }
  const description = outcome.runId
    ? `Run ${outcome.runId}, a full sync, goes on.`
    : 'A sync is running already; sync everything once it has ended.';
  return redirectWithToast('/sync/fields', { tone: 'good', title: 'On record', description });
}

/** The values that the sources chosen hold, column by column. */
async function lookingAt(choices: readonly FieldChoice[]): Promise<Looking[]> {
  const fields = mappedFields(tenantFields());
  const looks = choices.map(async ({ field: attribute, source }) => {
    const field = fields.find(({ attributes }) => attributes.includes(attribute));
    if (!field || source === null) return [];
    return [{ field, attribute, source, sample: await sampleStandIn(db, field.column, source) }];
  });
  return (await Promise.all(looks)).flat();
}

async function drop(typed: Typed, actor: Viewer, requestId?: string) {
  const parsed = parseDropHeld(typed);
  if (!parsed.ok) {
    const message = 'The reason is missing below. Nothing was changed.';
    return answer(400, { message, errors: parsed.errors, typed });
  }
  const { runId, reason } = parsed.form;
  const outcome = runId && (await dropHeldSync({ runId, reason, actor, requestId }));
  if (outcome && !outcome.ok && outcome.reason === 'not-allowed') {
    const message = 'Your roles no longer let you decide on a sync. Nothing was changed.';
    return answer(403, { message, typed });
  }
  if (!outcome || !outcome.ok) {
    const message = 'This run is not held any more: somebody has decided on it.';
    return answer(409, { message, typed });
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
  const { rows, mapped, changes, held, waiting, described, unmapped, mayRun, reads } = loaded;
  const deciding = held && waiting.length > 0 && mayRun ? held : null;
  return (
    <div className="grid gap-4">
      <PageHeader title="Fields" lead="The fields the CRM has, and what each feeds here." />
      <SyncTabs />
      <Refusal words={refused?.message} />
      <FieldsReading {...{ reads, rows }} listed={described.length} />
      {deciding && refused?.looking ? (
        <ConfirmSources
          {...{ runId: deciding, looking: refused.looking, typed: refused.typed }}
          errors={refused.errors ?? {}}
        />
      ) : null}
      {deciding && !refused?.looking ? (
        <AcceptFields
          {...{ runId: deciding, waiting, described }}
          typed={refused?.typed}
          errors={refused?.errors}
        />
      ) : null}
      {held && !deciding ? <HeldForFields runId={held} /> : null}
      <Card title="Fields the sync reads" flush className="md:overflow-x-auto">
        <MappedFields rows={rows} />
      </Card>
      <Card
        title="What has changed in the CRM’s list of fields"
        flush
        className="md:overflow-x-auto"
      >
        {changes.length > 0 ? (
          <FieldChanges changes={changes} mapped={mapped} />
        ) : (
          <EmptyState title="Nothing has changed so far." className="py-8">
            Each full sync compares the list with the one before.
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
