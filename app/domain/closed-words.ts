import type { EndingWords } from './run-ending.ts';

type ClosedEnding =
  'dropped' | 'closed-field' | 'closed-field-midway' | 'cancelled' | 'cancelled-unread';

/** What people are told of runs that a person, or a later run, has closed: above all what was written. */
export const closedWords: Record<ClosedEnding, EndingWords> = {
  dropped: {
    name: 'Held, then dropped',
    tone: 'neutral',
    meaning: 'What the CRM sent is applied. Nothing was marked as gone.',
    advice: '',
  },
  'closed-field': {
    name: 'Held, then closed',
    tone: 'neutral',
    meaning: 'Nothing was read and nothing was written.',
    advice: '',
  },
  'closed-field-midway': {
    name: 'Held, then closed',
    tone: 'neutral',
    meaning:
      'What it had written until a field vanished stays and is right. The watermark has not moved and nothing was marked as gone.',
    advice: '',
  },
  cancelled: {
    name: 'Stopped by a person',
    tone: 'neutral',
    meaning:
      'What it had written until then stays and is right. The watermark has not moved and nothing was marked as gone, so the next sync reads the rest.',
    advice: '',
  },
  'cancelled-unread': {
    name: 'Stopped by a person',
    tone: 'neutral',
    meaning: 'Nothing was read and nothing was written.',
    advice: '',
  },
};
