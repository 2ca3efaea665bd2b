import { redisScript } from '@sluice/redis';

/** Values of a policy in the arguments of the script. */
export const VALUES_PER_KEY = 2;

/**
 * The same algorithm in Redis, for several policies at once, in microseconds by the clock of Redis: those of processes
 * differ. For each key: the window, and the time that the request takes. It answers, for each key, the time used and the
 * time to wait. Texts are formatted by hand, because Lua writes large numbers with 14 digits only.
 */
export const GCRA_SCRIPT = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local reply, ends, refused = {}, {}, false
for i = 1, #KEYS do
  local window, taken = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local used = (tonumber(redis.call('GET', KEYS[i]) or now) or now) - now
  if used < 0 then used = 0 end
  if used > window then used = window end
  local wait = math.ceil(used + taken - window - 1)
  if wait > 0 then refused = true else wait = 0 end
  ends[i] = used + taken
  reply[2 * i - 1] = math.floor(used)
  reply[2 * i] = wait
end
if refused then return reply end
for i = 1, #KEYS do
  if tonumber(ARGV[2 * i]) > 0 then
    redis.call('SET', KEYS[i], string.format('%.0f', now + ends[i]), 'PX', math.ceil(ends[i] / 1000))
  end
  reply[2 * i - 1] = math.floor(ends[i])
end
return reply
`);
