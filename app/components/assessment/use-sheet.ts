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
  /** The revision the form was typed on; null until scripts have taken over. */
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
  const { address } = parts;
  // What the page is told later belongs to whoever saved it: this form was typed on what it began with.
  const [{ card, revision }] = useState({ card: parts.card, revision: parts.draft.revision });
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

  const [typedOn, setTypedOn] = useState(revision);
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
      created.stop();
      void created.flush();
    };
  }, [address, read, revision]);

  const changed = useCallback(() => {
    read();
    saver.current?.changed();
  }, [read]);
  return { form, typed, revision: live ? typedOn : null, state, saver, live, changed };
}
