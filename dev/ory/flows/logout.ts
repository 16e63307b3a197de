import { badRequest, Fault, sessionInactive } from '../errors.ts';
import { empty, json, redirect, type Exchange, type Reply } from '../http.ts';
import { allowedReturnTo } from '../return-to.ts';
import { publicUrl } from '../service.ts';
import { clearSessionCookie, signedIn } from '../sessions.ts';

/** GET /self-service/logout/browser: the URL that signs this browser out; JSON always. */
export function initLogout(exchange: Exchange): Reply {
  const who = signedIn(exchange);
  if (!who) throw sessionInactive();
  const returnTo = allowedReturnTo(exchange.service, exchange.query('return_to'));
  const token = who.session.logout_token;
  const query = { ...(returnTo !== undefined && { return_to: returnTo }), token };
  return json(200, {
    logout_url: publicUrl(exchange.service, 'self-service/logout', query),
    logout_token: token,
  });
}

/** GET /self-service/logout?token= : the token has to be this session's, so that no link signs others out. */
export function submitLogout(exchange: Exchange): Reply {
  const { service } = exchange;
  const token = exchange.query('token');
  if (!token) throw badRequest('Please include a token in the URL query.');
  const returnTo = allowedReturnTo(service, exchange.query('return_to'));
  const who = signedIn(exchange);
  if (!who) throw sessionInactive();
  if (who.session.logout_token !== token) {
    throw new Fault(403, 'The requested action was forbidden', {
      reason: 'The logout token belongs to another session.',
    });
  }
  who.session.active = false;
  service.store.changed();
  clearSessionCookie(exchange);
  exchange.renewCsrf();
  return exchange.wantsJson ? empty() : redirect(returnTo ?? service.ui.login);
}
