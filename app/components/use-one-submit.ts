import { useNavigation } from '@remix-run/react';
import { useEffect, useRef } from 'react';

/**
 * Sends every form that changes something once, however often its button is pressed: a double click, a key
 * held down and whatever is pressed while an answer is under way count for nothing. Without scripts the
 * browser drops the first request instead, and the server answers for the second.
 */
export function useOneSubmit(): void {
  const submitting = useNavigation().state === 'submitting';
  const busy = useRef(submitting);
  useEffect(() => {
    busy.current = submitting;
  }, [submitting]);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (event.detail > 1 && button?.type === 'submit' && changes(button.form)) drop(event);
    };
    const onKey = (event: KeyboardEvent) => {
      const field = event.target;
      const within = field instanceof HTMLButtonElement || field instanceof HTMLInputElement;
      if (event.repeat && event.key === 'Enter' && within && changes(field.form)) drop(event);
    };
    const onSubmit = (event: SubmitEvent) => {
      if (busy.current && changes(event.target)) drop(event);
    };
    // On the window and before anybody else, since a form sends itself from its own listener.
    window.addEventListener('click', onClick, true);
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('submit', onSubmit, true);
    return () => {
      window.removeEventListener('click', onClick, true);
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('submit', onSubmit, true);
    };
  }, []);
}

function changes(form: EventTarget | null): boolean {
  // The attribute, since a field may be called `method` and hide the property.
  return form instanceof HTMLFormElement && /^post$/i.test(form.getAttribute('method') ?? '');
}

function drop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
