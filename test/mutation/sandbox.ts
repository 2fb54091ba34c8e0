/** A process in which one lib is mutated: it says what there is, then tries one mutant after another. */
import 'reflect-metadata';

import { compileOnRequire } from './compile';
import { filesOf, mutate } from './mutants';
import { announce, load, type Test } from './specs';

/** What instrumented code and whoever switches it share. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Coverage;
}

type Hits = Record<string, number>;

interface Coverage {
  readonly static: Hits;
  readonly perTest: Record<string, Hits>;
}

export interface Outcome {
  readonly id: string;
  /** The test that failed, or that the lib could not even be loaded; null where nobody noticed. */
  readonly killedBy: string | null;
  /** How many tests met it. */
  readonly tests: number;
}

/** What it says first: how long its tests take, and which mutants are met already when the lib is loaded. */
export interface Ready {
  /** How long all tests took without a mutant. */
  readonly ms: number;
  readonly evaluatedAtLoad: readonly string[];
}

const [lib = ''] = process.argv.slice(2);

const switches = ((globalThis as { __stryker__?: Switches }).__stryker__ ??= {});

/** So much oftener than without the mutant nothing that ends goes through one spot. */
const ENDLESS = 100;

/** What holds the shape of every lib's events, and who sees what of them. */
const OF_EVENTS = ['libs/catalogue/src/event-catalogue.unit.spec.ts', 'test/golden/golden.unit.spec.ts'];

const failureOf = async ({ name, run }: Test): Promise<string | null> => {
  try {
    await run();
    return null;
  } catch {
    return name;
  }
};

const firstFailure = async (tests: readonly Test[]): Promise<string | null> => {
  for (const test of tests) {
    const failed = await failureOf(test);
    if (failed !== null) return failed;
  }
  return null;
};

const start = async () => {
  const { textOf } = await mutate(lib);
  compileOnRequire(textOf);
  announce();
  const specs = filesOf(lib).filter((file) => file.endsWith('.unit.spec.ts'));
  const ofEvents = filesOf(lib).some((file) => file.endsWith('.events.ts')) ? OF_EVENTS : [];
  const loadAll = () => load([...ofEvents, ...specs]);

  let tests = loadAll();
  const started = performance.now();
  for (const [index, test] of tests.entries()) {
    switches.currentTestId = index.toString();
    const failed = await failureOf(test);
    if (failed !== null) throw new Error(`${failed} fails without a mutant`);
  }
  const ms = performance.now() - started;
  const coverage = switches.mutantCoverage ?? { static: {}, perTest: {} };
  switches.currentTestId = 'mutated';

  const hits = new Map<string, number>();
  for (const met of [coverage.static, ...Object.values(coverage.perTest)])
    for (const [id, times] of Object.entries(met)) hits.set(id, (hits.get(id) ?? 0) + times);

  let isClean = true;
  const loadAnew = (): void => {
    isClean = switches.activeMutant === undefined;
    tests = loadAll();
  };
  const attempt = async (id: string): Promise<Outcome> => {
    const isEvaluatedAtLoad = coverage.static[id] !== undefined;
    if (!isEvaluatedAtLoad && !isClean) loadAnew();
    Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: ENDLESS * (hits.get(id) ?? 1) });
    try {
      if (isEvaluatedAtLoad) loadAnew();
      const meeting = tests.filter((_, index) => isEvaluatedAtLoad || coverage.perTest[index.toString()]?.[id]);
      return { id, killedBy: await firstFailure(meeting), tests: meeting.length };
    } catch (error) {
      return { id, killedBy: `loading: ${String(error)}`, tests: tests.length };
    } finally {
      Object.assign(switches, { activeMutant: undefined, hitCount: undefined });
    }
  };

  process.on('message', (id: string) => {
    void attempt(id).then((outcome) => process.send?.(outcome));
  });
  const ready: Ready = { ms, evaluatedAtLoad: Object.keys(coverage.static) };
  process.send?.(ready);
};

void start();
