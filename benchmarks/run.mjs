// `npm run bench`: installs what is missing, checks that all peers answer the same, measures, writes the results.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepare, preparePeer } from './harness/prepare.js';
import { readArguments } from './harness/read-arguments.js';
import { stopAllServers } from './harness/server.js';
import { takesPart } from './peers/peers.js';

const args = process.argv.slice(2);
const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
const print = (line) => void process.stdout.write(`${line}\n`);
process.on('exit', stopAllServers);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

try {
  await run(readArguments(args));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run({ workloads, peers, isWanted, checkOnly, ...settings }) {
  await prepare();
  const { chooseCores } = await import('./harness/cores.js');
  const { findLoadGenerator } = await import('./harness/load.js');
  const { checkEntries, runRounds } = await import('./harness/run-rounds.js');

  const cores = chooseCores();
  const generator = findLoadGenerator();
  print(`Load from ${generator.version}; ${describeCores(cores)}.`);
  const results = await openResults(settings, { ...settings, cores, generator });
  const wanted = {
    workloads: workloads.filter((workload) => !results.has(workload)),
    peers: peers.filter((peer) =>
      workloads.some((workload) => takesPart(peer, workload) && isWanted(peer, workload)),
    ),
    isWanted,
  };
  const missing = await preparePeers(wanted.peers);
  const entries = await checkEntries(wanted, missing, print);
  if (checkOnly) return;
  await runRounds(entries, { ...settings, cores, generator }, print, (measured) => results.add(measured));
  await results.write();
}

/** The results folder: every workload is written as soon as it is measured, so that an end by force loses one at most. */
async function openResults({ outFolder, isPart, isMerged, isResumed, jsonFile }, settings) {
  const { describeMachine, describeMethod, listVersions } = await import('./harness/describe-machine.js');
  const { isRecent, keepRuns, loadRuns, readParts } = await import('./harness/kept-runs.js');
  const { writeResults } = await import('./harness/write-results.js');
  const { PUBLISHED } = await import('./documents/publish.js');
  const { PEERS } = await import('./peers/peers.js');

  const folder = path.resolve(outFolder ?? path.join(PUBLISHED, isPart ? 'part' : ''));
  let kept = isMerged ? loadRuns(folder) : [];
  return {
    has: (workload) => isResumed && kept.some((part) => isRecent(part, workload, settings)),
    async add({ workload, results, left }) {
      mkdirSync(folder, { recursive: true });
      const measured = PEERS.filter((peer) => results.some((result) => result.peer === peer.name));
      kept = keepRuns(folder, kept, {
        workload: workload.id,
        date: new Date().toISOString(),
        command,
        method: describeMethod(workload, settings),
        machine: describeMachine(settings),
        versions: listVersions(measured),
        results,
        left,
      });
      await writeResults({ folder, jsonFile, parts: readParts(kept) });
    },
    async write() {
      const parts = readParts(kept);
      if (!parts.some(({ results }) => results.length > 0)) throw new Error('Nothing could be measured.');
      await writeResults({ folder, jsonFile, parts });
      if (folder === PUBLISHED) await publish();
      print(`Written to ${path.relative(process.cwd(), folder)}.`);
      await printOutcome(parts);
    },
  };
}

/** Copies the published figures into the document that quotes them. */
async function publish() {
  const { DOCUMENT, makeDocument, PUBLISHED } = await import('./documents/publish.js');
  const results = JSON.parse(readFileSync(path.join(PUBLISHED, 'results.json'), 'utf8'));
  writeFileSync(DOCUMENT, await makeDocument(results));
}

/** Prints the main figures; memory that grows fails the run. */
async function printOutcome(parts) {
  const { formatGrowth } = await import('./harness/format-growth.js');
  const { formatOverview } = await import('./harness/format-overview.js');
  const { formatOrigins } = await import('./harness/format-page.js');
  const growth = parts.flatMap((part) => part.growth);
  print(['', formatOrigins(parts), ...formatOverview(parts), ...growth.flatMap(formatGrowth)].join('\n\n'));
  const growing = growth.filter(({ isSteady }) => !isSteady).map(({ peer }) => peer);
  if (growing.length > 0) throw new Error(`The memory of ${growing.join(' and ')} grows.`);
}

async function preparePeers(peers) {
  const missing = new Map();
  for (const peer of peers) {
    const reason = await preparePeer(peer);
    if (reason !== undefined) missing.set(peer.name, `not installed: ${reason}`);
  }
  return missing;
}

function describeCores(cores) {
  if (cores === undefined) return 'server and load share the cores, as there is no taskset or no second core';
  return `server on core ${cores.server}, load on core ${cores.load}`;
}
