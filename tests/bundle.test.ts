import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { samplePassword } from '#dev/ory/sample-accounts.ts';
import { environmentSchema } from '#app/lib/environment.ts';
import { buildIfNeeded } from '#dev/build.ts';

buildIfNeeded();
const files = globSync('build/client/**/*').filter((file) => /\.\w+$/.test(file));
const texts = files
  .filter((file) => /\.(js|css|json|html|svg|map)$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** Settings whose names help nobody, and stand in words for people. */
const named = ['NODE_ENV'];

describe('what browsers get', () => {
  it('is scripts and styles, and no map of their sources', () => {
    expect(texts.length).toBeGreaterThan(50);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    expect(texts.filter(({ text }) => text.includes('sourceMappingURL'))).toEqual([]);
  });

  it.each(Object.keys(environmentSchema.shape).filter((key) => !named.includes(key)))(
    'does not read the setting %s',
    (key) => {
      const pattern = new RegExp(
        `(process\\.env|import\\.meta\\.env|\\benv)\\.?\\[?["']?${key}\\b`,
      );
      expect(texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
    },
  );

  it.each([
    // Packages that run on the server alone, by words that only they hold.
    ['@ory/client', /createBrowserLogoutFlow|FrontendApi/],
    ['pg', /SASLInitialResponse|postgresql:\/\//],
    ['Prisma', /PrismaClient|_prisma_migrations|findUniqueOrThrow/],
    ['pg-boss', /pgboss/],
    ['the S3 client', /AWS4-HMAC|x-amz-/i],
    ['nodemailer', /nodemailer/i],
    ['pino', /stdTimeFunctions/],
    ['the limits', /rate_limits|inMemoryBlockOnConsumed/],
    ['modules of Node', /["'](node:)?(fs|crypto|net|child_process|async_hooks)["']/],
    ['SQL', /\b(SELECT .{1,80} FROM|INSERT INTO|DELETE FROM) (opportunities|users|user_roles)\b/],
    ['files of the server', /\.server\.(ts|js)/],
    ['sample secrets', new RegExp(`${samplePassword}|bqs-demo-crm`)],
    ['tokens', /ory_(st|pat|lo)_[\w-]{8}|-----BEGIN [A-Z ]*PRIVATE KEY/],
  ])('holds nothing of %s', (_what, pattern) => {
    const found = texts.flatMap(({ file, text }) => {
      const match = pattern.exec(text);
      return match ? [`${file}: ${text.slice(match.index - 30, match.index + 60)}`] : [];
    });
    expect(found).toEqual([]);
  });

  it('holds the marks looked for above where they belong, so that the search can find', () => {
    expect(existsSync('build/server/index.js')).toBe(true);
    const server = globSync('build/server/**/*.js')
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
    for (const mark of [/FrontendApi/, /PrismaClient/, /rate_limits/, /env\.ORY_PUBLIC_URL/]) {
      expect(server).toMatch(mark);
    }
  });
});
