import { useLocation } from '@remix-run/react';

/**
 * Where "back to the list" leads: to the list as it was left, filters and page included, which the row's
 * link hands over. Opened any other way, to the whole list.
 */
export function useListAddress(): string {
  const state: unknown = useLocation().state;
  const from = state && typeof state === 'object' && 'list' in state ? state.list : null;
  return typeof from === 'string' && from.startsWith('/opportunities') ? from : '/opportunities';
}

/** What a link to an opportunity carries so that the way back is known. */
export function useListState(): { list: string } {
  const { pathname, search } = useLocation();
  return { list: pathname + search };
}
