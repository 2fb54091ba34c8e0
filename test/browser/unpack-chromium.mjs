// Unpacks the browser that npm brought into the folder that TMPDIR names, and prints where it is. A process of its own:
// the package reads its environment while it is loaded. Everywhere but on a function's machine it would leave out the
// libraries that it carries, so it is told that it stands on one.
import chromium from '@sparticuz/chromium';

process.stdout.write(await chromium.executablePath());
