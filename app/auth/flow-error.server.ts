import { z } from 'zod';
import { bounded, failureOf, frontend } from './ory.server.ts';

export interface FlowError {
  status: number;
  title: string;
  words: string;
}

const unknown: FlowError = {
  status: 404,
  title: 'Nothing to report',
  words: 'This page tells what went wrong while signing in; there is nothing to tell.',
};

const schema = z.object({
  error: z.object({
    id: z.string().optional(),
    code: z.number().optional(),
    reason: z.string().optional(),
    message: z.string().optional(),
  }),
});

/** Our words for the faults a person can meet; others are told as the identity server tells them. */
const words: Record<string, string> = {
  security_csrf_violation:
    'The form was not the latest one of this browser, perhaps because it was open in two tabs.',
  session_inactive: 'You were signed out already.',
  self_service_flow_return_to_forbidden: 'The address to go on to is not part of BQS.',
  self_service_flow_disabled: 'This is switched off. Ask whoever runs BQS.',
  // This one has a message alone.
  'identity is disabled':
    'Your account was deactivated. If that is a mistake, ask a manager of BQS: they can reactivate you.',
};

/** What the identity server kept of a fault. Null while it is out of reach or talks nonsense. */
export async function readFlowError(id: string | null): Promise<FlowError | null> {
  if (!id) return unknown;
  try {
    const parsed = schema.safeParse((await frontend.getFlowError({ id }, bounded())).data);
    if (!parsed.success) return null;
    const { error } = parsed.data;
    const code = error.code ?? 500;
    return {
      status: code >= 400 && code <= 599 ? code : 500,
      title: 'That did not work',
      words:
        words[error.id ?? error.message ?? ''] ??
        error.reason ??
        error.message ??
        'No cause was given.',
    };
  } catch (error) {
    const { status } = failureOf(error);
    return [400, 403, 404, 410].includes(status ?? 0) ? unknown : null;
  }
}
