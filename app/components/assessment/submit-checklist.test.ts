import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { gapsOf } from '#app/domain/assessment.ts';
import { completeSheet } from '#tests/factories/sheet.ts';
import { defaultScorecard as card } from '../../../prisma/default-scorecard.ts';
import { SubmitChecklist } from './submit-checklist.tsx';

/** Which of its items the checklist calls done. */
function done(halfSteps: number | null, changes = {}): boolean[] {
  const sheet = completeSheet(halfSteps ?? 0, changes);
  const answers = sheet.answers.map((answer) => ({
    ...answer,
    halfSteps: halfSteps === null ? null : answer.halfSteps,
  }));
  const gaps = gapsOf(card, { summary: '', answers });
  const shown = renderToStaticMarkup(createElement(SubmitChecklist, { card, gaps }));
  return [...shown.matchAll(/aria-label="(Done|Open):"/g)].map(([, state]) => state === 'Done');
}

it('calls nothing explained before anything is rated', () => {
  expect(done(null)).toEqual([false, false, false]);
  expect(done(7)).toEqual([true, true, false]);
  expect(done(7, { LEGAL: null })).toEqual([false, true, false]);
});
