import { useNavigation } from '@remix-run/react';

/** Whether something is on its way, so that a form is not sent twice. */
export function useBusy(): boolean {
  return useNavigation().state !== 'idle';
}
