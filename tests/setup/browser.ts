import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium to test with: Playwright's own where it is installed, else the system's; or null. */
export function findChromium(): string | null {
  return [chromium.executablePath(), ...systemBrowsers].find((path) => existsSync(path)) ?? null;
}

/**
 * Finds a Chromium or installs one: from Debian's packages as root, else Playwright's own. What
 * stands in the way comes back in words.
 */
export function ensureChromium(): { ok: true; path: string } | { ok: false; problem: string } {
  const installers: [string, string[]][] = [
    ['node_modules/.bin/playwright', ['install', 'chromium']],
  ];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    installers.unshift(
      ['apt-get', ['update', '-q']],
      ['apt-get', ['install', '-yq', '--no-install-recommends', 'chromium']],
    );
  }
  for (const [command, args] of installers) {
    const path = findChromium();
    if (path) return { ok: true, path };
    console.log(`No Chromium found; trying: ${command} ${args.join(' ')}`);
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const path = findChromium();
  if (path) return { ok: true, path };
  return {
    ok: false,
    problem: 'No Chromium was found and none could be installed: install one and run again.',
  };
}

/** Chromium's sandbox needs an account that is not root. */
export const chromiumArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
