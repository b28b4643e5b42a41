# How every file is compiled: C17, warnings as errors, and the variants that the presets choose.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(TIDEGATE_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer, one malloc per arena piece" OFF)
option(TIDEGATE_COVERAGE "gcov instrumentation" OFF)
option(TIDEGATE_FUZZ "libFuzzer harnesses (clang)" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

add_library(tidegate_strict INTERFACE)
target_compile_options(tidegate_strict INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
  -Wstrict-prototypes -Wmissing-prototypes -Wvla -fno-common)
target_compile_definitions(tidegate_strict INTERFACE
  _XOPEN_SOURCE=700 _FILE_OFFSET_BITS=64 TIDEGATE_VERSION="${PROJECT_VERSION}" TIDEGATE_DATE="2026-11-20")
target_include_directories(tidegate_strict INTERFACE
  "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}")

if(TIDEGATE_SANITIZE)
  target_compile_options(tidegate_strict INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(tidegate_strict INTERFACE -fsanitize=address,undefined)
  target_compile_definitions(tidegate_strict INTERFACE TIDEGATE_ARENA_SHARP)
endif()
if(TIDEGATE_COVERAGE)
  target_compile_options(tidegate_strict INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(tidegate_strict INTERFACE --coverage)
endif()
if(TIDEGATE_FUZZ)
  target_compile_options(tidegate_strict INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT TIDEGATE_SANITIZE AND NOT TIDEGATE_COVERAGE)
  # The hot path runs from a collector through the sink into the model: three layers, one loop.
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-ffat-lto-objects) # so that tests can link without the whole-program pass
  endif()
endif()

# tidegate_layer(NAME FOLDER folder [WITHOUT file...]): a static library of all C files of one folder.
function(tidegate_layer name)
  cmake_parse_arguments(LAYER "" "FOLDER" "WITHOUT" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${LAYER_FOLDER}/*.c")
  foreach(file IN LISTS LAYER_WITHOUT)
    list(REMOVE_ITEM sources "${CMAKE_SOURCE_DIR}/${LAYER_FOLDER}/${file}")
  endforeach()
  if(NOT sources) # a layer whose first file is still to come
    file(WRITE "${CMAKE_BINARY_DIR}/empty.c" "extern int empty_layer;\n")
    set(sources "${CMAKE_BINARY_DIR}/empty.c")
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PRIVATE tidegate_strict)
endfunction()
