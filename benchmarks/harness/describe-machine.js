// Where and with what the numbers were made.
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SLUICE_PACKAGES } from '../peers/peers.js';
import { ROOT } from '../../.ci/install.mjs';

const FOLDER = path.resolve(import.meta.dirname, '..');

/** Processor, memory, system, and what was used of it. */
export function describeMachine({ cores, generator }) {
  const processors = os.cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(os.totalmem() / 1024 ** 3),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    serverCore: cores?.server ?? null,
    loadCore: cores?.load ?? null,
    loadGenerator: generator.version,
  };
}

/** How the numbers of a workload came about, as half a sentence. */
export function describeMethod(workload, settings) {
  const method = describeRounds(workload, settings);
  return settings.mode === undefined ? method : `${settings.mode}, ${method}`;
}

function describeRounds({ group }, { rounds, seconds, warmupSeconds, requests }) {
  if (group === 'growth') return `${requests.toLocaleString('en')} mixed requests to one process`;
  if (group === 'costs') {
    return `median of ${rounds} rounds of ${seconds} × 1 s in turn after ${warmupSeconds} s of warm-up, all servers up at once`;
  }
  return `median of ${rounds} interleaved rounds of ${seconds} s after ${warmupSeconds} s of warm-up`;
}

/** Node, Sluice, and the packages of the peers that were measured. */
export function listVersions(peers) {
  const versions = { node: process.versions.node };
  for (const name of SLUICE_PACKAGES)
    versions[`@sluice/${name}`] = readVersion(path.join(ROOT, 'packages', name));
  for (const name of new Set(peers.flatMap((peer) => peer.versions))) {
    versions[name] = readVersion(path.join(FOLDER, 'node_modules', name));
  }
  for (const peer of peers.filter((each) => each.language === 'python')) {
    for (const line of readFileSync(peer.requirements, 'utf8').trim().split('\n')) {
      const [name, version] = line.split('==');
      versions[`${name} (Python)`] = version;
    }
  }
  return versions;
}

function readVersion(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
}
