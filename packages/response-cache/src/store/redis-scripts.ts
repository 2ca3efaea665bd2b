import { redisScript } from '@sluice/redis';

/** The names that are kept for entries to compare with; when there are more, entries from before the oldest ones are gone. */
const MOST_NAMES = 10_000;

/** Reads an entry and the milliseconds for which it is still kept. */
export const READ = redisScript(`
local text = redis.call('GET', KEYS[1])
if not text then return {} end
return { text, redis.call('PTTL', KEYS[1]) }
`);

/** Keeps an entry for so many milliseconds. */
export const SAVE = redisScript(`return redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`);

export const REMOVE = redisScript(`return redis.call('DEL', KEYS[1])`);

/**
 * The purges are one sorted set: names by the number of their latest purge, `!n` with the number of the latest of all, and
 * `!f`: entries from before this number are gone. The numbers are microseconds of the clock of Redis, and only grow. If
 * the set is lost, its history is unknown, and so everything from before counts as purged. Then the clock may be behind the
 * numbers that a process has seen: the next ones must be above those, or it would never ask for them.
 */
const NEXT = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local known = redis.call('ZSCORE', KEYS[1], '!n')
`;

/** Returns the latest number, and, if it is above ARGV[1], the floor and the names with their numbers since then. */
export const READ_PURGES = redisScript(`${NEXT}
local seen = tonumber(ARGV[1])
if not known or tonumber(known) < seen then
  known = string.format('%.0f', math.max(now, seen + 1))
  redis.call('ZADD', KEYS[1], known, '!n', known, '!f')
end
if tonumber(known) <= seen then return { known } end
local floor = redis.call('ZSCORE', KEYS[1], '!f')
return { known, floor, redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES') }
`);

/** Purges the names of ARGV. Returns the number of the purge. */
export const PURGE = redisScript(`${NEXT}
local number = string.format('%.0f', math.max(now, tonumber(known or '0') + 1))
redis.call('ZADD', KEYS[1], number, '!n')
if not known then redis.call('ZADD', KEYS[1], number, '!f') end
for _, name in ipairs(ARGV) do redis.call('ZADD', KEYS[1], number, name) end
local more = redis.call('ZCARD', KEYS[1]) - ${MOST_NAMES}
if more > 0 then
  local gone = redis.call('ZPOPMIN', KEYS[1], more + ${MOST_NAMES / 10})
  redis.call('ZADD', KEYS[1], gone[#gone], '!f')
end
return number
`);
