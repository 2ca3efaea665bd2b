import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import './served';

// The program of served.ts. While REFUSED_FILE is there, the system starts no process: Node emits an error or throws one.
const { REFUSED_FILE = '', REFUSAL } = process.env;
const { execPath } = process;
const { fork } = cluster;

cluster.fork = (env) => {
  const isRefused = existsSync(REFUSED_FILE);
  if (isRefused && REFUSAL === 'thrown') throw new Error('spawn ENOMEM');
  process.execPath = isRefused ? '/no/such/node' : execPath;
  return fork.call(cluster, env);
};
