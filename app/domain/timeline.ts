/** What a timeline can be narrowed to. */
export const timelineParts = ['all', 'crm', 'qualification', 'comments'] as const;
export type TimelinePart = (typeof timelineParts)[number];

export const timelinePartNames: Record<TimelinePart, string> = {
  all: 'Everything',
  crm: 'CRM',
  qualification: 'Qualification',
  comments: 'Comments',
};

const timelineSources = ['event', 'change', 'comment'] as const;
export type TimelineSource = (typeof timelineSources)[number];

/** Where entries are kept that belong to a part. */
export const sourcesOf: Record<TimelinePart, readonly TimelineSource[]> = {
  all: timelineSources,
  crm: ['change'],
  qualification: ['event'],
  comments: ['comment'],
};

/** The place of an entry among all of them, newest first: its instant in microseconds, then source and id. */
export interface TimelinePlace {
  micros: string;
  source: TimelineSource;
  id: string;
}

/** The part an address asks for; everything where it asks for none we know. */
export function parsePart(text: string | null): TimelinePart {
  return timelineParts.find((part) => part === text) ?? 'all';
}

export function formatPlace({ micros, source, id }: TimelinePlace): string {
  return `${micros}.${source}.${id}`;
}

/** Reads what `formatPlace` wrote; null for anything else, which then means the newest. */
export function parsePlace(text: string | null): TimelinePlace | null {
  const match = /^(\d{1,17})\.(event|change|comment)\.(\d{1,18})$/.exec(text ?? '');
  if (!match) return null;
  const [, micros = '', source, id = ''] = match;
  return { micros, source: source as TimelineSource, id };
}
