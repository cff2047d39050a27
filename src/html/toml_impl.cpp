// toml++ compiled once for the whole program (TOML_HEADER_ONLY=0 is set for every target); others include its header.
#define TOML_IMPLEMENTATION
#include <toml++/toml.h>
