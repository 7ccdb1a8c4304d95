-- KEYS events, alive, due, seen, sums, old
-- ARGV 1 shift, 2 member, 3 page, 4 seq, 5 raw bytes, 6 value of the batch, 7 client, 8 idle, 9 resume, 10 max duration, 11 partial bytes,
--      12 partial age, 13 may begin, 14 promised at, 15 base or -1, 16 formers were asked, 17 page had another session,
--      18 client of the session before, 19 no session may begin since the ceiling is reached
-- Answers what became of it, the answer's bits, the client metadata, the time, the highest number of the page.
local now = serverTime(ARGV[1])
local page, seq, raw, stored = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), storedBytes(ARGV[6], ARGV[5])
local bounds = { idle = tonumber(ARGV[8]), partialBytes = tonumber(ARGV[11]), partialAge = tonumber(ARGV[12]) }
local field = 'p:' .. page
local m = redis.call('HMGET', KEYS[1], 'state', 'started', 'at', 'client', 'pages', 'generation', 'raw', 'oldest', 'hold', field, 'batches', 'chunks', 'stored')
local known = m[10] and parsePage(m[10])

if known and seen(known, seq) then
  return { 'duplicate', answerOf(known, seq), m[4] or '', m[3], -1 }
end

local created = not m[1]
local resumed = false
local at = now
if created then
  if ARGV[13] ~= '1' then
    return { 'missing', 0, '', '0', -1 }
  end
  if now - tonumber(ARGV[14]) > 60000 then
    return { 'late', 0, '', '0', -1 }
  end
  if ARGV[19] == '1' then
    return { 'full', 0, '', '0', -1 }
  end
else
  local last = tonumber(m[3])
  local open = m[1] == '0' and now <= last + bounds.idle
  local resumable = tonumber(ARGV[9]) > 0 and now - last <= tonumber(ARGV[9])
  if m[1] == '2' or now - tonumber(m[2]) >= tonumber(ARGV[10]) or not (open or resumable) then
    return { 'gone', 0, m[4] or '', m[3], known and known.last or -1 }
  end
  resumed = not open
  at = math.max(now, last)
end

if not known then
  if ARGV[15] == '-1' then
    return { 'former', 0, '', '0', -1 }
  end
elseif seq < known.base and ARGV[16] ~= '1' then
  return { 'former', 0, '', '0', -1 }
end

local generation = created and 0 or tonumber(m[6])
local info = known
local snapshot
if info then
  snapshot = info.generation < generation
  info.generation = generation
else
  snapshot = ARGV[17] == '1' or seq > 0
  info = { place = created and 1 or tonumber(m[5]) + 1, generation = generation, base = tonumber(ARGV[15]), before = '', answers = '' }
end
local answer = (created and 1 or 0) + (resumed and 2 or 0) + (snapshot and 4 or 0)
accept(info, seq, answer)

local client = m[4] or (ARGV[7] ~= '' and ARGV[7]) or (created and ARGV[18]) or ''
local allRaw = (created and 0 or tonumber(m[7])) + raw
local oldest = created and 0 or tonumber(m[8])
local hold = created and 0 or tonumber(m[9])
if created then
  redis.call('HSET', KEYS[1], 'started', number(now), 'client', client, 'generation', '0', 'hold', '0', 'lease', '', 'leaseBatches', '0', 'claimed', '0')
elseif m[1] ~= '0' then
  redis.call('PERSIST', KEYS[1])
  redis.call('ZREM', KEYS[6], ARGV[2])
end
if m[1] ~= '0' or oldest == 0 or not known then
  oldest = oldest == 0 and now or oldest
  redis.call('HSET', KEYS[1], 'state', '0', 'oldest', number(oldest), 'pages', number(math.max(info.place, created and 1 or tonumber(m[5]))))
end
local atText = number(at)
redis.call('HSET', KEYS[1], 'at', atText, 'raw', number(allRaw), field, pageText(info),
  'batches', number(tonumber(m[11] or '0') + 1), 'chunks', number(tonumber(m[12] or '0') + 1), 'stored', number(tonumber(m[13] or '0') + stored),
  page .. ':' .. ARGV[4], ARGV[6])
redis.call('HINCRBY', KEYS[5], 'raw', ARGV[5])
redis.call('HINCRBY', KEYS[5], 'stored', stored)
redis.call('ZADD', KEYS[3], number(dueAt(at, allRaw, oldest, hold, now, bounds)), ARGV[2])
redis.call('ZADD', KEYS[4], atText, ARGV[2])
redis.call('SET', KEYS[2], '', 'PX', ARGV[8])
return { 'stored', answer, client, atText, -1 }
