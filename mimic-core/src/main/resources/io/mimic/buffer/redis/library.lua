local function number(value)
  return string.format('%.0f', value)
end

local function serverTime(shift)
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(shift)
end

-- What a session knows of a page: place, generation, base, ranges of accepted numbers, answers that were more than 0.
local function parsePage(text)
  local place, generation, base, ranges, answers = string.match(text, '^(%d+) (%d+) (%d+) ([%d,%-]*) ([%d,:]*)$')
  return { place = tonumber(place), generation = tonumber(generation), base = tonumber(base), ranges = ranges, answers = answers }
end

local function pageText(page)
  return number(page.place) .. ' ' .. number(page.generation) .. ' ' .. number(page.base) .. ' ' .. page.ranges .. ' ' .. page.answers
end

local function seen(page, seq)
  for from, to in string.gmatch(page.ranges, '(%d+)%-?(%d*)') do
    if seq >= tonumber(from) and seq <= tonumber(to ~= '' and to or from) then
      return true
    end
  end
  return false
end

local function answerOf(page, seq)
  return tonumber(string.match(',' .. page.answers .. ',', ',' .. number(seq) .. ':(%d+),') or '0')
end

local function highest(page)
  local last = -1
  for from, to in string.gmatch(page.ranges, '(%d+)%-?(%d*)') do
    last = math.max(last, tonumber(to ~= '' and to or from))
  end
  return last
end

local function noteAnswer(page, seq, answer)
  if answer > 0 then
    page.answers = (page.answers == '' and '' or page.answers .. ',') .. number(seq) .. ':' .. number(answer)
  end
end

local function accept(page, seq, answer)
  -- nearly always it is the one after all that came before
  local from, to = string.match(page.ranges, '^(%d+)%-?(%d*)$')
  if from and tonumber(to ~= '' and to or from) == seq - 1 then
    page.ranges = from .. '-' .. number(seq)
    noteAnswer(page, seq, answer)
    return
  end
  local list = {}
  for from, to in string.gmatch(page.ranges, '(%d+)%-?(%d*)') do
    list[#list + 1] = { tonumber(from), tonumber(to ~= '' and to or from) }
  end
  list[#list + 1] = { seq, seq }
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
  out[#out + 1] = current
  local texts = {}
  for i, range in ipairs(out) do
    texts[i] = range[1] == range[2] and number(range[1]) or number(range[1]) .. '-' .. number(range[2])
  end
  page.ranges = table.concat(texts, ',')
  noteAnswer(page, seq, answer)
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
