import type { OracleConfig } from './config.ts';

/** One thing the probe found out: how good it is, how sure we are, and which settings follow. */
export interface Finding {
  level: 'good' | 'note' | 'warning' | 'bad';
  words: string;
  sure: 'sure' | 'likely' | 'not known';
  settings?: Record<string, string>;
  /** What somebody must set before the settings are whole. */
  lacks?: string;
  /** Without this no sync can work. */
  blocks?: boolean;
}

export interface OfferedVersion {
  version: string;
  isLatest: boolean;
  allowedFrameworks: number[];
}

/** Whether the CRM offers the versions we are set to. */
export function judgeVersions(
  offered: OfferedVersion[],
  { apiVersion, frameworkVersion }: Pick<OracleConfig, 'apiVersion' | 'frameworkVersion'>,
): Finding[] {
  const names = offered.map(({ version }) => version).join(', ');
  const ours = offered.find(({ version, isLatest }) =>
    apiVersion === 'latest' ? isLatest : version === apiVersion,
  );
  if (!ours) {
    const latest = offered.find(({ isLatest }) => isLatest) ?? offered[0];
    const settings = latest && { ORACLE_API_VERSION: latest.version };
    const words = `The CRM does not list version ${apiVersion}. It lists ${names || 'none'}.`;
    return [{ level: 'warning', words, sure: 'likely', settings }];
  }
  const version: Finding = {
    level: 'good',
    words: `Version ${apiVersion} is offered${ours.isLatest ? ', as the latest' : ''} (${names}).`,
    sure: 'sure',
  };
  const { allowedFrameworks: allowed } = ours;
  if (allowed.length === 0) return [version];
  if (allowed.includes(frameworkVersion)) {
    const words = `Framework version ${frameworkVersion} is allowed (${allowed.join(', ')}).`;
    return [version, { level: 'good', words, sure: 'sure' }];
  }
  const best = Math.max(...allowed.filter((each) => each <= 4), Math.min(...allowed));
  return [
    version,
    {
      level: 'warning',
      words: `Framework version ${frameworkVersion} is not allowed; ${allowed.join(', ')} are.`,
      sure: 'sure',
      settings: { ORACLE_FRAMEWORK_VERSION: String(best) },
    },
  ];
}

/** Whether a walk in the order of OptyId works: `first` begins at 0, `second` above the last of it. */
export function judgeKeyset(first: bigint[], second: bigint[]): Finding {
  const top = first.at(-1);
  if (top === undefined) {
    const words = 'The CRM shows no opportunity, so how it orders them cannot be told.';
    return { level: 'bad', words, sure: 'not known' };
  }
  const walked = [...first, ...second];
  const rising = walked.every((id, index) => index === 0 || id > walked[index - 1]!);
  if (!rising) {
    return {
      level: 'bad',
      words:
        'OptyId cannot be walked by: the CRM ignores the filter “above” or the order asked for.',
      sure: 'sure',
      blocks: true,
    };
  }
  const seen = second.length > 0;
  return {
    level: 'good',
    words: `OptyId can be walked by: ${walked.length} records came in strictly rising order.`,
    sure: seen ? 'sure' : 'likely',
  };
}

/** The page size to ask for, by what the CRM made of `asked`. */
export function judgeCap(asked: number, echoed: number | null, count: number): Finding {
  if (echoed === null) {
    const words = `The CRM does not say which page size it uses; ${count} of ${asked} records came.`;
    return { level: 'note', words, sure: 'not known' };
  }
  const settings = { ORACLE_PAGE_SIZE: String(Math.min(asked, Math.max(1, echoed))) };
  if (echoed < asked) {
    const words = `Asked for ${asked} records a page, the CRM uses ${echoed}.`;
    return { level: 'note', words, sure: 'sure', settings };
  }
  const words = `The CRM takes ${asked} records a page.`;
  return { level: 'good', words, sure: count > 25 ? 'sure' : 'likely', settings };
}
