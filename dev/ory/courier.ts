import { randomInt, randomUUID } from 'node:crypto';
import { after, isPast, type Service } from './service.ts';
import type { Flow, OneTimeCode } from './types.ts';

/** Mail that goes nowhere: it is kept for the admin API, and shown and printed for the developer. */
interface Mail {
  to: string;
  subject: string;
  body: string;
  template: string;
}

export function post(service: Service, mail: Mail): void {
  const now = service.now().toISOString();
  service.store.mails.unshift({
    id: randomUUID(),
    status: 'sent',
    type: 'email',
    recipient: mail.to,
    body: mail.body,
    subject: mail.subject,
    template_type: mail.template,
    channel: 'email',
    send_count: 1,
    created_at: now,
    updated_at: now,
  });
  service.deliver({ to: mail.to, subject: mail.subject, text: mail.body });
  service.log(`E-mail to ${mail.to}: ${mail.subject}`);
}

/** A new six-digit code for the flow, in place of the one before, and its tries afresh. */
export function issueCode(
  service: Service,
  flow: Flow,
  address: string,
  identityId: string | undefined,
  seconds = service.seconds.code,
): OneTimeCode {
  flow.code = {
    value: String(randomInt(1_000_000)).padStart(6, '0'),
    address,
    expires_at: after(service, seconds),
    ...(identityId !== undefined && { identity_id: identityId }),
  };
  flow.submissions = 0;
  return flow.code;
}

/** The code if it is the one, still good, and somebody's; it is spent by this. */
export function spendCode(service: Service, flow: Flow, given: unknown): OneTimeCode | undefined {
  const { code } = flow;
  if (!code?.identity_id || code.value !== given || isPast(service, code.expires_at)) {
    return undefined;
  }
  delete flow.code;
  return code;
}
