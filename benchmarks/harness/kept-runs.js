// All runs behind a page, workload by workload, in runs.json: what a part of the suite measures replaces its
// workloads there, the others stay, each with its own date and machine.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { WORKLOADS } from '../workloads/workloads.js';
import { describeMethod } from './describe-machine.js';
import { summarize } from './summarize.js';

const DAY_MS = 24 * 3600 * 1000;

/** What is kept in a results folder; nothing where there is none. */
export function loadRuns(folder) {
  const file = path.join(folder, 'runs.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Keeps one more workload's runs, in the order of the workloads, and gives all that are kept. */
export function keepRuns(folder, kept, part) {
  const order = WORKLOADS.map(({ id }) => id);
  const all = [...kept.filter(({ workload }) => workload !== part.workload), part];
  all.sort((one, other) => order.indexOf(one.workload) - order.indexOf(other.workload));
  writeFileSync(path.join(folder, 'runs.json'), `${JSON.stringify(all, null, 2)}\n`);
  return all;
}

/** Whether these runs are what an interrupted command left: the same workload and method, within the last day. */
export function isRecent({ workload: id, method, date }, workload, settings) {
  const isSame = id === workload.id && method === describeMethod(workload, settings);
  return isSame && Date.now() - Date.parse(date) < DAY_MS;
}

/** The runs as rows: `workload` is the workload itself, and `growth` has what `growth` found. */
export function readParts(kept) {
  return kept.flatMap((part) => {
    const workload = WORKLOADS.find(({ id }) => id === part.workload);
    if (workload === undefined) return [];
    const isGrowth = workload.group === 'growth';
    const growth = part.results.map(({ peer, runs }) => ({ peer, ...runs[0] }));
    return [
      { ...part, workload, rows: isGrowth ? [] : summarize(part.results), growth: isGrowth ? growth : [] },
    ];
  });
}
