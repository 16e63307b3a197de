import { useBeforeUnload } from '@remix-run/react';
import { useCallback, useEffect, useRef, type FormEvent } from 'react';
import type { LiveSheet } from './use-sheet.ts';

/**
 * Sends a sheet only when what is typed is kept: a save under way is waited for, one that failed says why
 * instead. Leaving the page with something unsaved asks first.
 */
export function useSubmission({ form, saver, state }: LiveSheet, busy: boolean) {
  const passed = useRef(false);
  const under = useRef(busy);
  useEffect(() => {
    under.current = busy;
  }, [busy]);
  useBeforeUnload(
    useCallback(
      (event) => {
        if (saver.current?.dirty) event.preventDefault();
      },
      [saver],
    ),
  );
  return (event: FormEvent<HTMLFormElement>) => {
    if (passed.current || !saver.current) {
      passed.current = false;
      return;
    }
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const submits = submitter instanceof HTMLButtonElement && submitter.value === 'submit';
    if (!submits && state.kind === 'saved') saver.current.changed();
    void saver.current.flush().then(() => {
      if (!submits || saver.current?.dirty) return;
      // Not before the event at hand is over: a form that is being submitted ignores the wish.
      setTimeout(() => {
        if (under.current) return;
        passed.current = true;
        form.current?.requestSubmit(submitter);
      });
    });
  };
}
