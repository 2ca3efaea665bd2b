// The script that tells wrk what to send and how to report.
const REPORT = `
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"requestsPerSecond":%.3f,"p50Ms":%.4f,"p99Ms":%.4f,"failures":%d}\\n',
    summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
`;

/** The text of the script; `pipeline` requests are written at once. */
export function writeLua({ method, path, headers, body }, pipeline) {
  const fields = Object.entries(headers).map(([name, value]) => `[${quote(name)}] = ${quote(value)}`);
  return `
local one
init = function()
  one = wrk.format(${quote(method)}, ${quote(path)}, { ${fields.join(', ')} }, ${body === undefined ? 'nil' : quote(body)})
  one = string.rep(one, ${pipeline})
end
request = function() return one end
${REPORT}`;
}

/** A Lua string. What JSON escapes, Lua escapes alike: quotes, backslashes, line ends. */
function quote(text) {
  return JSON.stringify(text);
}
