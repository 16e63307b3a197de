import { env } from '#app/lib/env.server.ts';
import { mailInvitation } from '#app/lib/invitation-mail.server.ts';
import { log } from '#app/lib/log.server.ts';
import { createRecoveryCode } from '#app/lib/ory-admin.server.ts';

/** What lets somebody in once. Shown to whoever asked for it and kept nowhere. */
export interface WayIn {
  link: string;
  code: string;
  expiresAt: Date;
  mailed: 'sent' | 'failed' | 'off';
}

/**
 * Makes a link and a code by which somebody who has no password comes in, and mails them where a mail
 * server is set. Null while Ory makes none.
 */
export async function makeWayIn(person: {
  oryIdentityId: string;
  name: string;
  email: string;
}): Promise<WayIn | null> {
  const made = await createRecoveryCode(person.oryIdentityId);
  if (!made.ok) {
    log.warn({ cause: made.cause }, 'no recovery code could be made');
    return null;
  }
  const { flow, code, expiresAt } = made.value;
  // The page of ours that the flow belongs to, whatever host the identity server thinks it is on.
  const link = `${env.APP_URL}/recovery?${new URLSearchParams({ flow })}`;
  const mailed = await mailInvitation({ name: person.name, address: person.email }, { link, code });
  return { link, code, expiresAt, mailed };
}
