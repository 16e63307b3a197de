import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '#app/lib/environment.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
const stages = dockerfile.split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
const run = stages.at(-1) ?? '';
const instructions = (stage: string, name: string) =>
  [...stage.matchAll(new RegExp(`^\\s*${name}\\s+(.+)$`, 'gm'))].map(([, rest = '']) =>
    rest.trim(),
  );
const compose = readFileSync('compose.yaml', 'utf8');
const secret = /PASSWORD|SECRET|TOKEN|API_KEY|ACCESS_KEY|DSN|WEBHOOK|SMTP/;

describe('the image', () => {
  it('runs as nobody in particular, by number', () => {
    const users = instructions(run, 'USER');
    expect(users).toEqual([expect.stringMatching(/^[1-9]\d{3,}:[1-9]\d{3,}$/)]);
    // What comes after USER would belong to it, or run as it.
    expect(run.slice(run.indexOf('USER'))).not.toMatch(/^(COPY|ADD|RUN)/m);
    expect(run).not.toMatch(/--chown|--chmod|chmod/);
  });

  it('has no shell, and needs none', () => {
    expect(run).toMatch(/^FROM gcr\.io\/distroless\/nodejs\d+-debian\d+:nonroot /);
    expect(instructions(run, 'RUN')).toEqual([]);
    for (const name of ['ENTRYPOINT', 'CMD']) {
      const commands = instructions(run, name);
      expect([name, commands.length]).toEqual([name, expect.any(Number)]);
      expect(commands.length).toBeGreaterThan(0);
      for (const command of commands) expect(JSON.parse(command)).toEqual(expect.any(Array));
    }
    for (const stage of stages) {
      for (const command of instructions(stage, 'RUN')) {
        expect(JSON.parse(command)).toEqual(expect.any(Array));
      }
    }
  });

  it('starts the Node that the packages were installed for', () => {
    const majors = [...dockerfile.matchAll(/(?:FROM node:|nodejs)(\d+)-/g)].map(
      ([, major]) => major,
    );
    expect(majors.length).toBeGreaterThan(1);
    expect(new Set(majors).size).toBe(1);
  });

  it('holds no secret, neither set nor asked for while it is built', () => {
    const settings = ['ENV', 'ARG'].flatMap((name) =>
      stages.flatMap((each) => instructions(each, name)),
    );
    expect(settings.length).toBeGreaterThan(0);
    for (const setting of settings) expect(setting).not.toMatch(secret);
    expect(dockerfile).not.toMatch(/--mount=type=secret|ADD http/);
  });

  it('is given only what it is built from', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const name of ['.git', '.env', '.env.*', '.data', 'node_modules', 'tests', '**/*.pem']) {
      expect(ignored).toContain(name);
    }
  });

  it('carries the packages of production alone', () => {
    expect(dockerfile).toContain(
      '["npm", "ci", "--omit=dev", "--omit=optional", "--ignore-scripts"]',
    );
    expect(run.match(/COPY --from=(\w+) \S*node_modules/)?.[1]).toBe('packages');
    expect(run).not.toMatch(/COPY (dev|tests|\.)\s/);
  });
});

describe('the composition', () => {
  const bqs = compose.slice(compose.indexOf('x-bqs:'), compose.indexOf('x-kratos:'));

  it('gives our processes nothing to write to and nothing to gain', () => {
    expect(bqs).toMatch(/^ {2}read_only: true$/m);
    expect(bqs).toMatch(/^ {2}tmpfs: \[\/tmp\]$/m);
    expect(bqs).toMatch(/^ {2}cap_drop: \[ALL\]$/m);
    expect(bqs).toMatch(/no-new-privileges:true/);
    expect(compose).not.toMatch(/privileged: true|network_mode: host|docker\.sock/);
  });

  it('writes no secret down: each comes from outside', () => {
    for (const [, key = '', value = ''] of compose.matchAll(/^\s+([A-Z0-9_]+): (.+)$/gm)) {
      const holds = secret.test(key) && !value.startsWith('${');
      const outside = /^postgres(ql)?:\/\/\w+:\$\{/.test(value);
      expect([key, holds && !outside]).toEqual([key, false]);
    }
    expect(compose).toMatch(/DATABASE_URL: postgresql:\/\/bqs:\$\{/);
  });

  it('publishes the web and nothing else: neither the database nor the admin port of Kratos', () => {
    const published = [...compose.matchAll(/^\s+ports: (.+)$/gm)].map(([, ports]) => ports);
    expect(published).toEqual(["['${PORT:-3000}:3000']"]);
  });

  it('starts our processes without a shell', () => {
    for (const [, command = ''] of bqs.matchAll(/^\s+command: (.+)$/gm))
      expect(command).toMatch(/^\[/);
    expect(compose).toMatch(/command: \[prisma\/migrate\.ts\]/);
  });

  it('sets only what BQS reads', () => {
    const environment = bqs.slice(bqs.indexOf('environment:'));
    const keys = [...environment.matchAll(/^ {4}([A-Z0-9_]+):/gm)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(10);
    for (const key of keys) expect(Object.keys(environmentSchema.shape)).toContain(key);
  });
});
