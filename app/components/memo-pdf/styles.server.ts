import { StyleSheet } from '@react-pdf/renderer';
import { families } from './fonts.server.ts';

const muted = '#4a5250';
const line = '#c9c6bc';

/** The look of the PDF: black on white, one accent a verdict, sizes in points. */
export const styles = StyleSheet.create({
  page: {
    paddingTop: 46,
    paddingBottom: 62,
    paddingHorizontal: 46,
    fontFamily: families,
    fontSize: 9.5,
    color: '#111618',
  },
  // Not the page's: the page number would inherit the height, have it multiplied once more, and vanish.
  text: { fontSize: 9.5, lineHeight: 1.4 },
  kicker: { fontSize: 8, fontWeight: 700, color: muted, letterSpacing: 1.2 },
  title: { fontSize: 18, fontWeight: 700, lineHeight: 1.25, marginTop: 3 },
  head: { borderBottomWidth: 1.5, borderBottomColor: '#111618', paddingBottom: 9 },
  alarm: { borderWidth: 3, borderColor: '#a8281f', padding: 9, marginBottom: 12 },
  alarmTitle: { fontSize: 13, fontWeight: 700, color: '#a8281f' },
  note: { borderWidth: 0.75, borderColor: line, padding: 6, marginTop: 8 },
  banner: { marginTop: 12, borderWidth: 1.2, padding: 10 },
  bannerTop: { flexDirection: 'row' },
  verdictCell: { width: 160, paddingRight: 10 },
  verdict: { fontSize: 17, fontWeight: 700, lineHeight: 1.2 },
  conditions: { marginTop: 8, paddingTop: 6, borderTopWidth: 0.5, borderTopColor: line },
  section: { marginTop: 16 },
  sectionHead: { borderBottomWidth: 0.75, borderBottomColor: line, paddingBottom: 3 },
  heading: { fontSize: 11.5, fontWeight: 700, lineHeight: 1.4 },
  body: { marginTop: 5 },
  muted: { color: muted },
  small: { fontSize: 8, lineHeight: 1.4, color: muted },
  tiny: { fontSize: 6.5, lineHeight: 1.4, color: muted },
  bold: { fontWeight: 700 },
  facts: { flexDirection: 'row', flexWrap: 'wrap', marginTop: 3 },
  fact: { width: '33.33%', paddingRight: 10, marginTop: 5 },
  row: {
    flexDirection: 'row',
    borderBottomWidth: 0.5,
    borderBottomColor: line,
    paddingVertical: 4,
  },
  total: { flexDirection: 'row', borderTopWidth: 1.2, paddingVertical: 4 },
  grow: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 10 },
  figure: { width: 62, textAlign: 'right' },
  about: { width: 95, paddingRight: 8 },
  uploaded: { width: 110 },
  foot: {
    position: 'absolute',
    bottom: 24,
    left: 46,
    right: 46,
    borderTopWidth: 0.75,
    borderTopColor: line,
    paddingTop: 4,
    flexDirection: 'row',
    justifyContent: 'space-between',
    fontSize: 6.8,
    color: muted,
  },
});

export const verdictColours = { GO: '#1e6b3c', CONDITIONAL_GO: '#7f4f00', NO_GO: '#a8281f' };
