// The order of runs: workload by workload, and in each the peers in turn, A B C A B C, so that whatever the
// machine does meanwhile meets them all.
import { takesPart } from '../peers/peers.js';
import { findDifference } from './check-answers.js';
import { judgeGrowth } from './judge-growth.js';
import { measure } from './measure.js';
import { measureGrowth } from './measure-growth.js';
import { measureTogether } from './measure-together.js';
import { startProgress } from './progress.js';

/** Which peers answer as expected, workload by workload: `peers` to measure, `left` out with reasons. */
export async function checkEntries({ workloads, peers, isWanted }, missing, print) {
  const entries = [];
  for (const workload of workloads) {
    const entry = { workload, peers: [], left: [] };
    for (const peer of peers.filter((each) => takesPart(each, workload) && isWanted(each, workload))) {
      const reason = missing.get(peer.name) ?? (await findDifference(peer, workload));
      if (reason === undefined) entry.peers.push(peer);
      else entry.left.push({ peer: peer.name, reason });
      print(`check  ${workload.id.padEnd(14)} ${peer.name.padEnd(26)} ${reason ?? 'same answers'}`);
    }
    if (entry.peers.length + entry.left.length > 0) entries.push(entry);
  }
  return entries;
}

/** Measures the entries one after another and gives each to `finish`, with `results` and who else was left out. */
export async function runRounds(entries, settings, print, finish) {
  const total = entries.reduce((sum, entry) => sum + countRuns(entry, settings), 0);
  const progress = startProgress(total, print);
  for (const { workload, peers, left } of entries) {
    const results = peers.map((peer) => ({ peer: peer.name, runs: [] }));
    await findMethod(workload)({ workload, peers, results, settings, progress });
    const failed = results.filter(({ runs }) => runs.length === 0);
    await finish({
      workload,
      results: results.filter(({ runs }) => runs.length > 0),
      left: [...left, ...failed.map(({ peer, failure }) => ({ peer, reason: failure }))],
    });
  }
}

function findMethod({ group }) {
  if (group === 'growth') return runGrowth;
  return group === 'costs' ? runTogether : runInTurn;
}

function countRuns({ workload, peers }, { rounds }) {
  return workload.group === 'growth' ? peers.length : peers.length * rounds;
}

async function runInTurn({ workload, peers, results, settings, progress }) {
  for (let round = 1; round <= settings.rounds; round += 1) {
    for (const [index, peer] of peers.entries()) {
      const run = await measure(peer, workload, settings).catch((error) => error);
      note(results[index], round, run, workload, progress);
    }
  }
}

async function runTogether({ workload, peers, results, settings, progress }) {
  for (let round = 1; round <= settings.rounds; round += 1) {
    const runs = await measureTogether(peers, workload, settings);
    for (const [index, run] of runs.entries()) note(results[index], round, run, workload, progress);
  }
}

/** One run, whatever the rounds. */
async function runGrowth({ workload, peers, results, settings, progress }) {
  for (const [index, peer] of peers.entries()) {
    const name = peer.name;
    try {
      const samples = await measureGrowth(peer, workload, settings, (sample) =>
        progress.report(name, sample),
      );
      results[index].runs.push({ samples, ...judgeGrowth(samples) });
    } catch (error) {
      results[index].failure = error.message;
    }
    progress.tick(`${workload.id.padEnd(14)} ${name.padEnd(26)} ${results[index].failure ?? 'done'}`);
  }
}

function note(result, round, run, workload, progress) {
  if (run instanceof Error) result.failure = run.message;
  else result.runs.push({ round, ...run });
  progress.tick(`round ${round}  ${workload.id.padEnd(14)} ${result.peer.padEnd(26)} ${describe(run)}`);
}

function describe(run) {
  if (run instanceof Error) return `FAILED: ${run.message}`;
  const rate = Math.round(run.requestsPerSecond).toLocaleString('en');
  return `${run.cpuMicros.toFixed(2).padStart(8)} µs ${rate.padStart(9)}/s`;
}
