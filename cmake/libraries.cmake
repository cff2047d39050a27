# Every library the product links, found once. Flags are the same for all targets, so that one precompiled
# header serves them all.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_package(Boost 1.81 REQUIRED COMPONENTS json system)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
foreach(library IN ITEMS sqlite3 libpq libsodium spdlog fmt icu-uc icu-i18n zlib libbrotlienc libbrotlidec libcurl pangocairo libfido2 libcbor cjose liboath libqrencode libarchive jemalloc)
  string(MAKE_C_IDENTIFIER ${library} name)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${library})
endforeach()

# Without the definitions that its package asks for: they are of another age of libc, and would part it from the one precompiled header.
pkg_check_modules(gmime REQUIRED gmime-3.0)
add_library(bursary_gmime INTERFACE)
target_include_directories(bursary_gmime SYSTEM INTERFACE ${gmime_INCLUDE_DIRS})
target_link_libraries(bursary_gmime INTERFACE ${gmime_LINK_LIBRARIES})

add_library(bursary_flags INTERFACE)
target_include_directories(bursary_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${BURSARY_GENERATED})
target_compile_options(bursary_flags INTERFACE -pthread -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -Winvalid-pch)
# g++ 12 sees overflows in std::string's own inlined code once it optimises (GCC bugs 105329, 105651): no fault of ours to mend.
target_compile_options(bursary_flags INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
# The compiler tidies its memory less often: 5 % of the time of a build, for some hundred MB more while it runs.
target_compile_options(bursary_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=600000>)
target_compile_definitions(bursary_flags INTERFACE SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL SPDLOG_SHARED_LIB FMT_SHARED
  BOOST_JSON_SEPARATE_COMPILATION BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  TOML_HEADER_ONLY=0 BURSARY_VERSION="${PROJECT_VERSION}")
target_link_options(bursary_flags INTERFACE -fuse-ld=mold)
target_link_libraries(bursary_flags INTERFACE Threads::Threads PkgConfig::fmt)
if(BURSARY_SANITIZE)
  # A sanitizer's own code between ours makes g++ see reads of what was never set; the other builds look for real ones.
  target_compile_options(bursary_flags INTERFACE -fsanitize=${BURSARY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    -Wno-maybe-uninitialized)
  target_link_options(bursary_flags INTERFACE -fsanitize=${BURSARY_SANITIZE})
endif()
if(BURSARY_FUZZ)
  # Warnings are g++'s task; Clang's own are clang-tidy's.
  target_compile_options(bursary_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -w)
  target_link_options(bursary_flags INTERFACE -fsanitize=address,undefined)
endif()

# What each module links beyond the modules that tools/deps.txt names.
set(bursary_libraries_base PkgConfig::libsodium OpenSSL::Crypto PkgConfig::icu_uc PkgConfig::icu_i18n PkgConfig::spdlog Boost::json)
set(bursary_libraries_db PkgConfig::sqlite3 PkgConfig::libpq)
set(bursary_libraries_html md4c-html md4c PkgConfig::icu_uc PkgConfig::icu_i18n)
set(bursary_libraries_web PkgConfig::zlib PkgConfig::libbrotlienc PkgConfig::libbrotlidec prometheus-cpp::core)
set(bursary_libraries_net Boost::system OpenSSL::SSL OpenSSL::Crypto PkgConfig::libcurl)
set(bursary_libraries_features_accounts PkgConfig::libfido2 PkgConfig::libcbor PkgConfig::cjose PkgConfig::liboath PkgConfig::libqrencode PkgConfig::libsodium zxcvbn)
set(bursary_libraries_features_applications PkgConfig::pangocairo)
set(bursary_libraries_features_messages bursary_gmime)
set(bursary_libraries_features_privacy PkgConfig::libarchive Boost::json)

# docs/decisions/allocator.md. First in line, and kept although nothing names it; sanitizers bring an allocator of their own.
function(bursary_allocator target)
  if(NOT BURSARY_SANITIZE AND NOT BURSARY_FUZZ)
    target_link_options(${target} PRIVATE -Wl,--no-as-needed)
    target_link_libraries(${target} PRIVATE PkgConfig::jemalloc)
  endif()
endfunction()
