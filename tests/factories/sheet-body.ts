import type { Sheet } from '#app/domain/assessment.ts';
import { formatRating } from '#app/domain/scoring.ts';
import { sheetFields } from '#app/domain/sheet-form.ts';

/** What a browser sends of a sheet. */
export function sheetBody(
  draft: { id: string; revision: number },
  sheet: Sheet,
  intent = 'save',
): URLSearchParams {
  const body = new URLSearchParams({
    intent,
    draftId: draft.id,
    revision: String(draft.revision),
    summary: sheet.summary,
  });
  for (const { criterion, halfSteps, reasons, note } of sheet.answers) {
    body.append(sheetFields.rating(criterion), halfSteps === null ? '' : formatRating(halfSteps));
    for (const reason of reasons) body.append(sheetFields.reason(criterion), reason);
    body.append(sheetFields.note(criterion), note);
  }
  return body;
}
