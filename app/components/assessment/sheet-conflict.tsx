import type { Sheet } from '#app/domain/assessment.ts';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { differencesOf } from '#app/domain/sheet-difference.ts';
import { Moment } from '#app/components/time.tsx';
import { Button, buttonLook } from '#app/components/ui/button.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import type { StoredSheet } from '#app/services/act-on-sheet.server.ts';
import { ratingWords } from './previous-answer.tsx';

/** What was typed beside what somebody else has saved in between; nothing of either is lost. */
export function SheetConflict({
  card,
  yours,
  now,
  words,
  address,
  onOverwrite,
  onLeave,
}: {
  card: Scorecard;
  yours: Sheet;
  now: StoredSheet;
  words: string;
  /** Of the page itself: loading it again shows the stored draft. */
  address: string;
  /** Null until scripts have taken over; the form's own button does the same. */
  onOverwrite: (() => void) | null;
  onLeave: () => void;
}) {
  const differences = differencesOf(card.criteria, yours, now.sheet, ratingWords);
  return (
    <Notice tone="warning" role="alert" title="The draft was saved elsewhere">
      <p>{words}</p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {onOverwrite ? (
          <Button type="button" size="small" variant="primary" onClick={onOverwrite}>
            Keep mine and save it
          </Button>
        ) : (
          <span>To keep yours, save again.</span>
        )}
        <a href={address} onClick={onLeave} className={buttonLook({ size: 'small' })}>
          Take the stored draft
        </a>
      </div>
      <div className="mt-3 rounded-md border bg-surface">
        <Table caption="Yours and the stored draft">
          <thead>
            <tr>
              <Th>What</Th>
              <Th>Yours</Th>
              <Th>
                Now, saved <Moment at={now.savedAt} show="seconds" />
              </Th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ name, yours: mine, now: theirs }) => (
              <Tr key={name}>
                <Td label="What">{name}</Td>
                <Td label="Yours" className="wrap-anywhere whitespace-pre-line">
                  {mine || <Empty />}
                </Td>
                <Td label="Now" className="wrap-anywhere whitespace-pre-line">
                  {theirs || <Empty />}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
        {differences.length === 0 ? (
          <p className="px-4 py-3 text-muted">Both say the same by now.</p>
        ) : null}
      </div>
    </Notice>
  );
}

function Empty() {
  return <span className="text-muted italic">empty</span>;
}
