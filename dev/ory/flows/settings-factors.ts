import type { Exchange } from '../http.ts';
import { emailOf } from '../identities.ts';
import { messages } from '../messages.ts';
import { lookupNodes, totpNodes } from '../nodes.ts';
import { newBackupCodes, newTotpSecret, totpFits, totpPicture } from '../second-factor.ts';
import { startSession, type SignedIn } from '../sessions.ts';
import type { BackupCode, Flow, Identity, UiNode } from '../types.ts';
import type { Problem } from './flow.ts';

/** What a change of a second factor comes to: a problem, done, or codes to show first. */
export type FactorOutcome =
  { problem: Problem } | { saved: true } | { saved: false; nodes: UiNode[] };

export type FactorChange = (
  exchange: Exchange,
  flow: Flow,
  who: SignedIn,
  body: Record<string, unknown>,
) => FactorOutcome;

/** What somebody without an app is offered to set one up with. */
export function newOffer(identity: Identity): NonNullable<Flow['offered']> {
  return identity.totp === undefined ? { totp: newTotpSecret() } : {};
}

/** The nodes of the second factors. `shown`: the backup codes that are on the page. */
export function factorNodes(
  identity: Identity,
  offered: Flow['offered'],
  shown: readonly BackupCode[] | null = null,
): UiNode[] {
  const secret = offered?.totp;
  const offer = secret ? { secret, picture: totpPicture(secret, emailOf(identity)) } : null;
  const kept = identity.lookup_secret !== undefined && !offered?.codes;
  return [...lookupNodes(shown, kept), ...totpNodes(offer)];
}

/** Sets an authenticator app up by a code it shows, or takes it away. */
export const changeTotp: FactorChange = (exchange, flow, { session, identity }, body) => {
  const { service } = exchange;
  if (body['totp_unlink']) {
    delete identity.totp;
    service.store.changed();
    return { saved: true };
  }
  const { totp_code: code } = body;
  const problem = (message: Problem['message']) => ({ problem: { name: 'totp_code', message } });
  if (typeof code !== 'string' || code === '') return problem(messages.missing('totp_code'));
  const secret = flow.offered?.totp;
  if (!secret || !totpFits(service, secret, code)) return problem(messages.wrongAuthenticationCode);
  identity.totp = secret;
  // Whoever has just shown a code has passed the factor in this session.
  startSession(exchange, identity, 'totp', session);
  return { saved: true };
};

/** Makes backup codes, which count once confirmed; shows them again, or takes them away. */
export const changeBackupCodes: FactorChange = (exchange, flow, { session, identity }, body) => {
  const { store } = exchange.service;
  const show = (codes: readonly BackupCode[]) => ({
    saved: false as const,
    nodes: factorNodes(identity, flow.offered, codes),
  });
  if (body['lookup_secret_regenerate']) {
    const codes = newBackupCodes();
    flow.offered = { ...flow.offered, codes };
    return show(codes.map((code) => ({ code })));
  }
  if (body['lookup_secret_reveal']) {
    if (identity.lookup_secret) return show(identity.lookup_secret);
    return refused('Can not show backup codes, for there are none.');
  }
  if (body['lookup_secret_disable']) {
    delete identity.lookup_secret;
    store.changed();
    return { saved: true };
  }
  const codes = flow.offered?.codes;
  if (!codes) return refused('Backup codes have to be made before they can be kept.');
  identity.lookup_secret = codes.map((code) => ({ code }));
  startSession(exchange, identity, 'lookup_secret', session);
  return { saved: true };
};

const refused = (reason: string) => ({ problem: { message: messages.generic(reason) } });
