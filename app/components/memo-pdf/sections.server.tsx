import { Text, View } from '@react-pdf/renderer';
import type { ReactNode } from 'react';
import type { Memo } from '#app/domain/memo.ts';
import {
  bandWords,
  evidenceAbout,
  fileSize,
  memoMoment,
  scoreRows,
  scoreWords,
  sensitivityWords,
  staleWords,
  verdictName,
  type Sheet,
} from '#app/lib/memo-words.ts';
import { styles } from './styles.server.ts';

/** Turns a text into one the fonts can show. */
export type Show = (text: string) => string;
interface Part {
  memo: Memo;
  show: Show;
}

/** A part of the PDF under its heading, which never stands alone at the end of a page. */
export function Section(props: { title: string; lead?: string; children: ReactNode }) {
  return (
    <View style={styles.section}>
      <View style={styles.sectionHead} minPresenceAhead={50} wrap={false}>
        <Text style={styles.heading}>{props.title}</Text>
        {props.lead ? <Text style={styles.small}>{props.lead}</Text> : null}
      </View>
      {props.children}
    </View>
  );
}

/** The sheet: score, summary, what had gone stale, and the points criterion by criterion. */
export function SheetPart({ sheet, show }: { sheet: Sheet; show: Show }) {
  const { score, band, knockOuts } = scoreWords(sheet);
  const by = `${sheet.assessor.name}, submitted ${memoMoment(sheet.submittedAt)}`;
  const card = `on the scorecard “${sheet.scorecard.name}” (${sheet.scorecard.id})`;
  const out = knockOuts.length > 0 ? `, knocked out by ${knockOuts.join(', ')}` : '';
  const stale = staleWords(sheet);
  return (
    <Section title={`Assessment, version ${sheet.version}`} lead={show(`${by}, ${card}`)}>
      <Text style={[styles.body, styles.bold]}>{show(`Score ${score}, band ${band}${out}`)}</Text>
      <Text style={styles.small}>{show(`Bands: ${bandWords(sheet)}`)}</Text>
      <Text style={styles.body}>{show(sheet.summary)}</Text>
      {stale.length > 0 ? (
        <View style={styles.note} wrap={false}>
          <Text style={styles.bold}>Moved in the CRM since the assessment</Text>
          {stale.map((line) => (
            <Text key={line}>{show(line)}</Text>
          ))}
        </View>
      ) : null}
      <ScoreTable sheet={sheet} show={show} />
    </Section>
  );
}

function ScoreTable({ sheet, show }: { sheet: Sheet; show: Show }) {
  return (
    <View style={styles.body}>
      <View style={[styles.row, styles.small]} wrap={false}>
        <Text style={styles.grow}>Criterion</Text>
        <Text style={styles.figure}>Weight</Text>
        <Text style={styles.figure}>Rating of 5</Text>
        <Text style={styles.figure}>Points</Text>
      </View>
      {scoreRows(sheet).map((row) => (
        <View key={row.code} style={styles.row} wrap={isLong(row.note)}>
          <View style={styles.grow}>
            <Text style={styles.bold}>
              {show(row.name + (row.knockedOut ? ` (knock-out: below ${row.knockedOut})` : ''))}
            </Text>
            {row.reasons.length > 0 ? (
              <Text style={styles.small}>{show(row.reasons.join(', '))}</Text>
            ) : null}
            {row.note.trim() ? <Text style={styles.small}>{show(row.note)}</Text> : null}
          </View>
          <Text style={styles.figure}>{row.weight}</Text>
          <Text style={styles.figure}>{row.rating}</Text>
          <Text style={styles.figure}>
            {row.points} of {row.most}
          </Text>
        </View>
      ))}
      <View style={[styles.total, styles.bold]} wrap={false}>
        <Text style={styles.grow}>Score</Text>
        <Text style={styles.figure}>100 %</Text>
        <Text style={styles.figure} />
        <Text style={styles.figure}>{scoreWords(sheet).score}</Text>
      </View>
    </View>
  );
}

/** What it would have taken for the sheet to speak for something else. */
export function SensitivityPart({ memo, show }: Part) {
  const words = sensitivityWords(memo);
  if (words.length === 0) return null;
  return (
    <Section title="Sensitivity">
      {words.map((line) => (
        <Text key={line} style={styles.body}>
          {show(line)}
        </Text>
      ))}
    </Section>
  );
}

/** The practice head's recommendation, where there is one. */
export function RecommendationPart({ memo: { recommendation }, show }: Part) {
  if (!recommendation) return null;
  const { by, at, verdict, rationale } = recommendation;
  return (
    <Section title="Recommendation" lead={show(`${by.name}, ${memoMoment(at)}`)}>
      <Text style={[styles.body, styles.bold]}>{verdictName(verdict)}</Text>
      <Text>{show(rationale)}</Text>
    </Section>
  );
}

/** The files that lay behind the sheet. */
export function EvidencePart({ memo, show }: Part) {
  return (
    <Section title="Evidence">
      {memo.evidence.length === 0 ? (
        <Text style={[styles.body, styles.muted]}>No file was attached at the decision.</Text>
      ) : null}
      {memo.evidence.map((file) => (
        <View key={file.id} style={styles.row} wrap={false}>
          <View style={styles.grow}>
            <Text style={styles.bold}>{show(file.name)}</Text>
            <Text style={styles.tiny}>
              {show(`${fileSize(file.size)} · ${file.contentType}`)}
              {file.scan === 'CLEAN' ? '' : ' · not yet scanned'}
            </Text>
            <Text style={styles.tiny}>SHA-256 {halves(file.sha256)}</Text>
          </View>
          <Text style={styles.about}>{show(evidenceAbout(memo, file.criterion))}</Text>
          <View style={styles.uploaded}>
            <Text>{show(file.uploadedBy.name)}</Text>
            <Text style={styles.small}>{memoMoment(file.uploadedAt)}</Text>
          </View>
        </View>
      ))}
    </Section>
  );
}

/** Whether a note is too long to be kept on one page with its criterion. */
function isLong(note: string): boolean {
  return note.length > 900 || note.split('\n').length > 12;
}

/** A hash that may break in its middle, without a hyphen that would read as a part of it. */
function halves(hash: string): string {
  return hash.replace(/^(.{32})/, '$1 ');
}
