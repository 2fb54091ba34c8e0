import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine that has not ended; one that only waits to be reaped has. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Ctrl-C in a terminal reaches a whole group. */
  readonly group: number;
  readonly command: string;
}

const onLinux = (): RunningProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The second field is a name in parentheses, which may hold anything.
        const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });

const elsewhere = (): RunningProcess[] =>
  execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,pgid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, group, state = 'Z', command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), group: Number(group), command }];
    });

const running = (): RunningProcess[] => (process.platform === 'linux' ? onLinux() : elsewhere());

/** What Ctrl-C does in a terminal: SIGINT to a process and to all of its group that it has started. */
export const interrupt = (pid: number): void => {
  const group = running().find((one) => one.pid === pid)?.group;
  const reached = descendantsOf(pid).filter((one) => one.group === group);
  for (const one of [pid, ...reached.map((each) => each.pid)]) process.kill(one, 'SIGINT');
};

export const isRunning = (pid: number): boolean => running().some((one) => one.pid === pid);

/** The children of a process, their children, and so on. */
export const descendantsOf = (pid: number): readonly RunningProcess[] => {
  const all = running();
  const below = (parent: number): RunningProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
};
