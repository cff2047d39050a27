// Boost.JSON is compiled once, here; every other file sees declarations alone (BOOST_JSON_SEPARATE_COMPILATION).
#include <boost/json/src.hpp>
