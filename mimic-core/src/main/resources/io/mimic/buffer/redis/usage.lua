-- KEYS seen, sums. ARGV shift, idle. Active, waiting, raw bytes, stored bytes, oldest time of a waiting one or 0.
local dead = serverTime(ARGV[1]) - tonumber(ARGV[2])
local waiting = redis.call('ZCOUNT', KEYS[1], '-inf', number(dead))
local oldest = waiting > 0 and redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2] or '0'
local sums = redis.call('HMGET', KEYS[2], 'raw', 'stored')
return { redis.call('ZCARD', KEYS[1]) - waiting, waiting, sums[1] or '0', sums[2] or '0', oldest }
