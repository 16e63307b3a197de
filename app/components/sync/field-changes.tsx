import { Link } from '@remix-run/react';
import { attributeChangeNames, type AttributeChangeKind } from '#app/domain/field-drift.ts';
import type { RecordedChange } from '#app/models/crm-attribute.server.ts';
import { Moment } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';

const tones: Record<AttributeChangeKind, Tone> = {
  NEW: 'info',
  VANISHED: 'bad',
  RETYPED: 'warning',
  RETURNED: 'good',
};

/** How the CRM's description has changed, newest first. `mapped` are the attributes something here reads. */
export function FieldChanges({ changes, mapped }: { changes: RecordedChange[]; mapped: string[] }) {
  return (
    <Table caption="Changes of the CRM’s list of fields, newest first">
      <thead>
        <tr className="bg-sunken/50">
          <Th>Found</Th>
          <Th>Change</Th>
          <Th>Field</Th>
          <Th>Type</Th>
          <Th>Read here</Th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <Tr key={change.id}>
            <Td label="Found" className="whitespace-nowrap">
              <Moment at={change.at} />{' '}
              <Link to={`/sync/runs/${change.runId}`} className="text-xs link">
                run {change.runId}
              </Link>
            </Td>
            <Td label="Change">
              <Badge tone={tones[change.kind]}>{attributeChangeNames[change.kind]}</Badge>
            </Td>
            <Td label="Field">
              <code className="font-mono text-xs break-all">{change.name}</code>
            </Td>
            <Td label="Type" className="text-muted">
              {change.before && change.after
                ? `${change.before} → ${change.after}`
                : (change.after ?? change.before)}
            </Td>
            <Td label="Read here">
              {mapped.includes(change.name) ? 'yes' : <span className="text-muted">no</span>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
