import { useCallback, useEffect, useState, type KeyboardEvent } from 'react';
import { sheetFields } from '#app/domain/sheet-form.ts';
import { formatRating, parseRating } from '#app/domain/scoring.ts';
import { sheetFormId } from './use-sheet.ts';

const remembered = 'bqs_sheet_keys';

/** What a key asks for while a criterion has the focus; null where it means nothing here. */
export function keyAction(
  key: string,
  rating: number | null,
): { rate: number | null } | { go: 'note' | 'reasons' } | null {
  if (/^[0-5]$/.test(key)) return { rate: Number(key) * 2 };
  if (key === '.' || key === ',')
    return rating === null ? null : { rate: Math.min(10, rating + 1) };
  if (key === 'Backspace' || key === 'Delete') return { rate: null };
  if (key === 'n') return { go: 'note' };
  if (key === 'r') return { go: 'reasons' };
  return null;
}

/**
 * Single keys for a sheet. They work only while a criterion has the focus and never in a text, and can be
 * switched off, which this browser remembers.
 */
export function useSheetKeys(): {
  on: boolean;
  setOn: (on: boolean) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const [on, keep] = useState(true);
  useEffect(() => keep(recall() !== 'off'), []);
  const setOn = useCallback((next: boolean) => {
    keep(next);
    remember(next ? 'on' : 'off');
  }, []);
  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof HTMLElement))
        return;
      const criterion = event.target.closest<HTMLElement>('[data-criterion]');
      if (!criterion) return;
      if (event.target instanceof HTMLTextAreaElement) {
        if (event.key === 'Escape') focusRating(criterion);
        return;
      }
      if (on && act(criterion, event)) event.preventDefault();
    },
    [on],
  );
  return { on, setOn, onKeyDown };
}

function act(criterion: HTMLElement, event: KeyboardEvent<HTMLElement>): boolean {
  const target = event.target;
  if (!(target instanceof HTMLInputElement) || !/^(radio|checkbox)$/.test(target.type))
    return false;
  if (event.key === 'Tab') return !event.shiftKey && target.type === 'radio' && goOn(criterion);
  const action = keyAction(event.key, ratingIn(criterion));
  if (!action) return false;
  if ('rate' in action) {
    const value = action.rate === null ? '' : formatRating(action.rate);
    const radio = radiosIn(criterion).find((each) => each.value === value);
    radio?.click();
    radio?.focus();
    return true;
  }
  const selector = action.go === 'note' ? 'textarea' : 'input[type="checkbox"]';
  const place = [...criterion.querySelectorAll<HTMLElement>(selector)].find(
    (each) => each.getClientRects().length > 0,
  );
  place?.focus();
  return place !== undefined;
}

/** From a rating to that of the next criterion; the last leads on as Tab does everywhere. */
function goOn(criterion: HTMLElement): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('[data-criterion]')];
  const next = all[all.indexOf(criterion) + 1];
  if (next) focusRating(next);
  return next !== undefined;
}

function focusRating(criterion: HTMLElement): void {
  const radios = radiosIn(criterion);
  (radios.find(({ checked }) => checked) ?? radios[0])?.focus();
}

function ratingIn(criterion: HTMLElement): number | null {
  return parseRating(radiosIn(criterion).find(({ checked }) => checked)?.value ?? '') ?? null;
}

function radiosIn(criterion: HTMLElement): HTMLInputElement[] {
  const name = sheetFields.rating(criterion.dataset.criterion ?? '');
  const selector = `input[type="radio"][form="${sheetFormId}"]`;
  return [...criterion.querySelectorAll<HTMLInputElement>(selector)].filter(
    (radio) => radio.name === name,
  );
}

/** A browser may refuse to remember anything; then the keys are on at every visit. */
function recall(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(remembered, value);
  } catch {
    // Nothing is lost but the habit.
  }
}
