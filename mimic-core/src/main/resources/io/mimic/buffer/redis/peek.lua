-- KEYS events. ARGV page, seq. What an earlier session of a page knows: highest number or -1, client, whether seq was seen, its answer, time.
local m = redis.call('HMGET', KEYS[1], 'client', 'at', 'p:' .. ARGV[1])
if not m[3] then
  return { -1, m[1] or '', 0, 0, m[2] or '0' }
end
local info = parsePage(m[3])
local seq = tonumber(ARGV[2])
return { info.last, m[1] or '', seen(info, seq) and 1 or 0, answerOf(info, seq), m[2] or '0' }
