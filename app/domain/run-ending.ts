import { closedWords } from './closed-words.ts';
import { faultWords } from './fault-words.ts';
import { leaseSeconds, purposeTraits, type HeldCause, type SyncPurpose } from './sync.ts';
import type { SyncStatus } from './sync.ts';
import { syncFaults, type SyncFault } from './sync-fault.ts';

/** Where a run stands or how it ended, as far as people are told apart. */
export const runEndings = [
  'waiting',
  'running',
  'stalled',
  'complete',
  'partial',
  'held-missing',
  'held-field',
  'dropped',
  'closed-field',
  'closed-field-midway',
  'cancelled',
  'cancelled-unread',
  ...syncFaults,
  'unnamed',
] as const;
export type RunEnding = (typeof runEndings)[number];

export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'bad';

export interface EndingWords {
  /** A few words for a list. */
  name: string;
  tone: Tone;
  /** What it means for the data. */
  meaning: string;
  /** What to do; empty where nothing is. */
  advice: string;
}

export interface EndedRun {
  status: SyncStatus;
  fault: string | null;
  heldCause: HeldCause | null;
  heartbeatAt: Date | null;
  attempts: number;
  totalFetched: number;
}

/** How a run ended; `now` tells a run at work from one whose worker has gone quiet. */
export function endingOf(run: EndedRun, now: Date): RunEnding {
  switch (run.status) {
    case 'SUCCESS':
      return 'complete';
    case 'PARTIAL':
      return 'partial';
    case 'HELD':
      return run.heldCause === 'FIELD_VANISHED' ? 'held-field' : 'held-missing';
    case 'CANCELLED':
      return closing(run);
    case 'FAILED':
      return syncFaults.find((fault) => fault === run.fault) ?? 'unnamed';
    case 'RUNNING':
      return liveness(run, now);
  }
}

/** How a run was closed; one that had read nothing leaves nothing to explain. */
function closing({ heldCause, totalFetched }: EndedRun): RunEnding {
  const unread = totalFetched === 0;
  if (heldCause === 'MISSING') return 'dropped';
  if (heldCause === 'FIELD_VANISHED') return unread ? 'closed-field' : 'closed-field-midway';
  return unread ? 'cancelled-unread' : 'cancelled';
}

function liveness({ heartbeatAt, attempts }: EndedRun, now: Date): RunEnding {
  if (heartbeatAt === null) return attempts === 0 ? 'waiting' : 'stalled';
  const quiet = now.getTime() - heartbeatAt.getTime() > leaseSeconds * 1000;
  return quiet ? 'stalled' : 'running';
}

const words: Record<Exclude<RunEnding, SyncFault>, EndingWords> = {
  waiting: {
    name: 'Waits for a worker',
    tone: 'info',
    meaning: 'The run is ordered and nothing has been read yet.',
    advice: 'A worker takes it within seconds. If none does, start one: npm run start:worker.',
  },
  running: { name: 'Running', tone: 'info', meaning: '', advice: '' },
  stalled: {
    name: 'Its worker went quiet',
    tone: 'warning',
    meaning:
      'The worker that had the run is not heard of. Every page it finished is kept, and the run goes on after the last of them.',
    advice:
      'Another worker takes it over by itself. If none does, start one: npm run start:worker.',
  },
  complete: { name: 'Complete', tone: 'good', meaning: '', advice: '' },
  partial: {
    name: 'Complete, some in quarantine',
    tone: 'warning',
    meaning:
      'Every record was read. Those that could not be applied are kept whole in quarantine, and BQS shows what it knew of them before.',
    advice: 'See what is wrong with them in the quarantine; each run tries them again.',
  },
  'held-missing': {
    name: 'Held: too much is missing',
    tone: 'warning',
    meaning: 'What the CRM sent is applied. What it did not send is left as it was.',
    advice: 'Look through the list below, then mark it as gone or keep it.',
  },
  'held-field': {
    name: 'Held: a field has vanished',
    tone: 'warning',
    meaning:
      'A field that BQS reads is not in the CRM’s list of fields any more. The run stopped before it could empty that field in every opportunity; what BQS has of it is untouched.',
    advice: 'Decide on the Fields page how to go on.',
  },
  ...closedWords,
  unnamed: {
    name: 'Failed',
    tone: 'bad',
    meaning:
      'What it had written until then stays and is right. The watermark has not moved and nothing was marked as gone.',
    advice: 'Run the sync again; if it fails the same way, ask whoever runs BQS.',
  },
};

/** What people are told of an ending. A run that writes nothing has changed nothing, however it ended. */
export function endingWords(ending: RunEnding, purpose: SyncPurpose): EndingWords {
  const told = ending in faultWords ? faultWords[ending as SyncFault] : words[ending as 'unnamed'];
  const ended = told.tone === 'bad' || ending === 'cancelled';
  if (!ended || purposeTraits[purpose].writes) return told;
  return { ...told, meaning: 'This kind of run writes no opportunity, so the copy is as it was.' };
}
