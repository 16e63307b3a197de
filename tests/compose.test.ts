import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { environmentSchema, parseEnvironment } from '#app/lib/environment.ts';

interface Service {
  image: string;
  command?: string | string[];
  ports?: string[];
  volumes?: string[];
  environment: Record<string, string>;
}
interface Composition {
  services: Record<'web' | 'worker' | 'migrate' | 'kratos' | 'kratos-migrate', Service>;
}

const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as Composition;
const kratosFile = readFileSync('ory/kratos.yml', 'utf8');
const kratos = parse(kratosFile) as { version: string };

/** What an operator has to give, and nothing else. */
const given: Record<string, string> = {
  APP_URL: 'https://bqs.company.test',
  BQS_DATABASE_PASSWORD: 'secret',
  ORACLE_BASE_URL: 'https://crm.company.test',
  ORACLE_USERNAME: 'bqs',
  ORACLE_PASSWORD: 'secret',
  KRATOS_DATABASE_PASSWORD: 'secret',
  KRATOS_COOKIE_SECRET: 'sixteen-or-more-x',
  KRATOS_CIPHER_SECRET: 'exactly-thirty-two-characters-xx',
  KRATOS_PAGINATION_SECRET: 'sixteen-or-more-x',
  KRATOS_SMTP_URI: 'smtps://bqs:secret@mail.company.test:465',
  KRATOS_MAIL_FROM: 'bqs@company.test',
};

/** A value as Docker Compose would fill it in: `${NAME}`, `${NAME:-default}`, `${NAME:?what it is}`. */
function filled(value: string, known = given): string {
  return value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const found = known[String(name)] ?? (kind === '-' ? String(rest) : undefined);
    if (found === undefined) throw new Error(`${name} is not given: ${rest}`);
    return found;
  });
}

const environmentOf = ({ environment }: Service, known = given) =>
  Object.fromEntries(
    Object.entries(environment).map(([key, value]) => [key, filled(value, known)]),
  );

/** Every value of Kratos' file by the name of the variable that overrides it. */
function variables(value: unknown, path: string[] = []): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path.join('_'), `${value}`]];
  return Object.entries(value).flatMap(([key, inner]) =>
    variables(inner, [...path, key.toUpperCase()]),
  );
}
const inFile = new Map(variables(kratos));

/** Too secret, or too much one installation's, for a file in the repository. */
const besideFile = [
  ...['DSN', 'SECRETS_COOKIE_0', 'SECRETS_CIPHER_0', 'SECRETS_PAGINATION_0'],
  ...['COURIER_SMTP_CONNECTION_URI', 'COURIER_SMTP_FROM_ADDRESS'],
];

describe('Kratos in the composition', () => {
  const environment = environmentOf(services.kratos);

  it('is the version its configuration is written for, and not in development mode', () => {
    expect(services.kratos.image).toBe(`oryd/kratos:${kratos.version}`);
    expect(services['kratos-migrate'].image).toBe(services.kratos.image);
    expect(services.kratos.command).not.toContain('--dev');
  });

  it('reads the file that is mounted, and overrides only what that file or its head names', () => {
    expect(services.kratos.volumes).toEqual(['./ory:/etc/config/kratos:ro']);
    for (const service of [services.kratos, services['kratos-migrate']]) {
      expect(service.command).toContain('--config /etc/config/kratos/kratos.yml');
    }
    const unknown = Object.keys(environment).filter((key) => !inFile.has(key));
    expect(unknown.toSorted()).toEqual(besideFile.toSorted());
    for (const key of besideFile) expect(kratosFile).toMatch(new RegExp(`^# {3}${key}\\b`, 'm'));
    const schema = environment.IDENTITY_SCHEMAS_0_URL ?? '';
    expect(existsSync(schema.replace('file:///etc/config/kratos', 'ory'))).toBe(true);
  });

  it('is left with no host of an example', () => {
    const left = [...inFile].filter(
      ([key, value]) => value.includes('example.test') && !(key in environment),
    );
    expect(left).toEqual([]);
    expect(JSON.stringify(environment)).not.toContain('example.test');
  });

  it('sends people to pages of BQS, every one at its own address', () => {
    for (const [key, value] of Object.entries(environment)) {
      if (!/_UI_URL$|RETURN_URL/.test(key)) continue;
      expect([key, new URL(value).origin]).toEqual([key, given.APP_URL]);
      const page = new URL(value).pathname.slice(1);
      expect([key, page === '' || existsSync(`app/routes/${page}.tsx`)]).toEqual([key, true]);
    }
    expect(environment.SERVE_PUBLIC_BASE_URL).toBe(`${given.APP_URL}/.ory/`);
  });

  it('offers passkeys only where their host is named', () => {
    const named = { ...given, PASSKEYS: 'true', PASSKEY_HOST: 'bqs.company.test' };
    expect(environment.SELFSERVICE_METHODS_PASSKEY_ENABLED).toBe('false');
    expect(environmentOf(services.kratos, named)).toMatchObject({
      SELFSERVICE_METHODS_PASSKEY_ENABLED: 'true',
      SELFSERVICE_METHODS_PASSKEY_CONFIG_RP_ID: 'bqs.company.test',
      SELFSERVICE_METHODS_PASSKEY_CONFIG_RP_ORIGINS_0: given.APP_URL,
    });
  });

  it('is published nowhere: the web process alone has a port to the outside', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['web']);
    expect(services.web.ports?.join()).toMatch(/:3000$/);
  });
});

describe('BQS in the composition', () => {
  // Set by the image, or by development.
  const notHere = ['PORT', 'BQS_DATA_DIR'];

  it.each(['web', 'worker', 'migrate'] as const)('%s boots in production', (name) => {
    const parsed = parseEnvironment(environmentOf(services[name]));
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok && parsed.environment).toMatchObject({
      NODE_ENV: 'production',
      ORY_PUBLIC_URL: 'http://kratos:4433',
      ORY_ADMIN_URL: 'http://kratos:4434',
    });
  });

  it('is led to Ory Network by its four settings', () => {
    const network = {
      ORY_PUBLIC_URL: 'https://slug.projects.oryapis.com',
      ORY_ADMIN_URL: 'https://slug.projects.oryapis.com',
      ORY_API_KEY: 'ory_pat_secret',
      ORY_SESSION_COOKIE: 'ory_session_slug',
    };
    const parsed = parseEnvironment(environmentOf(services.web, { ...given, ...network }));
    expect(parsed).toMatchObject({ ok: true, environment: network });
  });

  it('takes every setting there is from the environment', () => {
    const keys = Object.keys(environmentSchema.shape).filter((key) => !notHere.includes(key));
    expect(Object.keys(services.web.environment).toSorted()).toEqual(keys.toSorted());
    const named = Object.entries(services.web.environment).filter(([, value]) =>
      value.includes('${'),
    );
    for (const [key, value] of named) {
      if (key !== 'DATABASE_URL') expect(value).toContain(`\${${key}:`);
    }
  });

  it('does not start without what only the operator knows', () => {
    for (const name of Object.keys(given)) {
      const { [name]: _, ...rest } = given;
      const start = () => {
        environmentOf(services.kratos, rest);
        const parsed = parseEnvironment(environmentOf(services.web, rest));
        if (!parsed.ok) throw new Error(parsed.problem);
      };
      expect(start, name).toThrow();
    }
  });
});
