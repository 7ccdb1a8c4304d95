-- '%d' is three times as quick, but a 32-bit Redis holds no larger numbers in it
local function number(value)
  return string.format(value < 2147483648 and '%d' or '%.0f', value)
end

local function serverTime(shift)
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(shift)
end

-- Of a batch's value, which is raw size, space, chunk. It comes ready made, since Lua reads each text that it makes from end to end.
local function storedBytes(value, raw)
  return #value - #raw - 1
end

-- What a session knows of a page: place, generation, base, ranges of accepted numbers (taken apart before the last number), answers that were
-- more than 0.
local function parsePage(text)
  local place, generation, base, before, last, answers = string.match(text, '^(%d+) (%d+) (%d+) ([%d,%-]-)(%d+) ([%d,:]*)$')
  return { place = tonumber(place), generation = tonumber(generation), base = tonumber(base), before = before, last = tonumber(last), answers = answers }
end

local function pageText(page)
  return number(page.place) .. ' ' .. number(page.generation) .. ' ' .. number(page.base) .. ' ' .. page.before .. number(page.last) .. ' ' .. page.answers
end

local function ranges(page)
  return string.gmatch(page.before .. number(page.last), '(%d+)%-?(%d*)')
end

local function seen(page, seq)
  if seq > page.last then
    return false
  end
  for from, to in ranges(page) do
    if seq >= tonumber(from) and seq <= tonumber(to ~= '' and to or from) then
      return true
    end
  end
  return false
end

local function answerOf(page, seq)
  return tonumber(string.match(',' .. page.answers .. ',', ',' .. number(seq) .. ':(%d+),') or '0')
end

local function insert(page, seq)
  local list = { { seq, seq } }
  for from, to in ranges(page) do
    list[#list + 1] = { tonumber(from), tonumber(to ~= '' and to or from) }
  end
  table.sort(list, function(a, b) return a[1] < b[1] end)
  local out = {}
  local current = list[1]
  for i = 2, #list do
    if list[i][1] == current[2] + 1 then
      current[2] = list[i][2]
    else
      out[#out + 1] = current
      current = list[i]
    end
  end
  local before = ''
  for _, range in ipairs(out) do
    before = before .. (range[1] == range[2] and '' or number(range[1]) .. '-') .. number(range[2]) .. ','
  end
  page.before = before .. (current[1] == current[2] and '' or number(current[1]) .. '-')
  page.last = current[2]
end

local function accept(page, seq, answer)
  if not page.last then
    page.last = seq
  elseif seq == page.last + 1 then
    -- nearly always it is the one after all that came before
    if string.sub(page.before, -1) ~= '-' then
      page.before = page.before .. number(page.last) .. '-'
    end
    page.last = seq
  else
    insert(page, seq)
  end
  if answer > 0 then
    page.answers = (page.answers == '' and '' or page.answers .. ',') .. number(seq) .. ':' .. number(answer)
  end
end

-- When a session waits for the archive: idle, too many bytes, or too old; never before a lease or a delay has passed.
local function dueAt(at, raw, oldest, hold, now, bounds)
  local due = at + bounds.idle
  if raw >= bounds.partialBytes then
    due = math.min(due, now)
  end
  if oldest > 0 then
    due = math.min(due, oldest + bounds.partialAge)
  end
  return math.max(due, hold)
end

-- The sums of a partition without sessions are nothing, whatever a Redis that evicts has thrown away of it.
local function settleSums(seenKey, sumsKey)
  if redis.call('ZCARD', seenKey) == 0 then
    redis.call('DEL', sumsKey)
  end
end

-- The session itself is gone, by eviction: what points to it goes too.
local function forgetLost(dueKey, seenKey, sumsKey, member)
  redis.call('ZREM', dueKey, member)
  redis.call('ZREM', seenKey, member)
  settleSums(seenKey, sumsKey)
end
