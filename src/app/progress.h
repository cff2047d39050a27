// How far a long command is, on standard error: a line that renews itself on a terminal, a line for each tenth
// elsewhere.
#pragma once
#include <cstdint>
#include <string_view>

namespace bursary::app {

class Progress {
 public:
  Progress(std::string_view what, std::int64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void show(std::int64_t done);

 private:
  std::string_view what_;
  std::int64_t total_;
  std::int64_t told_ = 0;  // in steps of total_
  bool terminal_;
};

}  // namespace bursary::app
