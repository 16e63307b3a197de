import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireMemo } from '#app/auth/require-memo.server.ts';
import { streamMemoPdf } from '#app/components/memo-pdf/stream.server.tsx';
import { memoFileName } from '#app/lib/memo-path.ts';

/** The memo as a PDF, shown by the browser; `?download` saves it. */
export async function loader(args: LoaderFunctionArgs) {
  const { opportunity, stored } = await requireMemo(args);
  if (!stored.memo) {
    const words =
      'The memo’s text was changed and can no longer be read, so there is no PDF of it.';
    throw new Response(words, { status: 409 });
  }
  const { searchParams } = new URL(args.request.url);
  const way = searchParams.has('download') ? 'attachment' : 'inline';
  const name = memoFileName(opportunity, stored.decisionId, 'pdf');
  return new Response(await streamMemoPdf({ ...stored, memo: stored.memo }), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `${way}; filename="${name}"`,
    },
  });
}
