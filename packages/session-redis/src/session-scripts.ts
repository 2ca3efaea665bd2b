import { redisScript } from '@sluice/redis';

/**
 * A record is a hash: `v` its version, `d` its data. A record that was destroyed is one that has only `x`, for a while.
 * Every script has one key, so it runs on whichever node of a cluster has it.
 */
export const READ = redisScript(`
return redis.call('HMGET', KEYS[1], 'v', 'd')
`);

/** Version, data, milliseconds. */
export const WRITE = redisScript(`
local version = redis.call('HGET', KEYS[1], 'v')
if not version and redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
if (version or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'v', string.format('%.0f', ARGV[1] + 1), 'd', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`);

/** Version, milliseconds. */
export const TOUCH = redisScript(`
if redis.call('HGET', KEYS[1], 'v') ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`);

/** Milliseconds. A Redis without memory refuses the mark, but not the removal: a logout works. */
export const DESTROY = redisScript(`
local data = redis.call('HGET', KEYS[1], 'd')
redis.call('DEL', KEYS[1])
local mark = redis.pcall('HSET', KEYS[1], 'x', '1')
if type(mark) == 'number' then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return data
`);

export const READ_EPOCH = redisScript(`
return redis.call('GET', KEYS[1])
`);

/** Milliseconds. An epoch is a time, so that it is later than all before, even after one was forgotten. */
export const RAISE_EPOCH = redisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local before = tonumber(redis.call('GET', KEYS[1]) or 0)
redis.call('SET', KEYS[1], string.format('%.0f', math.max(now, before + 1)), 'PX', ARGV[1])
return 1
`);
