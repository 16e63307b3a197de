import type { Memo } from '#app/domain/memo.ts';
import { evidenceAbout, fileSize, memoMoment } from '#app/lib/memo-words.ts';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { MemoSection } from './memo-document.tsx';

/** The files that lay behind the sheet, each by the hash of its bytes. */
export function MemoEvidence({ memo }: { memo: Memo }) {
  return (
    <MemoSection title="Evidence" whole={memo.evidence.length <= 5}>
      {memo.evidence.length === 0 ? (
        <p className="text-muted">No file was attached at the decision.</p>
      ) : (
        <Table caption="Files attached at the decision">
          <thead>
            <tr>
              <Th className="pl-0!">File, and SHA-256 of its bytes</Th>
              <Th>About</Th>
              <Th className="pr-0!">Uploaded</Th>
            </tr>
          </thead>
          <tbody>
            {memo.evidence.map((file) => (
              <File key={file.id} memo={memo} file={file} />
            ))}
          </tbody>
        </Table>
      )}
    </MemoSection>
  );
}

function File({ memo, file }: { memo: Memo; file: Memo['evidence'][number] }) {
  return (
    <Tr className="break-inside-avoid phone:px-0!">
      <Td className="md:pl-0! print:pl-0! phone:block! phone:text-left!">
        <span className="font-medium wrap-anywhere">
          <bdi>{file.name}</bdi>
        </span>
        <span className="block text-xs wrap-anywhere text-muted">
          {fileSize(file.size)} · {file.contentType}
          {file.scan === 'CLEAN' ? null : ' · not yet scanned'}
        </span>
        <span className="mt-0.5 block font-mono text-[10px] leading-4 wrap-anywhere text-muted">
          {file.sha256}
        </span>
      </Td>
      <Td label="About">{evidenceAbout(memo, file.criterion)}</Td>
      <Td label="Uploaded" className="md:pr-0! print:pr-0!">
        <span>
          {file.uploadedBy.name}
          <span className="block text-xs whitespace-nowrap text-muted">
            {memoMoment(file.uploadedAt)}
          </span>
        </span>
      </Td>
    </Tr>
  );
}
