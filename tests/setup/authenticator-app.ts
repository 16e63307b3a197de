import { Secret, TOTP } from 'otpauth';
import type { Visitor } from './sign-in.ts';

/** Sets an authenticator app up as a person does; answers how to make its codes, so many half minutes from now. */
export async function setUpAuthenticator(
  visitor: Visitor,
  { url, now }: { url: string; now: () => number },
): Promise<(steps?: number) => string> {
  const { path } = await visitor.visit('/settings');
  const flow = await visitor.fetch(
    `/.ory/self-service/settings/flows?${new URL(path, url).searchParams.toString().replace('flow=', 'id=')}`,
    { headers: { Accept: 'application/json' } },
  );
  const secret = /"secret":"([A-Z2-7]+)"/.exec(await flow.text())?.[1] ?? '';
  const codeOf = (steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: now() + steps * 30_000,
    });
  await visitor.submitFlow('settings', path, { method: 'totp', totp_code: codeOf() });
  return codeOf;
}
