-- KEYS events, sums. ARGV fields of batches that are committed.
local raw, stored, count = 0, 0, 0
for _, field in ipairs(ARGV) do
  local value = redis.call('HGET', KEYS[1], field)
  if value then
    local size = string.match(value, '^(%d+) ')
    raw = raw + tonumber(size)
    stored = stored + #value - #size - 1
    count = count + 1
    redis.call('HDEL', KEYS[1], field)
  end
end
if count > 0 then
  redis.call('HINCRBY', KEYS[1], 'raw', 0 - raw)
  redis.call('HINCRBY', KEYS[1], 'stored', 0 - stored)
  redis.call('HINCRBY', KEYS[1], 'chunks', 0 - count)
  redis.call('HINCRBY', KEYS[2], 'raw', 0 - raw)
  redis.call('HINCRBY', KEYS[2], 'stored', 0 - stored)
end
return count
