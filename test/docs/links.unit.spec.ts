import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

const markdownFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    // What others wrote, what was built, and what stays on this machine.
    if (/^(node_modules|dist.*|coverage|\..*)$/.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });

/** What is shown as code links nowhere. */
const proseOf = (file: string): string =>
  readFileSync(file, 'utf8')
    .replaceAll(/^(```|~~~).*?^\1/gms, '')
    .replaceAll(/`[^`\n]*`/g, '');

const linksIn = (file: string): string[] => {
  const prose = proseOf(file);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const byReference = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm)];
  return [...inline, ...byReference].flatMap(([, target]) =>
    target && !/^[a-z][a-z+.-]*:/i.test(target) ? [target] : [],
  );
};

/** The names under which a page's headings can be linked to. */
const anchorsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+\s+(.*?)\s*$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const isGood = (file: string, link: string): boolean => {
  const [path = '', anchor] = decodeURIComponent(link).split('#');
  const target = path === '' ? file : resolve(dirname(file), path);
  if (relative(ROOT, target).startsWith('..') || !existsSync(target)) return false;
  return !anchor || (target.endsWith('.md') && anchorsOf(target).includes(anchor));
};

const files = markdownFiles(ROOT);

it('given the repository, then its documents are found and link to each other', () => {
  expect(files).toContain(join(ROOT, 'README.md'));
  expect(files.flatMap(linksIn).length).toBeGreaterThan(20);
});

it.each(files.map((file) => relative(ROOT, file)))('given %s, then every link in it leads somewhere', (name) => {
  const file = join(ROOT, name);
  expect(linksIn(file).filter((link) => !isGood(file, link))).toEqual([]);
});
