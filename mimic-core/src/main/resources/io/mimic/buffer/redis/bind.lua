-- KEYS page. ARGV shift, session, kind, ttl. Answers the page's binding; makes it if there is none.
local known = redis.call('GET', KEYS[1])
if known then
  return known
end
local made = ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. number(serverTime(ARGV[1])) .. ' '
redis.call('SET', KEYS[1], made, 'PX', ARGV[4])
return made
