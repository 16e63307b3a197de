import { badRequest, Fault } from '../errors.ts';
import { beginRecoveryFor } from '../flows/recovery.ts';
import { json, type Exchange, type Reply } from '../http.ts';
import { pageUrl } from '../service.ts';
import { isRecord } from '../schema.ts';
import { pageOf } from './paging.ts';

const unitSeconds: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds in a Go duration such as `1h30m`. Throws 400 unless it lies in the future. */
function readDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const whole = parts.map(([part]) => part).join('');
  const seconds = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unitSeconds[unit ?? ''] ?? 0),
    0,
  );
  if (whole !== text || seconds <= 0) {
    throw badRequest(`Value from "expires_in" must result to a future time: ${text}`);
  }
  return seconds;
}

/** POST /admin/recovery/code: a link and a code to hand to somebody who cannot get in. */
export async function createRecoveryCode(exchange: Exchange): Promise<Reply> {
  const { service } = exchange;
  const body = await exchange.jsonBody();
  if (!isRecord(body)) throw badRequest('The body has to be a JSON object.');
  const { expires_in: lifetime, identity_id: id } = body;
  const seconds = typeof lifetime === 'string' ? readDuration(lifetime) : service.seconds.code;
  const identity = service.store.identities.get(String(id));
  if (!identity) {
    throw new Fault(404, 'Unable to locate the resource', { reason: 'could not find identity' });
  }
  const { flow, code } = beginRecoveryFor(exchange, identity, seconds);
  return json(201, {
    recovery_link: pageUrl(service.ui.recovery, { flow: flow.id }),
    recovery_code: code.value,
    expires_at: code.expires_at,
  });
}

/** GET /admin/courier/messages, the newest first; bodies readable, as with Kratos' --dev. */
export function listMails(exchange: Exchange): Reply {
  const { mails } = exchange.service.store;
  // Ranked from the newest, so that mails arriving between two pages repeat rather than hide some.
  const rank = new Map(mails.map((mail, index) => [mail, String(index).padStart(9, '0')]));
  const { rows, link } = pageOf(exchange, mails, (mail) => rank.get(mail) ?? '');
  return json(200, rows, { Link: link });
}
