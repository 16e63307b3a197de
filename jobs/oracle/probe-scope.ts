import type { Finding } from './probe-findings.ts';

/** How many opportunities one way of asking shows: by the CRM's own estimate, or at least. */
export interface Shown {
  total: number | null;
  atLeast: number;
}

export interface ScopeFacts {
  bare: Shown;
  /** Of the status WON; null where it could not be asked. */
  won: Shown | null;
  /** Ways of asking through a finder, each with what it shows. */
  finders: { finder: string; shown: Shown }[];
  /** How many owners the first records have. */
  owners: number;
  /** A known opportunity of somebody else; null where none was named. */
  known: { number: string; found: boolean } | null;
}

const countOf = (shown: Shown) => shown.total ?? shown.atLeast;
const words = (shown: Shown) =>
  shown.total === null ? `at least ${shown.atLeast}` : `${shown.total}`;

/** Whether our user sees everything, and how to ask so that it does. */
export function judgeScope({ bare, won, finders, owners, known }: ScopeFacts): Finding[] {
  const best = [...finders].sort((one, other) => countOf(other.shown) - countOf(one.shown))[0];
  const wider = best && countOf(best.shown) > countOf(bare) ? best : null;
  const findings: Finding[] = [
    {
      level: 'note',
      words:
        `Without a finder the CRM shows ${words(bare)} opportunities, ` +
        `${won ? `${words(won)} of them WON` : 'of which WON could not be counted'}` +
        `${best ? `; through the finder ${words(best.shown)}` : ''}. Totals are estimates by its own account.`,
      sure: 'likely',
    },
  ];
  if (wider) {
    findings.push({
      level: 'warning',
      words:
        'Without a finder not everything is shown. Best widen the role of our user: through the finder more is shown, but nothing without a close date.',
      sure: 'likely',
      settings: { ORACLE_FINDER: wider.finder },
    });
  } else if (won && countOf(won) === 0 && countOf(bare) > 0) {
    findings.push({
      level: 'warning',
      words:
        'No opportunity that was won is shown. Either none was, or closed ones are kept from us.',
      sure: 'not known',
    });
  } else if (countOf(bare) > 0) {
    findings.push({
      level: 'good',
      words: 'Closed opportunities are shown without a finder.',
      sure: 'likely',
    });
  }
  if (owners === 1 && bare.atLeast > 5) {
    findings.push({
      level: 'warning',
      words: 'All records looked at have one owner: our user may see its own alone.',
      sure: 'likely',
    });
  }
  return [...findings, knownFinding(known)];
}

function knownFinding(known: ScopeFacts['known']): Finding {
  if (!known) {
    return {
      level: 'note',
      words:
        'Name an opportunity of somebody else with --number to be sure that foreign ones are shown.',
      sure: 'not known',
    };
  }
  return known.found
    ? { level: 'good', words: `Opportunity ${known.number} is shown to us.`, sure: 'sure' }
    : {
        level: 'bad',
        words: `Opportunity ${known.number} is not shown to us (404): it does not exist, or our user may not see it.`,
        sure: 'sure',
      };
}
