import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright';
import { installPackages } from './debian.ts';

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const fonts = {
  'fonts-noto-core': '/usr/share/fonts/truetype/noto/NotoSansKhmer-Regular.ttf',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
};

/** The browser the tests drive: CHROME_PATH, an installed one, or Playwright's own. `null` when there is none. */
export function findChromium(): string | null {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) return existsSync(chosen) ? chosen : null;
  return [...known, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** Installs Debian's Chromium and the fonts of our languages where they are missing. Throws with what to do. */
export async function installChromium(): Promise<string> {
  const missing = [
    ...(findChromium() ? [] : ['chromium']),
    ...Object.entries(fonts).flatMap(([name, file]) => (existsSync(file) ? [] : [name])),
  ];
  if (!process.env['CHROME_PATH']) await installPackages(missing);
  const path = findChromium();
  if (path) return path;
  const chosen = process.env['CHROME_PATH'];
  throw new Error(
    [
      chosen ? `CHROME_PATH names no file: ${chosen}` : 'The tests need a Chromium, and none was found.',
      'Debian or Ubuntu: sudo apt-get install chromium fonts-noto-core fonts-noto-cjk',
      'Elsewhere: install Chrome or Chromium, then: CHROME_PATH=/path/to/chrome npm test',
    ].join('\n'),
  );
}

/** How every test and picture starts the browser. Without these flags it calls its maker on its own. */
export function launchOptions(): LaunchOptions {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  // Chromium refuses to start its sandbox as root, which is who runs in most containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
  const executablePath = findChromium();
  return executablePath ? { args, executablePath } : { args };
}
