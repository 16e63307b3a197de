import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { requirePermission } from '#app/auth/guard.server.ts';
import { QuarantineGroups } from '#app/components/sync/quarantine-groups.tsx';
import { RuleList } from '#app/components/sync/rule-list.tsx';
import { Refusal } from '#app/components/sync/run-now.tsx';
import { SyncTabs } from '#app/components/sync/sync-tabs.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { holds } from '#app/domain/permissions.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { plural } from '#app/lib/format.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { listRules } from '#app/models/mapping-rule.server.ts';
import { listGroups } from '#app/models/quarantine-group.server.ts';
import { countOpen } from '#app/models/sync-quarantine.server.ts';
import { withdrawMappingRule } from '#app/services/withdraw-mapping-rule.server.ts';

const groupsShown = 200;

export const meta: MetaFunction = () => [{ title: 'Quarantine · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer } = await requirePermission(args, 'read:sync');
  const open = holds(viewer, 'manage:quarantine');
  const [groups, total, rules] = await Promise.all([
    listGroups(db, groupsShown),
    countOpen(db),
    listRules(db),
  ]);
  // A record in quarantine belongs to no practice yet, so only who sees every row sees what it says.
  return {
    groups: open ? groups : groups.map((group) => ({ ...group, sample: '' })),
    total,
    rules,
    open,
  };
}

const intent = z.object({
  intent: z.literal('withdraw-rule'),
  rule: z.string().regex(/^\d{1,18}$/),
});

export async function action(args: ActionFunctionArgs) {
  const { viewer } = await requirePermission(args, 'manage:quarantine');
  const parsed = intent.safeParse(Object.fromEntries(await formDataOf(args.request)));
  if (!parsed.success) {
    const refusal = 'That was not understood: nothing was changed.';
    return data({ refusal }, { status: 400 });
  }
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const outcome = await withdrawMappingRule({
    actor: viewer,
    ruleId: parsed.data.rule,
    requestId,
  });
  if (!outcome.ok) return data({ refusal: outcome.message }, { status: outcome.status });
  const title = `The rule for ${outcome.field} is withdrawn`;
  if (outcome.treatment !== 'READ_FROM') {
    const description = 'Records written under it stay as they are until the CRM sends them again.';
    return redirectWithToast('/sync/quarantine', { tone: 'good', title, description });
  }
  return redirectWithToast('/sync/quarantine', {
    tone: 'good',
    title,
    description: 'Run a full sync to write the column anew.',
    link: { to: '/sync', name: 'Go to the sync' },
  });
}

export default function Quarantine() {
  const { groups, total, rules, open } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="grid gap-4">
      <PageHeader
        title="Quarantine"
        lead="Records the CRM sent and BQS could not apply. They are kept whole; everything else came through."
      />
      <SyncTabs />
      <Refusal words={refused?.refusal} />
      <Card
        title={plural(total, 'record')}
        flush
        className={groups.length > 0 ? 'md:overflow-x-auto' : undefined}
      >
        {groups.length > 0 ? (
          <QuarantineGroups groups={groups} open={open} />
        ) : (
          <EmptyState title="Nothing is in quarantine">
            Every record the CRM sent could be applied, or was discarded by a manager.
          </EmptyState>
        )}
      </Card>
      {groups.length === groupsShown ? (
        <p className="text-xs text-muted">The {groupsShown} largest groups are shown.</p>
      ) : null}
      {open ? null : <p className="text-muted">What the records say is for managers to see.</p>}
      <Card title="Mapping rules in force" flush>
        {rules.length > 0 ? (
          <>
            <RuleList rules={rules} mayWithdraw={open} />
            <p className="border-t px-4 py-2.5 text-xs text-muted">
              A rule that is withdrawn ends with the next run. Records written under it stay as they
              are until the CRM sends them again; a full sync asks for all of them.
            </p>
          </>
        ) : (
          <p className="p-4 text-muted">
            None: every field is read as the CRM sends it. A rule is made on the page of a group.
          </p>
        )}
      </Card>
    </div>
  );
}
