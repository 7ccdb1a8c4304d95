-- KEYS page. ARGV shift, expected, session, kind, ttl, minimum age, whether the expected one holds batches of the page.
local now = serverTime(ARGV[1])
local known = redis.call('GET', KEYS[1])
local formers = ''
if known then
  local session, kind, at, before = string.match(known, '^(%S+) (%S+) (%d+) (%S*)$')
  if session ~= ARGV[2] or now - tonumber(at) < tonumber(ARGV[6]) then
    return known
  end
  formers = before
end
if ARGV[7] == '1' then
  formers = ARGV[2] .. (formers == '' and '' or ',' .. formers)
end
local made = ARGV[3] .. ' ' .. ARGV[4] .. ' ' .. number(now) .. ' ' .. formers
redis.call('SET', KEYS[1], made, 'PX', ARGV[5])
return made
