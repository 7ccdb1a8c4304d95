-- KEYS events, due. ARGV shift, member, lease, ms, 1 to keep the lease. Renews a lease, or gives it back for after a delay.
if redis.call('HGET', KEYS[1], 'lease') ~= ARGV[3] then
  return 0
end
local untilTime = number(serverTime(ARGV[1]) + tonumber(ARGV[4]))
redis.call('HSET', KEYS[1], 'hold', untilTime)
if ARGV[5] ~= '1' then
  redis.call('HSET', KEYS[1], 'lease', '')
end
redis.call('ZADD', KEYS[2], untilTime, ARGV[2])
return 1
