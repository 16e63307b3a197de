import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeDependencies, forbiddenAmong, productionDependencies } from '#dev/dependencies.ts';

const dependencies = productionDependencies();

describe('the packages that run in production', () => {
  it('have licences that somebody has allowed', () => {
    expect(dependencies.length).toBeGreaterThan(100);
    expect(forbiddenAmong(dependencies)).toEqual([]);
  });

  it('would be refused with another licence, or with none', () => {
    const strange = ['GPL-3.0', 'EPL-2.0', 'UNLICENSED', 'unknown'].map((licence) => ({
      name: 'strange',
      version: '1.0.0',
      licence,
    }));
    expect(forbiddenAmong(strange)).toEqual(strange);
  });

  it('are those that docs/dependencies.md lists', () => {
    expect(readFileSync('docs/dependencies.md', 'utf8')).toBe(describeDependencies(dependencies));
  });

  it('are pinned: what package.json names is one version each', () => {
    const { dependencies: named } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(Object.values(named).filter((version) => !/^\d/.test(version))).toEqual([]);
  });

  it('come from the registry, each with the sum of what was fetched', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { resolved?: string; integrity?: string; inBundle?: true }>;
    };
    const elsewhere = Object.entries(packages).filter(
      ([path, { resolved }]) =>
        path && resolved && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
    const unsummed = Object.entries(packages).filter(
      ([path, { integrity, inBundle }]) => path && !inBundle && !integrity?.startsWith('sha512-'),
    );
    expect(unsummed).toEqual([]);
  });
});
