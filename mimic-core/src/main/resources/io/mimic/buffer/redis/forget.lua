-- KEYS events, old. ARGV member, before.
local m = redis.call('HMGET', KEYS[1], 'state', 'at')
if m[1] == '0' then
  redis.call('ZREM', KEYS[2], ARGV[1])
elseif not m[1] or tonumber(m[2]) < tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return 1
