import { useActionData, useNavigation } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';

/**
 * Whether a form with this intent is on its way, and whether one has just been carried out, which it has when
 * the answer is no refusal. `sent` counts, so that each time is told from the one before.
 */
export function useSent(intent: string): { sending: boolean; sent: number } {
  const { state, formData } = useNavigation();
  const refusal = useActionData();
  const sending = state !== 'idle' && formData?.get('intent') === intent;
  const underWay = useRef(false);
  const [sent, setSent] = useState(0);
  useEffect(() => {
    if (sending) underWay.current = true;
    else if (state === 'idle' && underWay.current) {
      underWay.current = false;
      if (!refusal) setSent((count) => count + 1);
    }
  }, [sending, state, refusal]);
  return { sending, sent };
}
