// Ends a test file that runs for too long, by name. A file in a busy loop stops its process's timers, jest's among
// them, so this is done from outside: every test file leaves a record while it runs (jest-environment.cjs).
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const BETWEEN_LOOKS = 1000;

/** Watches the records in the folder until `stop` is called; `stuck` then lists the files that were ended. */
export function endStuckTests(folder, mostSeconds) {
  const stuck = [];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const timer = setInterval(() => {
    for (const record of readRecords(folder)) {
      if (Date.now() - record.since < mostSeconds * 1000) continue;
      stuck.push(record.file);
      process.stderr.write(`${record.file} ran for more than ${mostSeconds} seconds and was ended.\n`);
      rmSync(record.path, { force: true });
      for (const pid of [record.pid, ...record.children]) end(pid);
    }
  }, BETWEEN_LOOKS);
  return { stuck, stop: () => clearInterval(timer) };
}

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function readRecords(folder) {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    try {
      return [{ ...JSON.parse(readFileSync(file, 'utf8')), path: file, pid: Number(name) }];
    } catch {
      return []; // The file has just ended, or its record is being written.
    }
  });
}
