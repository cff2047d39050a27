#include "app/log.h"

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>
#include <sstream>

using namespace bursary;

TEST_CASE("what is logged is one JSON object a line, whatever it says") {
  std::ostringstream out;
  spdlog::logger log("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
  log.set_formatter(std::make_unique<app::JsonLines>());
  log.error("request {} failed: {}", "r1", "Key (email)=(a\n{\"event\":\"forged\"}\r\u202E) exists");
  log.info("plain");
  std::istringstream lines(out.str());
  std::vector<boost::json::object> read;
  for (std::string line; std::getline(lines, line);) read.push_back(boost::json::parse(line).as_object());
  REQUIRE(read.size() == 2);
  CHECK(read[0].at("event") == "log");
  CHECK(read[0].at("level") == "error");
  CHECK(read[0].at("what") == "request r1 failed: Key (email)=(a\n{\"event\":\"forged\"}\r\u202E) exists");
  CHECK(read[1].at("what") == "plain");
  CHECK(out.str().find("\u202E") == std::string::npos);
}
