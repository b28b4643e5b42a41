# What the program links, all from Debian 12 packages.
find_package(PkgConfig REQUIRED)
find_package(LibXml2 2.9.14 REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson>=1.7.15)
pkg_check_modules(LIBGIT2 REQUIRED IMPORTED_TARGET libgit2>=1.5.1)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml>=0.7.12)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash>=0.8.0)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc>=2.4.0)

# xxHash may be built with a choice of the widest registers at run time; the hash is the same.
include(CheckSymbolExists)
set(CMAKE_REQUIRED_LIBRARIES ${XXHASH_LINK_LIBRARIES})
check_symbol_exists(XXH3_128bits_update_dispatch "xxhash.h;xxh_x86dispatch.h" TIDEGATE_XXH_DISPATCH)
unset(CMAKE_REQUIRED_LIBRARIES)
