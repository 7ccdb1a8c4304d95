-- KEYS any key of the server that is asked. Its time, and its version when it may be told.
local info = redis.pcall('INFO', 'server')
local version = type(info) == 'string' and string.match(info, 'redis_version:(%d+%.%d+)') or ''
return { number(serverTime(0)), version }
