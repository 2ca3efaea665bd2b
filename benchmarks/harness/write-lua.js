// The script that tells wrk what to send and how to report.

/** The text of the script; `pipeline` requests are written at once. Statuses from 400 on are failures, or all others. */
export function writeLua(request, pipeline, expectsError = false) {
  return `
local one
init = function()
  one = string.rep(${formatOne(request)}, ${pipeline})
end
request = function() return one end
${writeReport(expectsError ? 'summary.requests - e.status' : 'e.status')}`;
}

/** The report, with the expression that counts wrong statuses. */
export const writeReport = (wrongStatuses) => `
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"requestsPerSecond":%.3f,"p50Ms":%.4f,"p99Ms":%.4f,"failures":%d}\\n',
    summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.timeout + (${wrongStatuses})))
end
`;

/** The expression that makes one request's text. */
export function formatOne({ method, path, headers, body }) {
  const fields = Object.entries(headers).map(([name, value]) => `[${quote(name)}] = ${quote(value)}`);
  const rest = `{ ${fields.join(', ')} }, ${body === undefined ? 'nil' : quote(body)}`;
  return `wrk.format(${quote(method)}, ${quote(path)}, ${rest})`;
}

/** A Lua string. What JSON escapes, Lua escapes alike: quotes, backslashes, line ends. */
export function quote(text) {
  return JSON.stringify(text);
}
