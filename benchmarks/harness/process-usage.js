// What a process has used so far, from /proc (proc(5)). On systems without it CPU and memory are NaN.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

let microsPerTick;

/** CPU time of all threads, user and system, in microseconds. The clock ticks a hundred times a second. */
export function readCpuMicros(pid) {
  const text = readProc(pid, 'stat');
  if (text === undefined) return NaN;
  microsPerTick ??= 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  // The name, in parentheses, can hold spaces; what follows it begins with field 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  return (userTicks + systemTicks) * microsPerTick;
}

/** Resident memory in MB. */
export function readRssMb(pid) {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? NaN : Number(kilobytes) / 1024;
}

function readProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
