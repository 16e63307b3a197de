import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { Scorecard } from '#app/domain/scorecard.ts';
import { readSheet, type TypedSheet } from '#app/domain/sheet-form.ts';
import type { StoredSheet } from '#app/services/act-on-sheet.server.ts';
import { createSaver, type Saver, type SaveState } from './saver.ts';
import { sendDraft } from './send-draft.ts';

/** What a sheet was opened with. */
interface OpenedSheet {
  card: Scorecard;
  first: TypedSheet;
  stored: TypedSheet['sheet'];
  draft: { revision: number; savedAt: Date };
  address: string;
}

/** The form every control of a sheet belongs to, wherever on the page it stands. */
export const sheetFormId = 'sheet';

export interface LiveSheet {
  form: RefObject<HTMLFormElement>;
  opened: OpenedSheet;
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
export function useSheet(parts: OpenedSheet): LiveSheet {
  // The loaders answer again while somebody types. A newer draft among their answers is not what stands in
  // these controls: saved on its revision, they would overwrite it unseen.
  const [opened] = useState(parts);
  const form = useRef<HTMLFormElement>(null);
  const saver = useRef<Saver<StoredSheet>>(null!);
  const latest = useRef<FormData | null>(null);
  const [typed, setTyped] = useState(opened.first);
  const [live, setLive] = useState(false);
  const [state, setState] = useState<SaveState<StoredSheet>>({
    kind: 'saved',
    at: opened.draft.savedAt,
  });

  const read = useCallback(() => {
    if (!form.current) return null;
    latest.current = new FormData(form.current);
    const now = readSheet(opened.card, latest.current);
    setTyped(now);
    return now;
  }, [opened]);

  const [typedOn, setTypedOn] = useState<number | null>(null);
  useEffect(() => {
    const { stored, draft, address } = opened;
    const created = createSaver<StoredSheet>({
      revision: draft.revision,
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
    if (now && JSON.stringify(now.sheet) !== JSON.stringify(stored)) created.changed();
    return () => {
      void created.stop();
    };
  }, [opened, read]);

  const changed = useCallback(() => {
    read();
    saver.current?.changed();
  }, [read]);
  return { form, opened, typed, revision: typedOn, state, saver, live, changed };
}
