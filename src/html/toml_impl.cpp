// toml++ compiled once for the whole program (TOML_HEADER_ONLY=0 is set for every target); others include its header.
//
// Its assertions are off here: 3.3 asserts what a document should hold before it checks it ("[!]" as a table's header is
// one), and a mistake in a program's file must be told, not end the process. What follows each assertion handles the
// case; tests/fuzz/toml_program.cpp holds it to that.
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_IMPLEMENTATION
#include <toml++/toml.h>
