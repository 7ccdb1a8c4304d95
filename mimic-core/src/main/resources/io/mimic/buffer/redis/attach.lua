-- KEYS events, due, sums. ARGV shift, member, field, raw bytes, value of the batch, idle, partial bytes, partial age. 0 when the session is not open.
local now = serverTime(ARGV[1])
local raw, stored = tonumber(ARGV[4]), storedBytes(ARGV[5], ARGV[4])
local bounds = { idle = tonumber(ARGV[6]), partialBytes = tonumber(ARGV[7]), partialAge = tonumber(ARGV[8]) }
local m = redis.call('HMGET', KEYS[1], 'state', 'at', 'raw', 'oldest', 'hold')
if m[1] ~= '0' or now > tonumber(m[2]) + bounds.idle then
  return 0
end
if redis.call('HEXISTS', KEYS[1], ARGV[3]) == 1 then
  return 1
end
local allRaw = tonumber(m[3]) + raw
local oldest = tonumber(m[4])
if oldest == 0 then
  oldest = now
end
redis.call('HSET', KEYS[1], 'raw', number(allRaw), 'oldest', number(oldest), ARGV[3], ARGV[5])
redis.call('HINCRBY', KEYS[1], 'batches', 1)
redis.call('HINCRBY', KEYS[1], 'chunks', 1)
redis.call('HINCRBY', KEYS[1], 'stored', stored)
redis.call('HINCRBY', KEYS[3], 'raw', raw)
redis.call('HINCRBY', KEYS[3], 'stored', stored)
redis.call('ZADD', KEYS[2], number(dueAt(tonumber(m[2]), allRaw, oldest, tonumber(m[5]), now, bounds)), ARGV[2])
return 1
