import { useRevalidator, useRouteError } from '@remix-run/react';
import { useCallback } from 'react';

/**
 * Asks the page's loaders again, unless an error is what the page shows: a form kept in it would be replaced
 * by whatever the loaders answer, and what somebody typed would be gone.
 */
export function useRevalidatePage(): () => void {
  const { revalidate } = useRevalidator();
  // A page without an error has null for one here, and undefined while the server renders it.
  const failed = (useRouteError() ?? null) !== null;
  return useCallback(() => {
    if (!failed) revalidate();
  }, [failed, revalidate]);
}
