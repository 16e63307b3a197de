import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requirePermission } from '#app/auth/guard.server.ts';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { ReviewItem } from '#app/components/worklist/review-item.tsx';
import { LeftOut, WorkCard } from '#app/components/worklist/work-list.tsx';
import { db } from '#app/lib/db.server.ts';
import { readAt } from '#app/models/at.server.ts';
import { listReviews } from '#app/models/worklist-reviews.server.ts';

const shown = 20;

export const meta: MetaFunction = () => [{ title: 'Reviews · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, scope } = await requirePermission(args, 'recommend:opportunity');
  const at = await readAt(db);
  const reviews = await listReviews(db, viewer, scope, { limit: shown, at });
  return { reviews, today: at.today };
}

export default function Reviews() {
  const { reviews, today } = useLoaderData<typeof loader>();
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
      >
        {reviews.rows.map((row) => (
          <ReviewItem key={row.id} row={row} today={today} returnTo="/reviews" />
        ))}
        <LeftOut shown={reviews.rows.length} total={reviews.total} />
      </WorkCard>
    </div>
  );
}
