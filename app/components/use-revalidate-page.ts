import { useRevalidator, useRouteError } from '@remix-run/react';
import { useCallback } from 'react';

/**
 * Asks the page's loaders again, unless an error is what the page shows: a form kept in it would be replaced
 * by whatever the loaders answer, and what somebody typed would be gone.
 */
export function useRevalidatePage(): () => void {
  const { revalidate } = useRevalidator();
  const failed = useRouteError() !== undefined;
  return useCallback(() => {
    if (!failed) revalidate();
  }, [failed, revalidate]);
}
