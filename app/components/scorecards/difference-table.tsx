import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import type { Difference } from '#app/domain/scorecard-differences.ts';

/** What a scorecard asks and counts otherwise than the one in force. */
export function DifferenceTable({ differences }: { differences: Difference[] }) {
  if (differences.length === 0) {
    return <p className="p-4 text-muted">Nothing but its name: it scores exactly alike.</p>;
  }
  return (
    <Table caption="Differences">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>In force</Th>
          <Th>After publishing</Th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ what, before, after }) => (
          <Tr key={what}>
            <Td label="What" className="font-medium">
              {what}
            </Td>
            <Td label="In force" className="text-muted">
              {before}
            </Td>
            <Td label="After publishing">{after}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
