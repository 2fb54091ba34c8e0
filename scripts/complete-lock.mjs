// npm leaves optional packages of other platforms out of the lock file where it could not fetch them, and `npm ci`
// then refuses that lock file on every machine. This adds what is missing; `--check` only says whether anything is.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = ['darwin', 'linux', 'win32', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'android', 'openharmony'];
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];

/** `node_modules/a/node_modules/b` is looked for beside its owner first, then outwards, as Node does. */
const isLocked = (packages, owner, name) => {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
};

/** The platform that stands in the package's name: `@swc/core-linux-arm-gnueabihf` is for linux on arm. */
const platformOf = (name) => {
  const words = name.split(/[^a-z0-9]+/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  return { ...(os.length > 0 ? { os } : {}), ...(cpu.length > 0 ? { cpu } : {}) };
};

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([owner, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => !isLocked(lock.packages, owner, name))
    .map(([name, version]) => ({ name, version, dev })),
);

if (missing.length > 0 && process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${missing.map(({ name }) => name).join(', ')}; run npm run fix:lock`);
  process.exit(1);
}
for (const { name, version, dev } of missing)
  lock.packages[`node_modules/${name}`] = {
    version: version.replace(/^[\^~]/, ''),
    ...platformOf(name),
    ...(dev ? { dev } : {}),
    optional: true,
  };
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => Number(a > b) - Number(a < b)));
if (missing.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(
  missing.length > 0 ? `added ${missing.length} packages of other platforms` : 'package-lock.json is complete',
);
