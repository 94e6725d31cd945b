# A library of functions that Atled compiles when the project is built:
#
#   atled_add_gradient(model MODEL model.mlir VALUE_AND_GRAD loss WRT 0 1 ENTRY predict)
#   target_link_libraries(train PRIVATE model)
#
# makes the static library `model`, and "model.h" and "model.hpp" for whoever links it. It is compiled again when
# the model or the compiler changes. The words are those of atled-compile: GRAD, VALUE_AND_GRAD, VJP, JVP and SPLIT
# name functions, WRT arguments; ENTRY, ACCUMULATE, DONATE as there. OPTIONS has any other: OPTIONS -O3 -mcpu=native.
include_guard()

function(atled_add_gradient target)
  set(lists GRAD VALUE_AND_GRAD VJP JVP SPLIT WRT ENTRY ACCUMULATE DONATE)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "MODEL" "${lists};OPTIONS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "atled_add_gradient(${target}): unknown argument '${ARG_UNPARSED_ARGUMENTS}'; "
      "pass it behind OPTIONS if it is one of atled-compile")
  endif()
  if(NOT ARG_MODEL)
    message(FATAL_ERROR "atled_add_gradient(${target}): MODEL, the program's file, is missing")
  endif()
  if(NOT TARGET Atled::atled-compile)
    message(FATAL_ERROR "atled_add_gradient(${target}): atled-compile is not installed beside this package; "
      "install its component Tools")
  endif()

  get_filename_component(model ${ARG_MODEL} ABSOLUTE)
  set(flags ${ARG_OPTIONS})
  foreach(name ${lists})
    if(DEFINED ARG_${name})
      string(TOLOWER ${name} flag)
      string(REPLACE "_" "-" flag ${flag})
      list(JOIN ARG_${name} "," values)
      list(APPEND flags --${flag}=${values})
    endif()
  endforeach()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}.atled)
  set(base ${folder}/${target})
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(
    OUTPUT ${base}.o ${base}.h ${base}.hpp
    COMMAND Atled::atled-compile ${model} ${flags} -o ${base}.o --header=${base}.h --hpp=${base}.hpp
    DEPENDS ${model} Atled::atled-compile
    COMMENT "Compiling ${ARG_MODEL}"
    VERBATIM)
  set_source_files_properties(${base}.o PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
  add_library(${target} STATIC ${base}.o ${base}.h ${base}.hpp)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if("C" IN_LIST languages)
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C)
  else()
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  endif()
  target_include_directories(${target} INTERFACE ${folder})
  target_link_libraries(${target} PUBLIC Atled::runtime)
endfunction()
