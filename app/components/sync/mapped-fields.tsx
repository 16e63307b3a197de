import {
  fieldStates,
  type FieldRow,
  type FieldState,
  type SourceRow,
} from '#app/domain/field-view.ts';
import { Moment } from '#app/components/time.tsx';
import { Badge, type Tone } from '#app/components/ui/badge.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';

const tones: Record<FieldState, Tone> = {
  described: 'good',
  vanished: 'bad',
  'left-empty': 'warning',
  replaced: 'info',
  'never-described': 'neutral',
  'not-configured': 'neutral',
  unread: 'neutral',
};

/** Every column the sync maps: where it comes from, what rests on it, how it stands. */
export function MappedFields({ rows }: { rows: FieldRow[] }) {
  return (
    <Table caption="The fields the sync maps">
      <thead>
        <tr className="bg-sunken/50">
          <Th>In the CRM</Th>
          <Th>Here</Th>
          <Th>Feeds</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.field.column}>
            <Td label="In the CRM">
              <Sources row={row} />
            </Td>
            <Td label="Here">
              <span className="inline-block first-letter:uppercase">{row.field.name}</span>
            </Td>
            <Td label="Feeds" className="text-muted">
              <span className="inline-block max-w-80">{row.field.feeds}</span>
            </Td>
            <Td label="State">
              <State row={row} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Sources({ row: { sources, field } }: { row: FieldRow }) {
  if (sources.length === 0) {
    return (
      <span className="grid justify-items-end gap-0.5 md:justify-items-start">
        Not read
        <Note>
          an administrator can name its field: <code className="font-mono">{field.setting}</code>
        </Note>
      </span>
    );
  }
  return (
    <ul className="grid justify-items-end gap-0.5 md:justify-items-start">
      {sources.map((source) => (
        <li key={source.name} className="flex flex-wrap items-baseline gap-x-2">
          <code className="font-mono text-xs break-all">{source.name}</code>
          <span className="text-xs text-muted">{source.type}</span>
        </li>
      ))}
    </ul>
  );
}

function State({ row: { state, sources, rule } }: { row: FieldRow }) {
  const gone = sources.filter(({ vanishedAt }) => vanishedAt);
  const retyped = sources.filter(({ typeBefore }) => typeBefore);
  return (
    <div className="grid justify-items-end gap-1 md:justify-items-start">
      <Badge tone={tones[state]}>{fieldStates[state]}</Badge>
      {state === 'replaced' && rule?.source ? (
        <Note>
          from <code className="font-mono">{rule.source}</code>
        </Note>
      ) : null}
      {state === 'described' && rule ? <Note>a rule stands ready, unused</Note> : null}
      {gone.map((source) => (
        <Note key={source.name}>
          {sources.length > 1 ? `${source.name} gone since ` : 'since '}
          {source.vanishedAt ? <Moment at={source.vanishedAt} /> : null}
        </Note>
      ))}
      {retyped.map((source) => (
        <Retyped key={source.name} source={source} />
      ))}
    </div>
  );
}

function Retyped({ source }: { source: SourceRow }) {
  return (
    <>
      <Badge tone="warning">
        Was {source.typeBefore}, is {source.type}
      </Badge>
      <Note>records that do not fit go to quarantine</Note>
    </>
  );
}

function Note({ children }: { children: React.ReactNode }) {
  return <span className="text-right text-xs text-muted md:text-left">{children}</span>;
}
