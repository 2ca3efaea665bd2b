// Measures what AsyncLocalStorage costs on this Node: `npm run bench:context`. The least of several rounds, in
// nanoseconds of CPU time. Each part runs in a process of its own, because a storage changes all promises after it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const REPEATS = 200_000;
const ROUNDS = 7;
const pass = async () => undefined;

async function awaitThrice() {
  await pass();
  await pass();
  await pass();
}

const PARTS = {
  'a function with three awaits, without a storage': { prepare: () => awaitThrice },
  'the same inside of run': {
    prepare() {
      const storage = new AsyncLocalStorage();
      return () => storage.run({}, awaitThrice);
    },
  },
  'the same outside of run, where a storage exists': {
    prepare() {
      const storage = new AsyncLocalStorage();
      storage.run({}, () => undefined);
      return awaitThrice;
    },
  },
  'run alone': {
    isSync: true,
    prepare() {
      const storage = new AsyncLocalStorage();
      const nothing = () => undefined;
      return () => storage.run({}, nothing);
    },
  },
};

async function measure({ prepare, isSync }) {
  const work = prepare();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    if (isSync) for (let index = 0; index < REPEATS; index += 1) work();
    else for (let index = 0; index < REPEATS; index += 1) await work();
    const { user, system } = process.cpuUsage(before);
    rounds.push(((user + system) * 1000) / REPEATS);
  }
  return Math.round(Math.min(...rounds));
}

const [, , name] = process.argv;
if (name !== undefined) process.stdout.write(String(await measure(PARTS[name])));
else {
  console.log(`Node ${process.versions.node}, nanoseconds`);
  for (const part of Object.keys(PARTS))
    console.log(
      `${execFileSync(process.execPath, [fileURLToPath(import.meta.url), part], { encoding: 'utf8' }).padStart(6)}  ${part}`,
    );
}
