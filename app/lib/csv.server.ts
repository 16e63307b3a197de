import { pipeline, Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { stringify } from 'csv-stringify';

/**
 * Rows as a CSV file to save (RFC 4180), written as they are read. A text that a spreadsheet would run as a
 * formula is put behind an apostrophe. `columns` names the columns in their order.
 */
export function csvResponse(
  fileName: string,
  columns: readonly string[],
  rows: AsyncIterable<Record<string, string | null>>,
): Response {
  const writer = stringify({
    bom: true,
    header: true,
    columns: [...columns],
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
  // Whoever stops downloading, or a row that cannot be read, ends both sides.
  pipeline(Readable.from(rows), writer, () => undefined);
  return new Response(createReadableStreamFromReadable(writer), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    },
  });
}
