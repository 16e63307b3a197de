import { z } from 'zod';

export type Failure = { ok: false; status: number | null; body: unknown; cause: string };

/**
 * What is safe to keep of an error of the client. The error itself carries the cookie, the token
 * and the password that were sent, and must reach no log.
 */
export function failureOf(error: unknown): Failure {
  const parsed = clientError.safeParse(error);
  const status = parsed.data?.response?.status ?? null;
  const cause = status ? `HTTP ${status}` : (parsed.data?.code ?? 'no response');
  return { ok: false, status, body: parsed.data?.response?.data, cause };
}

const clientError = z.object({
  code: z.string().optional().catch(undefined),
  response: z.object({ status: z.number(), data: z.unknown() }).optional().catch(undefined),
});
