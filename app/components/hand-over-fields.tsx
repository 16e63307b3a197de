import { Link } from '@remix-run/react';
import { awaitedWords } from '#app/domain/person-state.ts';
import type { Typed } from '#app/domain/typed-form.ts';
import { typedValue } from '#app/domain/typed-form.ts';
import { workflowStatusNames, type WorkflowStatus } from '#app/domain/workflow.ts';
import { formatDay } from '#app/lib/format.ts';
import { CrmText } from './crm-value.tsx';
import { controlLook } from './ui/field.tsx';
import { SelectField } from './ui/select-field.tsx';
import { Table, Td, Th, Tr } from './ui/table.tsx';

export interface Taker {
  id: string;
  name: string;
  practices: string[];
  /** Invited, and has not signed in yet. */
  awaited: boolean;
}

/** How a choice of who takes over names them. */
export function takerName({ name, practices, awaited }: Taker): string {
  const about = [...practices, ...(awaited ? [awaitedWords] : [])].join(', ');
  return about ? `${name} (${about})` : name;
}

export interface OpenAssessment {
  id: string;
  path: string;
  name: string | null;
  practice: string | null;
  status: WorkflowStatus;
  revision: number;
  closeDate: string | null;
}

/** The opportunities somebody leaves behind, each with who takes it over, and one choice for all. */
export function AssessmentsToHandOver({
  rows,
  architects,
  typed,
}: {
  rows: OpenAssessment[];
  architects: Taker[];
  typed?: Typed;
}) {
  return (
    <>
      <div className="p-4">
        <SelectField
          name="everything"
          label="Who takes over, where a row says nothing else"
          defaultValue={typedValue(typed, 'everything') || 'leave'}
          className="max-w-md"
        >
          <option value="leave">Nobody yet: leave them as they are</option>
          <Takers takers={architects} practice={null} />
        </SelectField>
      </div>
      <Table caption="Open assessments and who takes them over" className="border-t">
        <thead>
          <tr>
            <Th>Opportunity</Th>
            <Th>Practice</Th>
            <Th>State</Th>
            <Th>Closes</Th>
            <Th>Taken over by</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} architects={architects} typed={typed} />
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Row({
  row,
  architects,
  typed,
}: {
  row: OpenAssessment;
  architects: Taker[];
  typed?: Typed;
}) {
  const field = `assessor.${row.id}.${row.revision}`;
  const name = row.name ?? 'an opportunity without a name';
  const alone =
    row.practice !== null && !architects.some(({ practices }) => practices.includes(row.practice!));
  return (
    <Tr>
      <Td className="font-medium wrap-anywhere">
        <Link to={row.path} className="text-accent hover:underline">
          {name}
        </Link>
      </Td>
      <Td label="Practice">
        <CrmText value={row.practice} />
      </Td>
      <Td label="State">{workflowStatusNames[row.status]}</Td>
      <Td label="Closes" className="whitespace-nowrap">
        <CrmText value={row.closeDate && formatDay(row.closeDate)} />
      </Td>
      <Td label="Taken over by">
        <div className="grid min-w-0 grow gap-1 text-left">
          <select
            name={field}
            aria-label={`Who takes over ${name}`}
            defaultValue={typedValue(typed, field)}
            className={controlLook}
          >
            <option value="">As chosen above</option>
            <option value="leave">Nobody yet</option>
            <Takers takers={architects} practice={row.practice} />
          </select>
          {alone ? (
            <p className="text-xs text-muted">
              {row.practice} has no other architect who is active.
            </p>
          ) : null}
        </div>
      </Td>
    </Tr>
  );
}

/** Those of the practice first. */
function Takers({ takers, practice }: { takers: Taker[]; practice: string | null }) {
  const own = takers.filter(({ practices }) => practice !== null && practices.includes(practice));
  const others = takers.filter((taker) => !own.includes(taker));
  if (own.length === 0) return <Options takers={others} />;
  return (
    <>
      <optgroup label={practice ?? ''}>
        <Options takers={own} />
      </optgroup>
      {others.length > 0 ? (
        <optgroup label="Other practices">
          <Options takers={others} />
        </optgroup>
      ) : null}
    </>
  );
}

function Options({ takers }: { takers: Taker[] }) {
  return takers.map((taker) => (
    <option key={taker.id} value={taker.id}>
      {takerName(taker)}
    </option>
  ));
}
