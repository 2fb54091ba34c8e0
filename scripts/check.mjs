// The checks in two lanes, since lint takes about as long as all others: what a lane says comes at its end. Every lane
// stops at its first failure.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const lanes = [['lint'], ['types', 'format', 'deps', 'lock']];

const passes = async (name) => {
  const check = spawn('npm', ['run', `check:${name}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [[code], output, errors] = await Promise.all([once(check, 'close'), text(check.stdout), text(check.stderr)]);
  process.stdout.write(output);
  process.stderr.write(errors);
  return code === 0;
};

const runLane = async (names) => {
  for (const name of names) if (!(await passes(name))) return false;
  return true;
};

const results = await Promise.all(lanes.map(runLane));
if (results.includes(false)) process.exitCode = 1;
