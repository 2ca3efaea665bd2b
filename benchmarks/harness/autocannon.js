// The same load without wrk, in a process of its own: `node autocannon.js request.json`.
// Its latencies are whole milliseconds.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { port, request, connections, pipeline, expectsError, seconds } = settings;
const { path, ...rest } = request;
const result = await autocannon({
  url: `http://127.0.0.1:${port}${path}`,
  ...rest,
  connections,
  pipelining: pipeline,
  duration: seconds,
});
const requests = result['2xx'] + result.non2xx;
const report = {
  requests,
  requestsPerSecond: requests / result.duration,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  failures: (expectsError ? result['2xx'] : result.non2xx) + result.errors + result.timeouts,
};
process.stdout.write(`RESULT ${JSON.stringify(report)}\n`);
