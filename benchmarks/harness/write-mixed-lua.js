// The script that has wrk send different requests in turn, with numbers of their own and the latest session.
import { COOKIE, MIXED_REQUESTS, NUMBER } from '../workloads/mixed-requests.js';
import { formatOne, quote, writeReport } from './write-lua.js';

/** The text of the script. `first` is the number of the first request. Refusals are expected: they don't count as failures. */
export function writeMixedLua(first) {
  return `
local texts = {}
local number = ${first}
local cookie = 'session=none'
init = function()
${MIXED_REQUESTS.map((request) => `  table.insert(texts, ${formatOne(request)})`).join('\n')}
end
request = function()
  number = number + 1
  local text = texts[number % #texts + 1]
  text = string.gsub(text, ${quote(NUMBER)}, string.format('%0${NUMBER.length}d', number))
  return (string.gsub(text, ${quote(COOKIE)}, cookie))
end
response = function(status, headers)
  local line = headers['Set-Cookie']
  if line then cookie = string.match(line, '^[^;]+') end
end
${writeReport('0')}`;
}
