import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentSchema } from '#app/lib/environment.ts';

// design.md section 5: which of our rooms, and which packages with a rule, each room may import.
const rules: { room: RegExp; mayImport: RegExp[] }[] = [
  { room: /^app\/domain\//, mayImport: [/^app\/domain\//, /^zod$/, /^cron-parser$/] },
  {
    room: /^app\/models\//,
    mayImport: [
      /^app\/(models|domain|generated)\//,
      /^app\/lib\/((db|env)\.server|opportunity-path)/,
      /^pkg:/,
    ],
  },
  {
    room: /^app\/services\//,
    mayImport: [/^app\/(services|domain|models|lib|generated)\//, /^jobs\/queues/, /^pkg:/],
  },
  {
    room: /^app\/auth\//,
    mayImport: [/^app\/(auth|domain|models|lib)\//, /^app\/services\//, /^pkg:/],
  },
  {
    room: /^app\/components\//,
    mayImport: [/^app\/(components|domain)\//, /^app\/lib\/[a-z-]+\.tsx?$/, /^pkg:/],
  },
  {
    room: /^app\/routes\//,
    mayImport: [/^app\/(domain|models|services|auth|components|lib)\//, /^pkg:/],
  },
  { room: /^app\/lib\//, mayImport: [/^app\/(lib|domain|generated)\//, /^jobs\/queues/, /^pkg:/] },
  {
    room: /^jobs\/oracle\//,
    mayImport: [/^jobs\/oracle\//, /^app\/domain\//, /^app\/lib\/env/, /^pkg:/],
  },
  {
    room: /^jobs\/sync\//,
    mayImport: [/^jobs\/(sync|oracle)\//, /^app\/(domain|models|lib|generated)\//, /^pkg:/],
  },
  {
    room: /^jobs\//,
    mayImport: [/^jobs\//, /^app\/(domain|models|lib|services|generated)\//, /^pkg:/],
  },
];

// Packages that only some rooms may touch, whatever else they may import.
const packageRules: { name: RegExp; rooms: RegExp }[] = [
  {
    name: /^(pg|@prisma\/.*)$/,
    rooms: /^(app\/(lib|models)|jobs\/sync|jobs\/[a-z-]+\.ts|prisma|dev|tests)/,
  },
  { name: /^pg-boss$/, rooms: /^(app\/lib|jobs)\// },
  { name: /^ky$/, rooms: /^jobs\/oracle\// },
  { name: /^@ory\/client$/, rooms: /^(app\/(auth\/|lib\/ory-admin)|tests\/)/ },
];

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(app|jobs)\//.test(file) && !file.endsWith('.test.ts'));

describe('the house', () => {
  it.each(files)('%s imports only what its room may', (file) => {
    const rule = rules.find(({ room }) => room.test(file));
    for (const target of importsOf(file, namesTypesOf(file))) {
      const own = /^(app|jobs|dev|tests|prisma)\//.test(target);
      const name = own ? target : `pkg:${target}`;
      const allowed = rule?.mayImport ?? [/^app\//, /^pkg:/, /^build\//];
      const bare = rule?.room.source.includes('domain') ? target : name;
      expect(
        allowed.some((pattern) => pattern.test(bare)),
        `${file} imports ${target}`,
      ).toBe(true);
      for (const { name: pattern, rooms } of packageRules) {
        if (!own && pattern.test(target))
          expect(rooms.test(file), `${file} imports ${target}`).toBe(true);
      }
    }
  });

  it('lets no route import another route', () => {
    for (const file of files.filter((name) => name.startsWith('app/routes/'))) {
      expect(importsOf(file).filter((target) => target.startsWith('app/routes/'))).toEqual([]);
    }
  });

  it('takes today from where people work', () => {
    const ofUtc = files.filter((file) =>
      /new Date\(\)\s*\.toISOString\(\)\s*\.slice\(0, 10\)/.test(readFileSync(file, 'utf8')),
    );
    expect(ofUtc).toEqual(['app/services/act-on-watermark.server.ts']);
  });

  it('explains every setting in .env.example, and no other', () => {
    const named = readFileSync('.env.example', 'utf8').match(/^#?\s?([A-Z][A-Z0-9_]+)=/gm) ?? [];
    const keys = named.map((line) => line.replace(/[#\s=]/g, ''));
    expect(keys.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });
});

/** What a page is made of, and its links, may name the type of what a model hands them, and no more. */
function namesTypesOf(file: string): boolean {
  return file.startsWith('app/components/') || file === 'app/lib/opportunity-links.server.ts';
}

function importsOf(file: string, withoutTypes = false): string[] {
  const text = readFileSync(file, 'utf8');
  const source = withoutTypes ? text.replace(/import type [^;]*? from '[^']+';/g, '') : text;
  const found = source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found]
    .map(([, target = '']) => target)
    .filter((target) => !target.startsWith('node:') && !/\.(css|svg)(\?\w+)?$/.test(target))
    .map((target) => {
      if (target.startsWith('#')) return target.slice(1);
      return target.startsWith('.') ? normalize(join(dirname(file), target)) : target;
    });
}
