import { Readable } from 'node:stream';
import { renderToStream } from '@react-pdf/renderer';
import { memoMoment } from '#app/lib/memo-words.ts';
import { printable } from '#app/lib/printable.ts';
import { MemoPdfDocument, type MemoPdf } from './document.server.tsx';
import { loadFonts } from './fonts.server.ts';

/** The bytes of a memo's PDF as they are made. */
export async function streamMemoPdf(
  stored: Pick<MemoPdf, 'memo' | 'sha256' | 'state'> & { content: string },
): Promise<ReadableStream<Uint8Array>> {
  const has = await loadFonts();
  const show = (text: string) => printable(text, has);
  const { memo, sha256, state, content } = stored;
  const lacking = show(content) !== printable(content, () => true);
  const checkedAt = memoMoment(new Date().toISOString());
  const pdf = <MemoPdfDocument {...{ memo, sha256, state, checkedAt, show, lacking }} />;
  const stream = Readable.from(await renderToStream(pdf));
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
