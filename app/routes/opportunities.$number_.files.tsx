import {
  data,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { ChevronLeft } from 'lucide-react';
import { requireOpportunity, requireReadable } from '#app/auth/require-opportunity.server.ts';
import { safeReturnTo } from '#app/auth/return-to.ts';
import { EvidenceList } from '#app/components/evidence/evidence-list.tsx';
import { UploadForm } from '#app/components/evidence/upload-form.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Notice } from '#app/components/ui/notice.tsx';
import { PageHeader } from '#app/components/ui/page-header.tsx';
import { evidenceFormSchema } from '#app/domain/evidence-form.ts';
import { db } from '#app/lib/db.server.ts';
import { formDataOf } from '#app/lib/form-data.server.ts';
import { env } from '#app/lib/env.server.ts';
import { receiveUpload } from '#app/lib/evidence-upload.server.ts';
import { plural } from '#app/lib/format.ts';
import { opportunityPath } from '#app/lib/opportunity-path.ts';
import { redirectWithToast } from '#app/lib/toast.server.ts';
import { readEvidenceView } from '#app/models/evidence-view.server.ts';
import { addEvidence } from '#app/services/add-evidence.server.ts';
import { noteRefusedEvidence } from '#app/services/note-refused-evidence.server.ts';
import { removeEvidence } from '#app/services/remove-evidence.server.ts';
import { rescanEvidence } from '#app/services/rescan-evidence.server.ts';

/** What a form sent, for showing it again. */
type Typed = Partial<Record<'intent' | 'id' | 'reason' | 'criterion' | 'return_to', string>>;

export const meta: MetaFunction = () => [{ title: 'Evidence · BQS' }];

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, opportunity } = await requireOpportunity(args);
  const { searchParams } = new URL(args.request.url);
  const { remoteNumber, remoteId, name } = opportunity;
  return {
    opportunity: { remoteNumber, remoteId, name },
    view: await readEvidenceView(db, viewer, opportunity),
    about: searchParams.get('criterion'),
    returnTo: searchParams.get('return_to') && safeReturnTo(searchParams.get('return_to')),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer, opportunity } = await requireReadable(args, () => 'files');
  const requestId = args.request.headers.get('X-Request-Id') ?? undefined;
  const acting = { actorId: viewer.id, opportunityId: opportunity.id, requestId };
  const type = args.request.headers.get('Content-Type') ?? '';
  const multipart = /^multipart\/form-data\b/i.test(type);
  const outcome = multipart ? await take(args.request) : await change(args.request);
  if (!outcome.ok) {
    const { message, typed, status } = outcome;
    return data({ message, typed }, { status });
  }
  const back = safeReturnTo(outcome.typed.return_to, `${opportunityPath(opportunity)}/files`);
  return redirectWithToast(back, { tone: 'good', title: outcome.message.slice(0, 200) });

  async function take(request: Request) {
    if (opportunity.goneSince) {
      const message = 'The opportunity is gone from the CRM, so no file can be added.';
      return { ok: false as const, status: 409, message, typed: {} as Typed };
    }
    const upload = await receiveUpload(request, env.EVIDENCE_MAX_MB * 1024 * 1024);
    const typed: Typed = { ...upload.fields };
    if (!upload.ok) {
      const { content } = upload;
      if (content) await noteRefusedEvidence({ actor: viewer, opportunity, ...content, requestId });
      return { ...upload, typed };
    }
    try {
      return {
        ...(await addEvidence(acting, { ...upload, criterion: typed.criterion || null })),
        typed,
      };
    } finally {
      await upload.file.release();
    }
  }

  async function change(request: Request) {
    const form = [...(await formDataOf(request))].filter(([, value]) => typeof value === 'string');
    const typed = Object.fromEntries(form) as Typed;
    const parsed = evidenceFormSchema.safeParse(typed);
    if (!parsed.success) {
      const known = typed.intent === 'remove' || typed.intent === 'rescan';
      const message = (known && parsed.error.issues[0]?.message) || 'Nothing was changed.';
      return { ok: false as const, status: 400, message, typed };
    }
    const act = parsed.data;
    const done =
      act.intent === 'remove'
        ? await removeEvidence(acting, act)
        : await rescanEvidence(acting, act.id);
    return { ...done, typed };
  }
}

export default function Evidence() {
  const { opportunity, view, ...asked } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const page = opportunityPath(opportunity);
  const typed = refused?.typed;
  const returnTo = typed?.return_to ? safeReturnTo(typed.return_to, page) : asked.returnTo;
  const about = typed?.criterion ?? asked.about;
  return (
    <div className="grid max-w-4xl gap-4">
      <Link
        to={returnTo || page}
        className="inline-flex items-center gap-1 justify-self-start link"
      >
        <ChevronLeft aria-hidden className="size-4" />
        {returnTo && returnTo !== page ? 'Back' : (opportunity.name ?? 'The opportunity')}
      </Link>
      <PageHeader title="Evidence" lead="Files behind the ratings, and about the opportunity." />
      {refused ? (
        <Notice tone="bad" role="alert">
          {refused.message}
        </Notice>
      ) : null}
      {view.mayAdd ? (
        <Card title="Add a file">
          <UploadForm view={view} action={`${page}/files`} about={about} returnTo={returnTo} />
        </Card>
      ) : (
        <Notice>The opportunity is gone from the CRM, so no file can be added.</Notice>
      )}
      <Card title={plural(view.files.length, 'file')} flush>
        <EvidenceList
          files={view.files}
          action={`${page}/files`}
          returnTo={returnTo}
          refused={typed?.intent === 'remove' ? typed : null}
        />
      </Card>
    </div>
  );
}
