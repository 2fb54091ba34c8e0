import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';

/** A browser, and in which environment it runs. */
interface Found {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
  /** Pictures are alike to the pixel in this one alone. */
  readonly isPinned: boolean;
}

const MODULES = join(__dirname, '../../node_modules');

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser that npm brought, unpacked once. */
const fromNpm = (): Found => {
  const { version } = JSON.parse(readFileSync(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(MODULES, '.cache/tempore-browser', version);
  if (!existsSync(folder)) unpackTo(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, 'fonts/own.conf') },
    isPinned: true,
  };
};

/** Beside, and put in its place whole: another worker may do the same. */
const unpackTo = (folder: string): void => {
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const env = { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  execFileSync(process.execPath, [join(__dirname, 'unpack-chromium.mjs')], { env });
  // The package's own names one fixed folder: elsewhere pages would show not a single glyph.
  writeFileSync(
    join(fresh, 'fonts/own.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><dir prefix="relative">.</dir><cachedir>${join(folder, 'fonts/cache')}</cachedir></fontconfig>`,
  );
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
};

const find = (): Found | undefined => {
  const given = process.env['TEMPORE_BROWSER'];
  if (given) return { executablePath: given, env: {}, isPinned: false };
  if (process.platform === 'linux' && process.arch === 'x64') return fromNpm();
  const executablePath = installed.find((path) => existsSync(path));
  return executablePath === undefined ? undefined : { executablePath, env: {}, isPinned: false };
};

const found = find();
export const isPinnedBrowser = found?.isPinned === true;

/** Stories in a browser; where none runs they fail in CI, and are left out elsewhere, which is said in a line. */
export const describeInBrowser = (name: string, stories: () => void): void => {
  if (found || process.env['CI']) {
    describe(name, stories);
    return;
  }
  process.stderr.write(`${name}: left out, no browser found. Install Chrome, or name one in TEMPORE_BROWSER.\n`);
  describe.skip(name, stories);
};

export const openBrowser = async (): Promise<Browser> => {
  if (!found) throw new Error('No browser was found: install Chrome, or name one in TEMPORE_BROWSER');
  return chromium.launch({
    executablePath: found.executablePath,
    env: { ...process.env, ...found.env },
    // None of the package's own: they switch web security off.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
  });
};
