-- KEYS events, due, seen, sums. ARGV shift, member, lease, lease ms, idle. Nothing when it is not due any more.
local now = serverTime(ARGV[1])
local score = redis.call('ZSCORE', KEYS[2], ARGV[2])
if not score or tonumber(score) > now then
  return false
end
local m = redis.call('HMGET', KEYS[1], 'state', 'started', 'at', 'client', 'batches')
if not m[1] then
  forgetLost(KEYS[2], KEYS[3], KEYS[4], ARGV[2])
  return false
end
if m[1] ~= '0' then
  redis.call('ZREM', KEYS[2], ARGV[2])
  return false
end
local untilTime = number(now + tonumber(ARGV[4]))
redis.call('HSET', KEYS[1], 'lease', ARGV[3], 'hold', untilTime, 'leaseBatches', m[5], 'claimed', number(now))
redis.call('ZADD', KEYS[2], untilTime, ARGV[2])
return { tonumber(m[3]) + tonumber(ARGV[5]) <= now and 1 or 0, m[2], m[3], m[4] or '' }
