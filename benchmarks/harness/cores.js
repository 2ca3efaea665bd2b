// Which processor core the server gets, and which the load generator.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Two cores that are not two threads of one core, where there are such and `taskset` is; else undefined. */
export function chooseCores() {
  if (spawnSync('taskset', ['--version']).status !== 0) return undefined;
  const allowed = parseList(/Cpus_allowed_list:\s*(\S+)/.exec(readText('/proc/self/status'))?.[1] ?? '');
  if (allowed.length < 2) return undefined;
  const server = allowed[0];
  const siblings = parseList(
    readText(`/sys/devices/system/cpu/cpu${server}/topology/thread_siblings_list`).trim(),
  );
  const load = allowed.find((core) => !siblings.includes(core) && core !== server) ?? allowed[1];
  return { server, load };
}

/** The command as it runs on one core. */
export function pin(core, [command, args]) {
  return core === undefined ? [command, args] : ['taskset', ['-c', String(core), command, ...args]];
}

function parseList(text) {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return part === '' ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
