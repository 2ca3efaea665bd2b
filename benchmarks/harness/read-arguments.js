// The command line: `--only a,d --peers raw,sluice --rounds 3 --seconds 5 --merge --json FILE --out FOLDER`.
import { parseArgs } from 'node:util';
import { PEERS } from '../peers/peers.js';
import { WORKLOADS } from '../workloads/workloads.js';

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
const QUICK = { rounds: 3, seconds: 2, warmup: 1, requests: 1_000_000 };

/** What is to be run. Throws an Error with the names there are for a name there isn't. */
export function readArguments(args) {
  const { values } = parseArgs({ args, options: OPTIONS, allowPositionals: false });
  const defaults = values.quick ? QUICK : THOROUGH;
  const readNumber = (name) => parseNumber(name, values[name] ?? defaults[name]);
  const isPart = values.only !== undefined || values.peers !== undefined;
  return {
    workloads: findWorkloads(values.only),
    peers: findPeers(values.peers),
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

/** Workloads by id or by group (`fastrapi`, `costs`); all without a list. */
export function findWorkloads(list) {
  return selectNamed('workload', list, WORKLOADS, (workload) => [workload.id, workload.group]);
}

/** Peers by name. `costs` stands for the applications of that suite. */
export function findPeers(list) {
  return selectNamed('peer', list, PEERS, (peer) => [peer.name, ...(peer.groups ?? [])]);
}

function selectNamed(kind, list, all, listNames) {
  if (list === undefined) return all;
  const wanted = list.split(',').map((name) => name.trim());
  const known = new Set(all.flatMap(listNames));
  const unknown = wanted.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`No ${kind} "${unknown}"; there are ${[...known].join(', ')}.`);
  return all.filter((each) => listNames(each).some((name) => wanted.includes(name)));
}

function parseNumber(name, text) {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a number above 0.`);
  return number;
}
