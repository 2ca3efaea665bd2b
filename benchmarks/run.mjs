// `npm run bench`: installs what is missing, checks that all peers answer the same, measures, writes the results.
import path from 'node:path';
import { prepare, preparePython } from './harness/prepare.js';
import { readArguments } from './harness/read-arguments.js';
import { stopAllServers } from './harness/server.js';

const FOLDER = import.meta.dirname;
const args = process.argv.slice(2);
const print = (line) => void process.stdout.write(`${line}\n`);
process.on('exit', stopAllServers);

try {
  await run(readArguments(args));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run({ workloads, peers, isPart, checkOnly, jsonFile, outFolder, ...settings }) {
  await prepare();
  const { chooseCores } = await import('./harness/cores.js');
  const { describeMachine, listVersions } = await import('./harness/describe-machine.js');
  const { findLoadGenerator } = await import('./harness/load.js');
  const { checkEntries, runRounds } = await import('./harness/run-rounds.js');
  const { summarize } = await import('./harness/summarize.js');
  const { writeResults } = await import('./harness/write-results.js');

  const cores = chooseCores();
  const generator = findLoadGenerator();
  print(`Load from ${generator.version}; ${describeCores(cores)}.`);
  const missing = await prepareAllPython(peers);
  const checked = await checkEntries(workloads, peers, missing, print);
  if (checkOnly) return;
  const results = await runRounds(checked, { ...settings, cores, generator }, print);
  const measured = peers.filter((peer) => results.some((result) => result.peer === peer));
  const report = {
    machine: describeMachine({ ...settings, cores, generator }),
    versions: listVersions(measured),
    date: new Date().toISOString(),
    rows: summarize(results),
    left: checked.left,
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  };
  const folder = outFolder ?? path.join(FOLDER, 'results', isPart ? 'part' : '');
  await writeResults({ folder, jsonFile, report });
  print(`Written to ${path.relative(process.cwd(), folder)}.`);
  if (results.length === 0) throw new Error('Nothing could be measured.');
}

async function prepareAllPython(peers) {
  const missing = new Map();
  for (const peer of peers.filter((each) => each.language === 'python')) {
    const reason = await preparePython(peer);
    if (reason !== undefined) missing.set(peer.name, `not installed: ${reason}`);
  }
  return missing;
}

function describeCores(cores) {
  if (cores === undefined) return 'server and load share the cores, as there is no taskset or no second core';
  return `server on core ${cores.server}, load on core ${cores.load}`;
}
