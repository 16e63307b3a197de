import type { Environment } from './environment.ts';

/** Shorter ones would be found in ordinary words. */
const shortest = 6;

/** The secrets among the settings, in every spelling in which an error might quote them. */
export function secretsOf(env: Environment): string[] {
  const basic = env.ORACLE_PASSWORD && `${env.ORACLE_USERNAME}:${env.ORACLE_PASSWORD}`;
  const secrets = [
    ...[
      env.ORACLE_PASSWORD,
      env.ORACLE_CLIENT_SECRET,
      env.ORY_API_KEY,
      env.EVIDENCE_S3_SECRET_ACCESS_KEY,
    ],
    ...[env.DATABASE_URL, env.SMTP_URL, env.EVIDENCE_SCAN_URL].map(passwordOf),
    basic && Buffer.from(basic).toString('base64'),
    // The way to a webhook is all that guards it.
    env.ALERT_WEBHOOK_URL &&
      new URL(env.ALERT_WEBHOOK_URL).pathname + new URL(env.ALERT_WEBHOOK_URL).search,
  ];
  const spellings = secrets.flatMap((secret) =>
    secret ? [secret, decoded(secret), encodeURIComponent(secret)] : [],
  );
  const quoted = spellings.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const found = [...new Set(quoted)].filter((secret) => secret.length >= shortest);
  // One may be part of another.
  return found.sort((one, other) => other.length - one.length);
}

/** Takes out of a line of the log the secrets given, and whatever looks like somebody's session or token. */
export function redactLine(line: string, secrets: readonly string[]): string {
  let safe = line;
  for (const secret of secrets) safe = safe.replaceAll(secret, '[redacted]');
  return safe
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [redacted]')
    .replace(/\b((?:ory_|csrf_token_)[\w-]+)=[^;,\s"\\]+/g, '$1=[redacted]')
    .replace(/\bory_(st|at|lo|pat)_[\w-]+/g, 'ory_$1_[redacted]');
}

function passwordOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).password : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
