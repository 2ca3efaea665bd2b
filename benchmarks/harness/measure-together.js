// One round in which differences of a fraction of a microsecond are to be told: all servers are up at once and
// measured a second each in turn, there and back (A B C, C B A), so that what the machine does meanwhile meets all.
import { sendLoad } from './load.js';
import { prepareRequest } from './log-in.js';
import { readCpuMicros, readRssMb } from './process-usage.js';
import { startServer, stopServer } from './server.js';
import { findMedian } from './find-median.js';
import { fitWorkload } from '../peers/peers.js';

const SLICE_SECONDS = 1;

/** Gives the run of each peer, or the Error that kept it from one, in their order. */
export async function measureTogether(peers, workload, { cores, generator, seconds, warmupSeconds }) {
  const places = peers.map((peer) => ({ workload: fitWorkload(workload, peer), slices: [] }));
  const load = (place, length) => {
    const { request, server } = place;
    const target = { port: server.port, request, workload: place.workload, core: cores?.load };
    return sendLoad({ generator, ...target, seconds: length });
  };
  const attempt = async (place, action) => {
    if (place.error === undefined) await action(place).catch((error) => (place.error = error));
  };
  try {
    for (const [index, place] of places.entries()) {
      await attempt(place, async () => {
        place.server = await startServer(peers[index], place.workload, { core: cores?.server });
        place.request = await prepareRequest(place.server.port, place.workload);
        await load(place, warmupSeconds);
      });
    }
    for (let slice = 0; slice < seconds; slice += 1) {
      for (const place of slice % 2 === 0 ? places : places.toReversed()) {
        await attempt(place, async () => {
          const before = readCpuMicros(place.server.pid);
          const sent = await load(place, SLICE_SECONDS);
          place.slices.push({ ...sent, cpuMicros: readCpuMicros(place.server.pid) - before });
        });
      }
    }
    return places.map((place) => place.error ?? joinSlices(place));
  } finally {
    for (const { server } of places) if (server) await stopServer(server);
  }
}

function joinSlices({ slices, server }) {
  const sum = (name) => slices.reduce((total, slice) => total + slice[name], 0);
  const find = (name) => findMedian(slices.map((slice) => slice[name]));
  return {
    cpuMicros: sum('cpuMicros') / sum('requests'),
    requestsPerSecond: find('requestsPerSecond'),
    p50Ms: find('p50Ms'),
    p99Ms: find('p99Ms'),
    rssMb: readRssMb(server.pid),
    startupMs: server.startupMs,
  };
}
