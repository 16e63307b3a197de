import { setTimeout as pause } from 'node:timers/promises';
import { createAuthorization } from './authorization.ts';
import type { OracleConfig } from './config.ts';
import { faultOfStatus, OracleError, retriesAfter, type OracleFault } from './errors.ts';
import { politePace, waitBefore, type RetryPace } from './retry.ts';
import { exchange, type Answer } from './transport.ts';

/** Told before each repeated try: what went wrong and how long we wait. */
export type OnRetry = (event: {
  message: string;
  waitMs: number;
  attempt: number;
  pageSize: number;
}) => void;

export interface CallOptions {
  pace?: RetryPace;
  onRetry?: OnRetry;
}

export interface Caller {
  /** One authorized GET. A fault of any kind throws OracleError; 404 is an answer where `absent` says so. */
  get(url: string, signal: AbortSignal, absent?: 'absent'): Promise<Answer>;
  /** Repeats what fails in a way that may pass, politely; `onFault` hears of each fault in between. `most` retries at the most. */
  persist<T>(
    attempt: () => Promise<T>,
    signal: AbortSignal,
    onFault?: (fault: OracleFault) => { pageSize: number },
    most?: number,
  ): Promise<T>;
}

/** Everything a call to the CRM needs besides its address. */
export function createCaller(config: OracleConfig, options: CallOptions = {}): Caller {
  const pace = options.pace ?? politePace;
  const authorization = createAuthorization(config.credentials, config.timeoutMs);
  return {
    async get(url, signal, absent) {
      let header = '';
      const call = async () => {
        header = await authorization.header(signal);
        const headers = { ...standing(config), authorization: header };
        return exchange({ url, headers, timeoutMs: config.timeoutMs, signal });
      };
      let answer = await call();
      if (answer.status === 401 && authorization.renew(header)) answer = await call();
      if (answer.status === 200 || (absent && answer.status === 404)) return answer;
      const fault =
        faultOfStatus(answer.status, detailOf(answer.text)) ?? unexpectedStatus(answer.status);
      throw new OracleError(fault.fault, fault.message, answer);
    },
    async persist(attempt, signal, onFault, most = Infinity) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt();
        } catch (error) {
          if (!(error instanceof OracleError)) throw error;
          if (tries > Math.min(retriesAfter(error.fault), most)) throw error;
          const { pageSize } = onFault?.(error.fault) ?? config;
          const waitMs = waitBefore(tries, error.retryAfterMs, pace);
          options.onRetry?.({ message: error.message, waitMs, attempt: tries, pageSize });
          await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
        }
      }
    },
  };
}

function standing(config: OracleConfig) {
  return {
    accept: 'application/json, application/vnd.oracle.adf.error+json',
    'rest-framework-version': String(config.frameworkVersion),
    // A proxy between us must not answer with what it kept of an earlier walk.
    'cache-control': 'no-cache',
  };
}

function unexpectedStatus(status: number): OracleError {
  return new OracleError(
    'unexpected-body',
    `The CRM answered ${status} where it should answer 200.`,
  );
}

/** One line of what the CRM says was wrong: plain text up to framework version 3, structured after. */
export function detailOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('<')) return null;
  const detail =
    structuredDetail(trimmed) ?? (trimmed.startsWith('{') ? null : trimmed.split('\n')[0]!);
  return detail?.slice(0, 300).replace(/[.\s]+$/, '') || null;
}

function structuredDetail(text: string): string | null {
  const found =
    /"detail"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text) ??
    /"title"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text);
  return found && text.startsWith('{') ? (JSON.parse(found[1]!) as string) : null;
}
