# How a library or a tool of Atled is built: the flags, and the one set of precompiled headers.

# Compile flags shared by everything; linked by every target below.
add_library(atled_options INTERFACE)
target_include_directories(atled_options SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
# Position-independent everywhere: libraries end up in the plug-in as well as in the tools, and the
# precompiled headers fit only one choice.
target_compile_options(atled_options INTERFACE
  -fPIC $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -Wall -Wextra -Wno-unused-parameter>)
if(NOT LLVM_ENABLE_RTTI)
  target_compile_options(atled_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)
endif()
if(ATLED_ENABLE_ASSERTIONS)
  target_compile_options(atled_options INTERFACE -UNDEBUG)
else()
  target_compile_definitions(atled_options INTERFACE NDEBUG)
endif()
if(ATLED_SANITIZERS)
  string(REPLACE ";" "," _sanitizers "${ATLED_SANITIZERS}")
  target_compile_options(atled_options INTERFACE -fsanitize=${_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # LLVM and MLIR are not instrumented: their type information does not match in `vptr`. Nor is what Atled
  # compiles: `function` would look for a type in front of the code, where there may be no memory.
  target_compile_options(atled_options INTERFACE -fno-sanitize=vptr,function)
  target_link_options(atled_options INTERFACE -fsanitize=${_sanitizers})
endif()

# MLIR's headers take seconds to parse in each file; parsed once, a file of ours compiles in one.
if(ATLED_PRECOMPILE_HEADERS)
  add_library(atled_precompiled OBJECT ${PROJECT_SOURCE_DIR}/lib/CMake/Precompiled.cpp)
  target_link_libraries(atled_precompiled PRIVATE atled_options)
  target_precompile_headers(atled_precompiled PRIVATE ${PROJECT_SOURCE_DIR}/lib/CMake/Precompiled.h)
endif()

# The flags are for whoever links a library of C++; a program that links one of C has its own (PRIVATE).
function(_atled_configure target)
  set(scope PUBLIC ${ARGN})
  list(GET scope -1 scope)
  target_link_libraries(${target} ${scope} $<BUILD_INTERFACE:atled_options>)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  if(ATLED_PRECOMPILE_HEADERS)
    target_precompile_headers(${target} REUSE_FROM atled_precompiled)
  endif()
endfunction()

# atled_add_library(AtledFoo a.cpp b.cpp
#   LINK AtledBar          libraries before it in the data flow
#   DEPENDS FooIncGen)     generated headers
function(atled_add_library name)
  cmake_parse_arguments(ARG "" "" "LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  _atled_configure(${name})
  target_link_libraries(${name} PUBLIC ${ARG_LINK} MLIR LLVM)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# atled_add_tool(atled-foo atled-foo.cpp LINK AtledBar)
function(atled_add_tool name)
  _atled_add_program(${name} ${ARGN})
  atled_install_tool(${name})
endfunction()

# A program that is not installed.
function(_atled_add_program name)
  cmake_parse_arguments(ARG "" "" "LINK;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  _atled_configure(${name})
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# atled_add_plugin(AtledFooPlugin Plugin.cpp LINK AtledFoo)
# A module that a tool of MLIR's loads at run time, as <build>/lib/AtledFooPlugin.so.
function(atled_add_plugin name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} MODULE ${ARG_UNPARSED_ARGUMENTS})
  _atled_configure(${name})
  target_compile_definitions(${name} PRIVATE ATLED_VERSION="${PROJECT_VERSION}")
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
endfunction()
