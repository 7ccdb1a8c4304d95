-- KEYS events, alive, due, seen, sums, old
-- ARGV 1 shift, 2 member, 3 page, 4 seq, 5 raw bytes, 6 body, 7 client, 8 idle, 9 resume, 10 max duration, 11 partial bytes,
--      12 partial age, 13 may begin, 14 promised at, 15 base or -1, 16 formers were asked, 17 page had another session,
--      18 client of the session before, 19 no session may begin since the ceiling is reached
-- Answers what became of it, the answer's bits, the client metadata, the time, the highest number of the page.
local now = serverTime(ARGV[1])
local page, seq, raw = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local bounds = { idle = tonumber(ARGV[8]), partialBytes = tonumber(ARGV[11]), partialAge = tonumber(ARGV[12]) }
local field = 'p:' .. page
local m = redis.call('HMGET', KEYS[1], 'state', 'started', 'at', 'client', 'pages', 'generation', 'raw', 'oldest', 'hold', field, 'batches', 'chunks', 'stored')
local info = m[10] and parsePage(m[10])

if info and seen(info, seq) then
  return { 'duplicate', answerOf(info, seq), m[4] or '', m[3], -1 }
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
    return { 'gone', 0, m[4] or '', m[3], info and highest(info) or -1 }
  end
  resumed = not open
  at = math.max(now, last)
end

if not info then
  if ARGV[15] == '-1' then
    return { 'former', 0, '', '0', -1 }
  end
elseif seq < info.base and ARGV[16] ~= '1' then
  return { 'former', 0, '', '0', -1 }
end

local generation = created and 0 or tonumber(m[6])
local snapshot
if info then
  snapshot = info.generation < generation
  info.generation = generation
else
  snapshot = ARGV[17] == '1' or seq > 0
  info = { place = created and 1 or tonumber(m[5]) + 1, generation = generation, base = tonumber(ARGV[15]), ranges = '', answers = '' }
end
local answer = (created and 1 or 0) + (resumed and 2 or 0) + (snapshot and 4 or 0)
accept(info, seq, answer)

local client = m[4] or (ARGV[7] ~= '' and ARGV[7]) or (created and ARGV[18]) or ''
local allRaw = (created and 0 or tonumber(m[7])) + raw
local oldest = created and 0 or tonumber(m[8])
if oldest == 0 then
  oldest = now
end
local hold = created and 0 or tonumber(m[9])
if created then
  redis.call('HSET', KEYS[1], 'started', number(now), 'generation', '0', 'hold', '0', 'lease', '', 'leaseBatches', '0', 'claimed', '0')
elseif m[1] ~= '0' then
  redis.call('PERSIST', KEYS[1])
  redis.call('ZREM', KEYS[6], ARGV[2])
end
redis.call('HSET', KEYS[1],
  'state', '0', 'at', number(at), 'client', client, 'pages', number(math.max(info.place, created and 1 or tonumber(m[5]))),
  'raw', number(allRaw), 'oldest', number(oldest), field, pageText(info),
  'batches', number(tonumber(m[11] or '0') + 1), 'chunks', number(tonumber(m[12] or '0') + 1), 'stored', number(tonumber(m[13] or '0') + #ARGV[6]),
  page .. ':' .. number(seq), number(raw) .. ' ' .. ARGV[6])
redis.call('HINCRBY', KEYS[5], 'raw', raw)
redis.call('HINCRBY', KEYS[5], 'stored', #ARGV[6])
redis.call('ZADD', KEYS[3], number(dueAt(at, allRaw, oldest, hold, now, bounds)), ARGV[2])
redis.call('ZADD', KEYS[4], number(at), ARGV[2])
redis.call('SET', KEYS[2], '', 'PX', ARGV[8])
return { 'stored', answer, client, number(at), -1 }
