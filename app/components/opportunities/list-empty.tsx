import { formatCount, plural } from '#app/lib/format.ts';
import type { Chip } from '#app/lib/opportunity-links.server.ts';
import { useRootData } from '#app/components/root-data.ts';
import { buttonLook } from '#app/components/ui/button.tsx';
import { LinkButton } from '#app/components/ui/link-button.tsx';
import { EmptyState } from '#app/components/ui/empty-state.tsx';
import { holds } from '#app/domain/permissions.ts';

/** Why the list is empty: the filters, the viewer's scope, or no sync yet. */
export function ListEmpty({
  chips,
  clearHref,
  inScope,
  scopeWords,
  unverified,
}: {
  chips: Chip[];
  clearHref: string;
  /** Rows the viewer would see without filters. */
  inScope: number;
  /** Which rows the viewer's roles reach. */
  scopeWords: string;
  /** Whether the viewer sells, and their address counts for nothing since nobody has verified it. */
  unverified: boolean;
}) {
  const root = useRootData();
  if (inScope > 0) {
    const last = chips.at(-1);
    const these = chips.length === 1 ? 'this filter' : `these ${plural(chips.length, 'filter')}`;
    return (
      <EmptyState
        title={`No opportunity matches ${these} (of ${formatCount(inScope)}).`}
        action={
          <>
            {last && chips.length > 1 ? (
              <LinkButton to={last.href}>
                Remove “{last.label}: {last.value}”
              </LinkButton>
            ) : null}
            <LinkButton to={clearHref} variant="primary">
              Clear {chips.length === 1 ? 'the filter' : 'all filters'}
            </LinkButton>
          </>
        }
      />
    );
  }
  const viewer = root?.viewer;
  if (root?.freshness && !root.freshness.lastGood) {
    const mayRun = viewer ? holds(viewer, 'run:sync') : false;
    return (
      <EmptyState
        title="No opportunities yet. The first sync has not finished."
        action={mayRun ? <LinkButton to="/sync">Go to the sync</LinkButton> : null}
      >
        {mayRun
          ? 'Run a full sync, or wait for the next scheduled one.'
          : 'A manager can run it now.'}
      </EmptyState>
    );
  }
  if (unverified) {
    return (
      <EmptyState
        title="Your e-mail address is not verified yet."
        action={
          <a href="/verification?return_to=/opportunities" className={buttonLook({})}>
            Verify it
          </a>
        }
      >
        Sales see the opportunities whose sales owner in the CRM has their address, once it is known
        to be theirs.
      </EmptyState>
    );
  }
  return <EmptyState title="No opportunity is yours to see.">{scopeWords}</EmptyState>;
}
