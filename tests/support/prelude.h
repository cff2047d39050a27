// The tests' precompiled header: what nearly each of them uses beside base/prelude.h.
#pragma once
#include <doctest/doctest.h>

#include <atomic>
#include <boost/json.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <set>
#include <sstream>
#include <thread>

#include "base/prelude.h"
