import { Document, Page, Text, View } from '@react-pdf/renderer';
import type { Memo } from '#app/domain/memo.ts';
import { formatDay } from '#app/lib/format.ts';
import {
  decisionWords,
  memoFacts,
  memoMoment,
  memoTitle,
  snapshotWords,
  verdictName,
} from '#app/lib/memo-words.ts';
import {
  EvidencePart,
  RecommendationPart,
  Section,
  SensitivityPart,
  SheetPart,
  type Show,
} from './sections.server.tsx';
import { styles, verdictColours } from './styles.server.ts';

export interface MemoPdf {
  memo: Memo;
  sha256: string;
  state: 'matches' | 'altered' | 'misplaced';
  /** When the hash was taken anew, in words. */
  checkedAt: string;
  show: Show;
  /** Whether some letters could not be shown. */
  lacking: boolean;
}

/** The memo as a PDF says the same as its page, from the frozen content alone. */
export function MemoPdfDocument(props: MemoPdf) {
  const { memo, sha256, show } = props;
  const { name, lead } = memoTitle(memo);
  const title = `Decision memo ${memo.decision.id}`;
  return (
    <Document title={`${title}: ${name}`} subject={`SHA-256 ${sha256}`} creator="BQS" language="en">
      <Page size="A4" style={styles.page}>
        <View style={styles.text}>
          <Alarm state={props.state} />
          <View style={styles.head}>
            <Text style={styles.kicker}>{title.toUpperCase()}</Text>
            <Text style={styles.title}>{show(name)}</Text>
            <Text style={styles.muted}>{show(lead)}</Text>
          </View>
          {props.lacking ? (
            <Text style={styles.note}>
              Some letters are not in this PDF’s fonts and are shown as words in brackets, such as
              [5 Arabic letters]. The memo’s page in BQS and memo.json have them whole.
            </Text>
          ) : null}
          <Banner memo={memo} show={show} />
          <Section title="Opportunity in the CRM" lead={show(snapshotWords(memo))}>
            <View style={styles.facts}>
              {memoFacts(memo).map(({ label, value }) => (
                <View key={label} style={styles.fact} wrap={false}>
                  <Text style={styles.small}>{label}</Text>
                  <Text style={value === null ? styles.muted : {}}>
                    {value === null ? 'not set in CRM' : show(value)}
                  </Text>
                </View>
              ))}
            </View>
          </Section>
          {memo.assessment ? <SheetPart sheet={memo.assessment} show={show} /> : null}
          <SensitivityPart memo={memo} show={show} />
          <RecommendationPart memo={memo} show={show} />
          <EvidencePart memo={memo} show={show} />
          <Seal {...props} />
        </View>
        <View style={styles.foot} fixed>
          <Text>SHA-256 {sha256}</Text>
          <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
        </View>
      </Page>
    </Document>
  );
}

function Alarm({ state }: Pick<MemoPdf, 'state'>) {
  if (state === 'matches') return null;
  return (
    <View style={styles.alarm}>
      <Text style={styles.alarmTitle}>This memo does not match its hash</Text>
      <Text>Its text was changed after the decision. Do not rely on what it says.</Text>
    </View>
  );
}

function Banner({ memo, show }: { memo: Memo; show: Show }) {
  const { verdict, by, at, reason, conditions } = memo.decision;
  const colour = verdictColours[verdict];
  const none = 'No reason was given: it goes against nothing that was advised.';
  return (
    <View style={[styles.banner, { borderColor: colour }]}>
      <View style={styles.bannerTop}>
        <View style={styles.verdictCell}>
          <Text style={styles.small}>Decision</Text>
          <Text style={[styles.verdict, { color: colour }]}>{verdictName(verdict)}</Text>
        </View>
        <View style={styles.grow}>
          <Text style={styles.bold}>{show(`${by.name}, ${memoMoment(at)}`)}</Text>
          {decisionWords(memo).map((line) => (
            <Text key={line} style={styles.bold}>
              {line}
            </Text>
          ))}
          <Text>{reason.trim() ? show(reason) : none}</Text>
        </View>
      </View>
      {conditions.length > 0 ? (
        <View style={styles.conditions}>
          <Text style={styles.bold}>On condition that</Text>
          {conditions.map(({ condition, due }, index) => (
            <Text key={index}>{show(`${index + 1}. ${condition} (due ${formatDay(due)})`)}</Text>
          ))}
        </View>
      ) : null}
    </View>
  );
}

function Seal({ state, sha256, checkedAt }: MemoPdf) {
  const verdict =
    state === 'matches' ? `Matches its hash, taken anew ${checkedAt}.` : 'Does not match its hash.';
  return (
    <View style={[styles.section, styles.small]} wrap={false}>
      <Text style={styles.bold}>{verdict}</Text>
      <Text>SHA-256 {sha256}</Text>
      <Text>
        The hash is of the memo’s text as it was frozen in the transaction of the decision;
        memo.json is that text.
      </Text>
    </View>
  );
}
