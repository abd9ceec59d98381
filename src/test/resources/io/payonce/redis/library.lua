-- For LuaLibraryTest.
local state

-- This line is left out.
local function one()
  return 1
end

local function two()
  return one() + 1
end

local function three()
  return two() + 1
end

local function rare() -- seldom
  return 'rare'
end

local function put(value)
  state = value
end
