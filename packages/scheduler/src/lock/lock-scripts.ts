import { redisScript } from '@sluice/redis';

/** The answers of the first script that are not a fence. */
export const REFUSALS = { '-1': 'held', '-2': 'done', '-3': 'ahead' } as const;

/**
 * KEYS: the holder, the fence, the last instant. ARGV: the token, the milliseconds to hold, the instant, whether other
 * runs are excluded, the milliseconds to keep the other keys, and those by which clocks may differ.
 *
 * A last instant that is far ahead was written when a clock was wrong; it must not stop the task for years. The fence
 * is at least the time, so that it also grows when Redis has lost its data, or the last of it.
 */
export const CLAIM = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local instant, keep, ahead = tonumber(ARGV[3]), ARGV[5], now + tonumber(ARGV[6])
if instant > ahead then return -3 end
local last = tonumber(redis.call('GET', KEYS[3]) or '0') or 0
if instant > 0 and last <= ahead and instant <= last then return -2 end
if ARGV[4] == '1' and not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return -1 end
if instant > 0 then redis.call('SET', KEYS[3], ARGV[3], 'PX', keep) end
local fence = math.max(now, (tonumber(redis.call('GET', KEYS[2]) or '0') or 0) + 1)
redis.call('SET', KEYS[2], string.format('%.0f', fence), 'PX', keep)
return fence
`);

export const RENEW = redisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

export const RELEASE = redisScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);
