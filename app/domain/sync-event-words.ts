import type { z } from 'zod';
import type { syncEvents } from './audit-sync.ts';
import { formatDay } from './day.ts';
import { listed } from './listed.ts';
import type { SyncPurpose } from './sync.ts';

const syncPurposeWords: Record<SyncPurpose, string> = {
  SYNC: 'sync',
  BACKFILL: 'backfill',
  DRY_RUN: 'dry run',
  RECONCILE: 'reconciliation',
  REPAIR: 'repair',
  REPLAY: 'replay',
};

const treatmentWords: Record<string, string> = {
  LEAVE_EMPTY: 'left empty where it cannot be read',
  AS_TEXT: 'taken as text',
  READ_FROM: 'replaced by',
};

const counted = (records: number) => `${records} ${records === 1 ? 'record' : 'records'}`;

const withReason = (words: string, reason: string | undefined): string | [string, string] =>
  reason ? [words, reason] : words;

/** The watermark is kept in UTC, to the second that the CRM tells. */
const instantWords = (text: string) => `${formatDay(text)}, ${text.slice(11, 19)} UTC`;

type SyncKind = keyof typeof syncEvents;

/** Sentences for the events of the sync, as they go on after a person's name. */
export const syncSentences: {
  [K in SyncKind]: (data: z.infer<(typeof syncEvents)[K]>) => string | [string, string];
} = {
  'sync.requested': ({ mode, purpose = 'SYNC', from, to, records, reason }) => {
    if (purpose === 'SYNC')
      return `asked for ${mode === 'FULL' ? 'a full' : 'an incremental'} sync`;
    const days = from && to ? ` of ${formatDay(from)} to ${formatDay(to)}` : '';
    const what = `asked for a ${syncPurposeWords[purpose]}${days}${records ? ` of ${counted(records)}` : ''}`;
    return reason ? [what, reason] : what;
  },
  'sync.cancel_requested': () => 'asked to cancel the sync',
  'sync.released': ({ marked, reason }) =>
    withReason(`released the held sync, which marked ${marked} as gone`, reason),
  'sync.dropped': ({ spared, reason }) =>
    withReason(
      `dropped the held sync${spared > 0 ? `, which kept ${spared} as they are` : ''}`,
      reason,
    ),
  'sync.watermark_set': ({ from, to, reason }) => [
    `set the watermark back from ${instantWords(from)} to ${instantWords(to)}`,
    reason,
  ],
  'sync.fields_accepted': ({ fields, reason }) => [
    `let the sync go on without ${listed(fields)}`,
    reason,
  ],
  'quarantine.replay_requested': ({ records }) => `asked to replay ${counted(records)}`,
  'quarantine.discarded': ({ records, reason }) => [`discarded ${counted(records)}`, reason],
  'mapping_rule.added': ({ field, treatment, source, reason }) => [
    `had ${field} ${treatmentWords[treatment] ?? treatment}${source ? ` ${source}` : ''}`,
    reason,
  ],
  'mapping_rule.withdrawn': ({ field }) => `withdrew the mapping rule for ${field}`,
};
