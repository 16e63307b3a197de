import { useEffect, useRef, type RefObject } from 'react';

/**
 * Makes a `<details>` behave as a popover where scripts run: Escape and a press outside close it, and
 * Escape gives the focus back. Without scripts it opens and closes by its summary.
 */
export function usePopover(): RefObject<HTMLDetailsElement> {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const details = ref.current;
      if (event.key !== 'Escape' || !details?.open) return;
      const held = details.contains(document.activeElement);
      details.open = false;
      if (held) details.querySelector('summary')?.focus();
    }
    function onPress(event: PointerEvent) {
      const details = ref.current;
      if (details?.open && event.target instanceof Node && !details.contains(event.target)) {
        details.open = false;
      }
    }
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, []);
  return ref;
}
