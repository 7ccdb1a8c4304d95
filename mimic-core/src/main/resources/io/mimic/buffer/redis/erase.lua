-- KEYS events, due, seen, sums, old, alive. ARGV member, kept ms. The numbers seen stay, so that a repetition is not stored again.
-- Answers how many batches there were, and their raw bytes.
local m = redis.call('HMGET', KEYS[1], 'state', 'raw', 'stored', 'at', 'chunks')
if not m[1] then
  return { 0, 0 }
end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.match(field, '^%x+:%d+$') then
    redis.call('HDEL', KEYS[1], field)
  end
end
redis.call('HINCRBY', KEYS[4], 'raw', 0 - tonumber(m[2]))
redis.call('HINCRBY', KEYS[4], 'stored', 0 - tonumber(m[3]))
redis.call('HDEL', KEYS[1], 'client')
redis.call('HSET', KEYS[1], 'state', '2', 'raw', '0', 'stored', '0', 'chunks', '0', 'oldest', '0', 'lease', '')
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[5], m[4], ARGV[1])
redis.call('DEL', KEYS[6])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
settleSums(KEYS[3], KEYS[4])
return { tonumber(m[5]), tonumber(m[2]) }
