import { Link } from '@remix-run/react';
import type { PreviewCounts } from '#app/domain/sync-preview.ts';
import { countedAs, previewKinds, type PreviewKind } from '#app/domain/sync-preview.ts';
import { formatCount } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import type { PreviewedRecord, PreviewGroup } from '#app/models/sync-preview.server.ts';
import { ChangeList } from '#app/components/change-list.tsx';
import { CrmText } from '#app/components/crm-value.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { RepairState } from './repair-state.tsx';

type Words = Record<PreviewKind, { name: string; meaning: string }>;

/** What a run listed, kind by kind. `selectable`: inside a form, each row that can be repaired has a box. */
export function PreviewList({
  groups,
  counts,
  words,
  selectable = false,
}: {
  groups: PreviewGroup[];
  counts: PreviewCounts;
  words: Words;
  selectable?: boolean;
}) {
  const found = previewKinds.flatMap((kind) => groups.filter((group) => group.kind === kind));
  return found.map(({ kind, records }) => {
    const count = counts[countedAs[kind]];
    return (
      <Card key={kind} title={`${words[kind].name}: ${formatCount(count)}`} flush>
        <p className="border-b px-4 py-2 text-xs text-pretty text-muted">
          {words[kind].meaning}
          {records.length < count
            ? ` The first ${formatCount(records.length)} are shown; all are counted.`
            : ''}
        </p>
        <ul className="divide-y">
          {records.map((record) => (
            <Record key={record.id} record={record} selectable={selectable} />
          ))}
        </ul>
      </Card>
    );
  });
}

function Record({ record, selectable }: { record: PreviewedRecord; selectable: boolean }) {
  const box = selectable && record.repairable;
  return (
    <li className="flex gap-3 px-4 py-2.5">
      {selectable ? (
        <span className="w-4 shrink-0 pt-0.5">
          {box ? (
            <input
              type="checkbox"
              name="difference"
              value={record.id}
              aria-label={`Choose ${record.name ?? record.remoteNumber ?? record.remoteId ?? ''}`}
              className="size-4 accent-accent"
            />
          ) : null}
        </span>
      ) : null}
      <div className="grid min-w-0 grow gap-x-6 gap-y-1 lg:grid-cols-[2fr_3fr]">
        <div className="min-w-0 wrap-anywhere">
          <Name record={record} />
          <span className="block text-xs text-muted">
            {record.remoteNumber ?? 'no number'}
            {record.remoteId ? ` · OptyId ${record.remoteId}` : ''}
          </span>
        </div>
        <div className="grid min-w-0 content-start gap-1">
          <Found record={record} />
          <RepairState repair={record.repair} />
        </div>
      </div>
    </li>
  );
}

/** A link where BQS has the opportunity. */
function Name({
  record: { kind, name, remoteId, remoteNumber, fields },
}: {
  record: PreviewedRecord;
}) {
  if (kind === 'QUARANTINED') return <span>{remoteNumber ?? 'A record without a number'}</span>;
  const known = kind !== 'NEW' && !(kind === 'MOVED' && fields.length === 0);
  if (!known || !remoteId) return <CrmText value={name} />;
  return (
    <Link to={opportunityPath({ remoteId, remoteNumber })} className="link">
      <CrmText value={name} />
    </Link>
  );
}

function Found({ record: { kind, fields } }: { record: PreviewedRecord }) {
  if (kind === 'QUARANTINED') return <p>{fields[0]?.message}</p>;
  if (kind === 'NEW' || kind === 'MISSING') return null;
  if (fields.length === 0) {
    const words =
      kind === 'UPDATED'
        ? 'Only CRM fields that BQS does not show.'
        : kind === 'MOVED'
          ? 'New in the CRM, or changed only where BQS does not show it.'
          : null;
    return words ? <p className="text-muted">{words}</p> : null;
  }
  const named = fields.map(({ field, before, after }) => ({ field: field ?? '', before, after }));
  return <ChangeList change={{ kind: 'UPDATED', fields: named }} />;
}
