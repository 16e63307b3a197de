import { useNavigation } from '@remix-run/react';

/** A thin line at the top of the window while a page or an answer is on its way. */
export function PendingBar() {
  const { state } = useNavigation();
  return (
    <div role="status" className="fixed inset-x-0 top-0 z-50 h-0.5 overflow-hidden">
      {state === 'idle' ? null : (
        <>
          <div className="h-full w-full pending-bar bg-tick" />
          <span className="sr-only">Loading</span>
        </>
      )}
    </div>
  );
}
