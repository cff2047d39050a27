// The words of the command line: `bursary COMMAND --help` tells each.
#pragma once

namespace bursary::app {

// Returns the process's exit code.
int run_command_line(int count, const char* const* words);

}  // namespace bursary::app
