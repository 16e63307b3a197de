import type { Memo } from '#app/domain/memo.ts';
import {
  bandWords,
  memoMoment,
  scoreRows,
  scoreWords,
  sensitivityWords,
  staleWords,
  type ScoreRow,
  type Sheet,
} from '#app/lib/memo-words.ts';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { MemoProse, MemoSection } from './memo-document.tsx';

/** The assessment the decision was made on: how it scored, and why. */
export function MemoSheet({ sheet }: { sheet: Sheet }) {
  const { score, band, knockOuts } = scoreWords(sheet);
  const stale = staleWords(sheet);
  return (
    <MemoSection
      title={`Assessment, version ${sheet.version}`}
      lead={`${sheet.assessor.name}, submitted ${memoMoment(sheet.submittedAt)}, on the scorecard “${sheet.scorecard.name}” (${sheet.scorecard.id})`}
    >
      <p>
        Score <strong>{score}</strong>, band <strong>{band}</strong>
        {knockOuts.length > 0 ? (
          <>
            , knocked out by <strong>{knockOuts.join(', ')}</strong>
          </>
        ) : null}
        . <span className="text-muted">Bands: {bandWords(sheet)}</span>
      </p>
      <MemoProse text={sheet.summary} />
      {stale.length > 0 ? (
        <div className="rounded-md border border-warning/30 bg-warning-soft px-3 py-2 print:border-ink print:bg-white">
          <p className="font-semibold">Moved in the CRM since the assessment</p>
          {stale.map((line) => (
            <p key={line} className="wrap-anywhere">
              {line}
            </p>
          ))}
        </div>
      ) : null}
      <ScoreTable sheet={sheet} />
    </MemoSection>
  );
}

function ScoreTable({ sheet }: { sheet: Sheet }) {
  const { score } = scoreWords(sheet);
  return (
    <Table caption="Weight times rating is points, criterion by criterion">
      <thead>
        <tr>
          <Th className="pl-0!">Criterion</Th>
          <Th align="right">Weight</Th>
          <Th align="right">Rating of 5</Th>
          <Th align="right" className="pr-0!">
            Points
          </Th>
        </tr>
      </thead>
      <tbody>
        {scoreRows(sheet).map((row) => (
          <Criterion key={row.code} row={row} />
        ))}
      </tbody>
      <tfoot className="print:table-row-group phone:block">
        <tr className="border-t-2 border-ink font-semibold phone:flex! phone:justify-between phone:px-0!">
          <td className="py-2">Score</td>
          <td className="px-3 py-2 text-right whitespace-nowrap phone:hidden!">100 %</td>
          <td className="phone:hidden!" />
          <td className="py-2 text-right">{score}</td>
        </tr>
      </tfoot>
    </Table>
  );
}

function Criterion({ row }: { row: ScoreRow }) {
  const why = [row.reasons.join(', '), row.note].filter((part) => part.trim() !== '');
  return (
    <Tr className="break-inside-avoid phone:px-0!">
      <Td className="md:pl-0! print:pl-0! phone:block! phone:text-left!">
        <span className="font-medium">{row.name}</span>
        {row.knockedOut ? (
          <span className="ml-2 font-semibold text-bad print:text-ink">
            Knock-out: below {row.knockedOut}
          </span>
        ) : null}
        {why.map((part) => (
          <span key={part} className="block text-xs wrap-anywhere whitespace-pre-line text-muted">
            {part}
          </span>
        ))}
      </Td>
      <Td align="right" label="Weight" className="whitespace-nowrap">
        {row.weight}
      </Td>
      <Td align="right" label="Rating of 5">
        {row.rating}
      </Td>
      <Td align="right" label="Points" className="whitespace-nowrap md:pr-0! print:pr-0!">
        <span>
          {row.points} <span className="text-xs text-muted">of {row.most}</span>
        </span>
      </Td>
    </Tr>
  );
}

/** How little would have changed what the sheet speaks for. */
export function MemoSensitivity({ memo }: { memo: Memo }) {
  const words = sensitivityWords(memo);
  if (words.length === 0) return null;
  return (
    <MemoSection title="Sensitivity">
      {words.map((line) => (
        <p key={line} className="max-w-prose wrap-anywhere">
          {line}
        </p>
      ))}
    </MemoSection>
  );
}
