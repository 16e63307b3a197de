import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireMemo } from '#app/auth/require-memo.server.ts';
import { memoFileName } from '#app/lib/memo-path.ts';

/** The frozen text, byte for byte: its `sha256sum` is the hash that the memo shows. */
export async function loader(args: LoaderFunctionArgs) {
  const { opportunity, stored } = await requireMemo(args);
  const name = memoFileName(opportunity, stored.decisionId, 'json');
  return new Response(stored.content, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'X-Memo-Sha256': stored.sha256,
    },
  });
}
