import { Readable } from 'node:stream';
import { renderToStream } from '@react-pdf/renderer';
import { memoMoment } from '#app/lib/memo-words.ts';
import { printable } from '#app/lib/printable.ts';
import { MemoPdfDocument, type MemoPdf } from './document.server.tsx';
import { loadFonts } from './fonts.server.ts';

/** The most lines a text keeps; laying out thousands of them would hold the process for seconds. */
const mostLines = 60;

/** The bytes of a memo's PDF as they are made. */
export async function streamMemoPdf(
  stored: Pick<MemoPdf, 'memo' | 'sha256' | 'state'> & { content: string },
): Promise<ReadableStream<Uint8Array>> {
  const has = await loadFonts();
  const show = (text: string) => printable(compact(text), has);
  const { memo, sha256, state, content } = stored;
  const lacking = printable(content, has) !== printable(content, () => true);
  const checkedAt = memoMoment(new Date().toISOString());
  const pdf = (
    <MemoPdfDocument
      memo={memo}
      sha256={sha256}
      state={state}
      checkedAt={checkedAt}
      show={show}
      lacking={lacking}
    />
  );
  const stream = Readable.from(await renderToStream(pdf));
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}

/** A text of very many lines as one, each line's end shown by a pilcrow. */
function compact(text: string): string {
  return text.split('\n').length > mostLines ? text.replace(/\s*\n\s*/g, ' ¶ ') : text;
}
