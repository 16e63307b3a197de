import ky, { TimeoutError } from 'ky';
import { OracleError } from './errors.ts';
import { parseRetryAfter } from './retry.ts';

export interface Answer {
  status: number;
  text: string;
  /** The CRM's clock, from the Date header. */
  serverDate: Date | null;
  retryAfterMs: number | null;
}

export interface Call {
  url: string;
  headers: Record<string, string>;
  body?: URLSearchParams;
  timeoutMs: number;
  signal: AbortSignal;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * One HTTP exchange, neither retried nor redirected, its time limit covering the whole body. Throws
 * OracleError `timeout`, `network` or `unexpected-body`, and the signal's reason when it aborts.
 */
export async function exchange(call: Call): Promise<Answer> {
  // One controller for both ends, so that a call leaves no listener behind on a signal that lives long.
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new TimedOut()), call.timeoutMs);
  const stop = () => controller.abort(call.signal.reason);
  call.signal.addEventListener('abort', stop, { once: true });
  try {
    call.signal.throwIfAborted();
    return await send(call, controller.signal);
  } catch (error) {
    if (call.signal.aborted) throw call.signal.reason;
    throw asOracleError(error, controller.signal, call.timeoutMs);
  } finally {
    clearTimeout(timer);
    call.signal.removeEventListener('abort', stop);
  }
}

async function send(call: Call, signal: AbortSignal): Promise<Answer> {
  const response = await ky(call.url, {
    method: call.body ? 'post' : 'get',
    headers: call.headers,
    body: call.body,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    redirect: 'manual',
    signal,
  });
  const bytes = await response.arrayBuffer();
  const date = Date.parse(response.headers.get('date') ?? '');
  const serverDate = Number.isNaN(date) ? null : new Date(date);
  return {
    status: response.status,
    text: decode(bytes, response.ok),
    serverDate,
    retryAfterMs: parseRetryAfter(response.headers.get('retry-after'), serverDate ?? new Date()),
  };
}

function decode(bytes: ArrayBuffer, strictly: boolean): string {
  if (!strictly) return new TextDecoder().decode(bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new OracleError('unexpected-body', 'The CRM answered with bytes that are not UTF-8.');
  }
}

class TimedOut extends Error {}

function asOracleError(error: unknown, signal: AbortSignal, timeoutMs: number): unknown {
  if (error instanceof OracleError) return error;
  if (signal.reason instanceof TimedOut || error instanceof TimeoutError) {
    return new OracleError('timeout', `The CRM did not answer within ${timeoutMs / 1000} seconds.`);
  }
  const cause = causeOf(error);
  // It did answer, but its answer could not be unpacked or ended early.
  if (/^(Z_|UND_ERR_RES|HPE_|UND_ERR_SOCKET)/.test(cause)) {
    return new OracleError('network', `The CRM’s answer broke off or was damaged (${cause}).`);
  }
  return new OracleError('network', `The CRM could not be reached (${cause}).`);
}

function causeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    if (code) return code;
  }
  return 'the connection broke';
}
