import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { readSheet, type TypedSheet } from '#app/domain/sheet-form.ts';
import type { StoredSheet } from '#app/services/act-on-sheet.server.ts';
import { createSaver, type Saver, type SaveState } from './saver.ts';
import { sendDraft } from './send-draft.ts';

/** The form every control of a sheet belongs to, wherever on the page it stands. */
export const sheetFormId = 'sheet';

export interface LiveSheet {
  form: RefObject<HTMLFormElement>;
  /** What the form says now. */
  typed: TypedSheet;
  /** What the form was typed on, since this page first saved it; null before. */
  revision: number | null;
  state: SaveState<StoredSheet>;
  saver: RefObject<Saver<StoredSheet>>;
  /** Whether scripts have taken over. */
  live: boolean;
  /** To be called at every change of a control. */
  changed: () => void;
}

/**
 * A sheet while it is filled in. The controls hold what is typed, as without scripts; this reads them at
 * every change and keeps the draft saved.
 */
export function useSheet(parts: {
  card: Scorecard;
  first: TypedSheet;
  stored: TypedSheet['sheet'];
  draft: { revision: number; savedAt: Date };
  address: string;
}): LiveSheet {
  const { card, address } = parts;
  const form = useRef<HTMLFormElement>(null);
  const saver = useRef<Saver<StoredSheet>>(null!);
  const latest = useRef<FormData | null>(null);
  const [typed, setTyped] = useState(parts.first);
  const [live, setLive] = useState(false);
  const [state, setState] = useState<SaveState<StoredSheet>>({
    kind: 'saved',
    at: parts.draft.savedAt,
  });

  const read = useCallback(() => {
    if (!form.current) return null;
    latest.current = new FormData(form.current);
    const now = readSheet(card, latest.current);
    setTyped(now);
    return now;
  }, [card]);

  const { revision } = parts.draft;
  const [typedOn, setTypedOn] = useState<number | null>(null);
  const stored = useRef(parts.stored);
  useEffect(() => {
    const created = createSaver<StoredSheet>({
      revision,
      send: (on) => sendDraft(address, latest.current ?? new FormData(), on),
      tell: (next, on) => {
        setState(next);
        setTypedOn(on);
        // At once, since the form may be sent before the next rendering.
        const field = form.current?.elements.namedItem('revision');
        if (field instanceof HTMLInputElement) field.value = String(on);
      },
    });
    saver.current = created;
    setLive(true);
    // Somebody may have typed before the scripts were there.
    const now = read();
    if (now && JSON.stringify(now.sheet) !== JSON.stringify(stored.current)) created.changed();
    return () => {
      void created.flush();
      created.stop();
    };
    // The revision of a later reading belongs to whoever saved it, not to this form.
  }, [address, read]);

  const changed = useCallback(() => {
    read();
    saver.current?.changed();
  }, [read]);
  return { form, typed, revision: typedOn, state, saver, live, changed };
}
