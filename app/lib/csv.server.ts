import { pipeline, Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import { stringify } from 'csv-stringify';

/**
 * A spreadsheet that separates by semicolons or tabs minds no quote in the middle of a line: for it, a cell
 * begins after each of them, and one that begins like a formula is run.
 */
const separator = /[;\t]/;
const laterFormula = /([;\t\r\n]["\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/**
 * Rows as a CSV file to save (RFC 4180), written as they are read. A text that a spreadsheet would run as a
 * formula, whatever it separates by, is put behind an apostrophe. `columns` names the columns in their order.
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
    quoted_match: separator,
    cast: { string: (value) => value.replace(laterFormula, `$1'`) },
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
