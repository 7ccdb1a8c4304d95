-- KEYS events, due, seen, old, alive, sums. ARGV shift, member, lease, claim's end, number of committed batches, idle, partial bytes, partial age, kept ms.
local now = serverTime(ARGV[1])
local bounds = { idle = tonumber(ARGV[6]), partialBytes = tonumber(ARGV[7]), partialAge = tonumber(ARGV[8]) }
local m = redis.call('HMGET', KEYS[1], 'state', 'at', 'lease', 'batches', 'leaseBatches', 'chunks', 'raw', 'hold', 'claimed', 'oldest')
if not m[1] or m[1] == '2' then
  return 0
end
if tonumber(ARGV[5]) > 0 then
  redis.call('HINCRBY', KEYS[1], 'generation', 1)
end
if m[1] == '1' then
  return 0
end
local held = m[3] == ARGV[3]
local left = tonumber(m[6])
if held and ARGV[4] == '1' and m[4] == m[5] and left == 0 then
  redis.call('HSET', KEYS[1], 'state', '1', 'lease', '', 'hold', '0', 'oldest', '0')
  redis.call('ZREM', KEYS[2], ARGV[2])
  redis.call('ZREM', KEYS[3], ARGV[2])
  redis.call('ZADD', KEYS[4], m[2], ARGV[2])
  redis.call('DEL', KEYS[5])
  redis.call('PEXPIRE', KEYS[1], ARGV[9])
  settleSums(KEYS[3], KEYS[6])
  return 1
end
local oldest = 0
if left > 0 then
  oldest = math.max(tonumber(m[10]), held and tonumber(m[9]) or 0)
end
local hold = held and 0 or tonumber(m[8])
if held then
  redis.call('HSET', KEYS[1], 'lease', '')
end
redis.call('HSET', KEYS[1], 'hold', number(hold), 'oldest', number(oldest))
redis.call('ZADD', KEYS[2], number(dueAt(tonumber(m[2]), tonumber(m[7]), oldest, hold, now, bounds)), ARGV[2])
return 0
