// A secret that an operator keeps in a file of its own: a password, a client's secret.
#pragma once
#include <filesystem>
#include <string>

#include "base/result.h"

namespace bursary {

// The file's first line. Error{invalid} when it cannot be read, is empty, or may be read by others than its owner and
// group; the detail names the file and the mend.
Result<std::string> read_secret_file(const std::filesystem::path& path);

}  // namespace bursary
