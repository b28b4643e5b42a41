# A program that loads no shared library. scripts/build-static makes the libraries for it; the preset is `static`.
option(TIDEGATE_STATIC "link everything into the program, also the C library" OFF)

if(TIDEGATE_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(PKG_CONFIG_ARGN --static)
  add_compile_options(-fPIE -ffunction-sections -fdata-sections)
endif()

# tidegate_link_statically(TARGET): still loaded at a random address, with read-only tables, stripped.
function(tidegate_link_statically target)
  target_sources(${target} PRIVATE "${CMAKE_SOURCE_DIR}/cmake/no_name_service.c")
  target_link_options(${target} PRIVATE -static-pie LINKER:--gc-sections,-z,relro,-z,now,-z,noexecstack,--strip-all)
endfunction()
