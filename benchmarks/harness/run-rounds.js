// The order of runs: workload by workload, and in each the peers in turn, A B C A B C, so that whatever the
// machine does meanwhile meets them all.
import { performance } from 'node:perf_hooks';
import { takesPart } from '../peers/peers.js';
import { findDifference } from './check-answers.js';
import { measure } from './measure.js';

/** Which peers answer as expected in which workload: `entries` to measure, `left` out with reasons. */
export async function checkEntries(workloads, peers, missing, print) {
  const entries = [];
  const left = [];
  for (const workload of workloads) {
    for (const peer of peers.filter((each) => takesPart(each, workload))) {
      const reason = missing.get(peer.name) ?? (await findDifference(peer, workload));
      if (reason === undefined) entries.push({ workload, peer });
      else left.push({ workload: workload.id, peer: peer.name, reason });
      print(`check  ${workload.id.padEnd(14)} ${peer.name.padEnd(24)} ${reason ?? 'same answers'}`);
    }
  }
  return { entries, left };
}

/** Measures all entries; gives `{ workload, peer, runs }` for each, and adds to `left` what failed. */
export async function runRounds({ entries, left }, settings, print) {
  const results = entries.map(({ workload, peer }) => ({ workload, peer, runs: [] }));
  const total = results.length * settings.rounds;
  const started = performance.now();
  let done = 0;
  for (const workload of new Set(entries.map((entry) => entry.workload))) {
    for (let round = 1; round <= settings.rounds; round += 1) {
      for (const result of results.filter((each) => each.workload === workload)) {
        const outcome = await tryRun(result, settings);
        done += 1;
        const secondsLeft = ((performance.now() - started) / 1000 / done) * (total - done);
        const name = `${workload.id.padEnd(14)} ${result.peer.name.padEnd(24)}`;
        print(
          `${`${done}/${total}`.padStart(9)}  round ${round}  ${name} ${outcome}  ${formatLeft(secondsLeft)}`,
        );
      }
    }
  }
  for (const { workload, peer, runs, failure } of results) {
    if (runs.length === 0) left.push({ workload: workload.id, peer: peer.name, reason: failure });
  }
  return results.filter((result) => result.runs.length > 0);
}

async function tryRun(result, settings) {
  try {
    const run = await measure(result.peer, result.workload, settings);
    result.runs.push(run);
    const rate = Math.round(run.requestsPerSecond).toLocaleString('en');
    return `${run.cpuMicros.toFixed(2).padStart(8)} µs ${rate.padStart(9)}/s`;
  } catch (error) {
    result.failure = error.message;
    return `FAILED: ${error.message}`;
  }
}

function formatLeft(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`;
}
