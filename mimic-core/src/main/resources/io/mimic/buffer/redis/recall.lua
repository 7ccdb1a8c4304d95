-- KEYS events, due, seen, sums. ARGV shift, member. Indexes a session anew that a Redis which evicts has thrown out of the indexes.
local m = redis.call('HMGET', KEYS[1], 'state', 'at')
if not m[1] then
  forgetLost(KEYS[2], KEYS[3], KEYS[4], ARGV[2])
elseif m[1] == '0' and not redis.call('ZSCORE', KEYS[2], ARGV[2]) then
  redis.call('ZADD', KEYS[2], number(serverTime(ARGV[1])), ARGV[2])
  redis.call('ZADD', KEYS[3], m[2], ARGV[2])
end
return 1
