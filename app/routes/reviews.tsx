import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { Pager } from '#app/components/ui/pager.tsx';
import { ReviewItem } from '#app/components/worklist/review-item.tsx';
import { WorkCard } from '#app/components/worklist/work-list.tsx';
import { formatWorkPlace, parseWorkPlace, type WorkPlace } from '#app/domain/work-place.ts';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { listReviews } from '#app/models/worklist-reviews.server.ts';

const shown = 20;

export const meta: MetaFunction = () => [{ title: 'Reviews · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, scope } = await requirePermission(args, 'recommend:opportunity');
  const at = await readAt(db);
  const asked = new URL(args.request.url).searchParams.get('after');
  const after = asked === null ? null : parseWorkPlace(asked);
  if (asked !== null && !after) {
    throw new Response('There is no such page of reviews.', { status: 400 });
  }
  const { next, ...reviews } = await listReviews(db, viewer, scope, { limit: shown, after, at });
  const pager = { first: after && addressOf(null), next: next && addressOf(next) };
  return { reviews, today: at.today, pager, here: addressOf(after) };
}

function addressOf(after: WorkPlace | null): string {
  return after ? `/reviews?after=${formatWorkPlace(after)}` : '/reviews';
}

export default function Reviews() {
  const { reviews, today, pager, here } = useLoaderData<typeof loader>();
  return (
    <div className="grid max-w-4xl gap-5">
      <PageHeader
        title="Reviews"
        lead="Submitted assessments of your practices and of no practice, those that wait longest first."
      />
      <WorkCard
        title="Waiting for your recommendation"
        total={reviews.total}
        empty="No submitted assessment of your practices or of no practice waits for a recommendation."
        foot={<Pager label="Pages of reviews" inCard {...pager} />}
      >
        {reviews.rows.map((row) => (
          <ReviewItem key={row.id} row={row} today={today} returnTo={here} />
        ))}
      </WorkCard>
    </div>
  );
}
