// The command line: `--only a,d --peers raw,sluice --rounds 3 --seconds 5 --merge --json FILE --out FOLDER`.
import { parseArgs } from 'node:util';
import { COMPARED, COMPARED_WORKLOADS } from '../charts/comparison-chart.js';
import { PEERS } from '../peers/peers.js';
import { WORKLOADS } from '../workloads/workloads.js';
import { isEqual } from './summarize.js';

const OPTIONS = {
  only: { type: 'string' },
  peers: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  warmup: { type: 'string' },
  requests: { type: 'string' },
  quick: { type: 'boolean', default: false },
  merge: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  json: { type: 'string' },
  out: { type: 'string' },
};

const THOROUGH = { rounds: 5, seconds: 5, warmup: 2, requests: 10_000_000 };
const QUICK = { rounds: 5, seconds: 2, warmup: 1, requests: 1_000_000 };

/** The workloads of docs/performance.md; with --quick the others are measured only where they are named. */
const QUICK_WORKLOADS = 'a,b,c,d,e,f,g,h,i,j,k,l,startup,costs';

/** Stands for the workloads of the README's chart, with the peers that it shows. */
const CHART = 'chart';

/** What is to be run. Throws an Error with the names there are for a name there isn't. */
export function readArguments(args) {
  const { values } = parseArgs({ args, options: OPTIONS, allowPositionals: false });
  const defaults = values.quick ? QUICK : THOROUGH;
  const readNumber = (name) => parseNumber(name, values[name] ?? defaults[name]);
  const isPart = values.only !== undefined || values.peers !== undefined || values.quick;
  const only = values.only ?? (values.quick ? QUICK_WORKLOADS : undefined);
  return {
    workloads: findWorkloads(only),
    peers: findPeers(values.peers),
    isWanted: chooseFilter(only, values),
    mode: values.quick ? 'quick mode' : undefined,
    rounds: readNumber('rounds'),
    seconds: readNumber('seconds'),
    warmupSeconds: readNumber('warmup'),
    requests: readNumber('requests'),
    isMerged: values.merge || values.resume,
    isResumed: values.resume,
    isPart: isPart && !values.merge && !values.resume,
    checkOnly: values.check,
    jsonFile: values.json,
    outFolder: values.out,
  };
}

/** Which peers a workload needs: those of the published figures with --quick or `--only chart`, else all. */
function chooseFilter(only, { quick, peers }) {
  const isChart = splitList(only).includes(CHART);
  return (peer, workload) => {
    if (peers !== undefined || !(quick || isChart)) return true;
    if (COMPARED_WORKLOADS.includes(workload.id)) return peer.name in COMPARED;
    if (!quick || workload.group === 'costs' || workload.id === 'l') return true;
    return ['raw', 'sluice'].includes(peer.name) || isEqual(peer.name);
  };
}

/** Workloads by id or by group (`fastrapi`, `costs`, `chart`); all without a list. */
export function findWorkloads(list) {
  return selectNamed('workload', list, WORKLOADS, ({ id, group }) => [
    id,
    group,
    ...(COMPARED_WORKLOADS.includes(id) ? [CHART] : []),
  ]);
}

/** Peers by name. `costs` stands for the applications of that suite. */
export function findPeers(list) {
  return selectNamed('peer', list, PEERS, (peer) => [peer.name, ...(peer.groups ?? [])]);
}

function selectNamed(kind, list, all, listNames) {
  if (list === undefined) return all;
  const wanted = splitList(list);
  const known = new Set(all.flatMap(listNames));
  const unknown = wanted.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`No ${kind} "${unknown}"; there are ${[...known].join(', ')}.`);
  return all.filter((each) => listNames(each).some((name) => wanted.includes(name)));
}

function splitList(list = '') {
  return list.split(',').map((name) => name.trim());
}

function parseNumber(name, text) {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0.`);
  return number;
}
