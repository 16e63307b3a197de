import type { Answer, Sheet } from './assessment.ts';
import type { Criterion, Scorecard } from './scorecard.ts';

/** A criterion as one sheet has it. */
export interface Side {
  weight: number;
  answer: Answer;
}

/** One criterion of two sheets; a side is null where that sheet's scorecard does not ask for it. */
export interface ComparedCriterion {
  code: string;
  name: string;
  left: Side | null;
  right: Side | null;
  /** What the right one adds to the score, in tenths of a percent; null where either is not rated. */
  effect: number | null;
  differs: boolean;
}

export interface Filled extends Sheet {
  scorecard: { definition: Scorecard };
}

/** Two sheets criterion by criterion: what differs first, by how much it moves the score, then the rest. */
export function compareSheets(left: Filled, right: Filled): ComparedCriterion[] {
  const [leftCriteria, rightCriteria] = [left, right].map((it) => it.scorecard.definition.criteria);
  const onlyLeft = (leftCriteria ?? []).filter(
    ({ code }) => !rightCriteria?.some((criterion) => criterion.code === code),
  );
  const rows = [...(rightCriteria ?? []), ...onlyLeft].map(({ code, name }) => {
    const [from, to] = [sideOf(left, code), sideOf(right, code)];
    return {
      code,
      name,
      left: from,
      right: to,
      effect: effectOf(from, to),
      differs: !from || !to || from.weight !== to.weight || !sameAnswer(from.answer, to.answer),
    };
  });
  const differing = rows.filter(({ differs }) => differs);
  return [
    ...differing.toSorted((one, other) => size(other) - size(one)),
    ...rows.filter(({ differs }) => !differs),
  ];
}

/** What two sheets on one scorecard say differently, in words: what was typed beside what is stored. */
export interface Difference {
  name: string;
  yours: string;
  now: string;
}

/** Every field in which a typed sheet differs from the stored one. `show` puts a rating into words. */
export function differencesOf(
  criteria: readonly Criterion[],
  yours: Sheet,
  now: Sheet,
  show: (halfSteps: number | null) => string,
): Difference[] {
  const differences: Difference[] = [];
  const add = (name: string, mine: string, theirs: string) => {
    if (mine !== theirs) differences.push({ name, yours: mine, now: theirs });
  };
  for (const { code, name } of criteria) {
    const [mine, theirs] = [answerTo(yours, code), answerTo(now, code)];
    add(name, show(mine.halfSteps), show(theirs.halfSteps));
    add(
      `${name}: reasons`,
      mine.reasons.toSorted().join(', '),
      theirs.reasons.toSorted().join(', '),
    );
    add(`${name}: note`, mine.note, theirs.note);
  }
  add('Summary', yours.summary, now.summary);
  return differences;
}

/** Whether two sheets say the same. */
export function sameSheet(one: Sheet, other: Sheet): boolean {
  const codes = new Set([...one.answers, ...other.answers].map(({ criterion }) => criterion));
  return (
    one.summary === other.summary &&
    [...codes].every((code) => sameAnswer(answerTo(one, code), answerTo(other, code)))
  );
}

/** Whether two answers say the same, in whichever order their reasons stand. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  return (
    one.halfSteps === other.halfSteps &&
    one.note === other.note &&
    one.reasons.toSorted().join('\n') === other.reasons.toSorted().join('\n')
  );
}

/** A sheet's answer to a criterion; one that is not there is unanswered. */
export function answerTo(sheet: Sheet, code: string): Answer {
  const found = sheet.answers.find(({ criterion }) => criterion === code);
  return found ?? { criterion: code, halfSteps: null, reasons: [], note: '' };
}

function sideOf(sheet: Filled, code: string): Side | null {
  const criterion = sheet.scorecard.definition.criteria.find((each) => each.code === code);
  return criterion ? { weight: criterion.weight, answer: answerTo(sheet, code) } : null;
}

function effectOf(left: Side | null, right: Side | null): number | null {
  const [before, after] = [left?.answer.halfSteps ?? null, right?.answer.halfSteps ?? null];
  if (!left || !right || before === null || after === null) return null;
  return right.weight * after - left.weight * before;
}

/** What cannot be counted comes before what can. */
function size({ effect, left, right }: ComparedCriterion): number {
  if (effect !== null) return Math.abs(effect);
  return left?.answer.halfSteps === right?.answer.halfSteps ? 0 : Infinity;
}
