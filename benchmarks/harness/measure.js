// One run: a fresh server, a warm-up, a measured interval.
import { sendLoad } from './load.js';
import { prepareRequest } from './log-in.js';
import { readCpuMicros, readRssMb } from './process-usage.js';
import { startServer, stopServer } from './server.js';

/** Gives the numbers of one run of a peer in a workload. */
export async function measure(peer, workload, { cores, generator, seconds, warmupSeconds }) {
  const server = await startServer(peer, workload, { core: cores?.server });
  try {
    const request = await prepareRequest(server.port, workload);
    const load = { generator, port: server.port, request, workload, core: cores?.load };
    await sendLoad({ ...load, seconds: warmupSeconds });
    const before = readCpuMicros(server.pid);
    const { requests, ...sent } = await sendLoad({ ...load, seconds });
    const cpuMicros = (readCpuMicros(server.pid) - before) / requests;
    return { ...sent, cpuMicros, rssMb: readRssMb(server.pid), startupMs: server.startupMs };
  } finally {
    await stopServer(server);
  }
}
