# What `cmake --install` puts down. Four components: Library is what a program needs that traces its tensors, Runtime
# what one may use that calls compiled functions, Tools what a user runs and what a project needs that compiles programs
# from text, Development what one needs that has Atled as a building block. The installed tree may be moved; it is found
# with find_package(Atled CONFIG), the library with pkg-config as well.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)
set(ATLED_INSTALL_CMAKEDIR ${CMAKE_INSTALL_LIBDIR}/cmake/Atled)

# atled_install_library(AtledFoo FOLDER Foo)
# Installs a library, as Atled::Foo, with the headers and .td files of include/atled/<FOLDER>.
function(atled_install_library target)
  cmake_parse_arguments(ARG "" "FOLDER" "" ${ARGN})
  string(REGEX REPLACE "^Atled" "" name ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS ${target} EXPORT AtledTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development)
  atled_install_headers(${ARG_FOLDER})
endfunction()

# The headers of a folder, written and generated, and its .td files.
function(atled_install_headers folder)
  foreach(root ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
    install(DIRECTORY ${root}/include/atled/${folder}/
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/atled/${folder} COMPONENT Development
      FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.h.inc" PATTERN "CMakeFiles" EXCLUDE)
  endforeach()
endfunction()

# A tool, as Atled::atled-foo.
function(atled_install_tool target)
  install(TARGETS ${target} EXPORT AtledToolsTargets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Tools)
endfunction()

# The library of programs, as Atled::atled, with its headers and what finds it.
function(atled_install_frontend target)
  add_library(Atled::${target} ALIAS ${target})
  install(TARGETS ${target} EXPORT AtledLibraryTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Library)
  set(headers ${CMAKE_INSTALL_INCLUDEDIR}/atled)
  install(FILES ${PROJECT_SOURCE_DIR}/include/atled/atled.hpp ${PROJECT_SOURCE_DIR}/include/atled/atled-c.h
    DESTINATION ${headers} COMPONENT Library)
  foreach(root ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
    install(DIRECTORY ${root}/include/atled/Frontend/ DESTINATION ${headers}/Frontend COMPONENT Library
      FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp" PATTERN "CMakeFiles" EXCLUDE)
  endforeach()

  set(folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  file(RELATIVE_PATH ATLED_PC_TO_PREFIX /${folder} /)
  string(REGEX REPLACE "/$" "" ATLED_PC_TO_PREFIX ${ATLED_PC_TO_PREFIX})
  configure_file(${PROJECT_SOURCE_DIR}/lib/CMake/atled.pc.in ${PROJECT_BINARY_DIR}/atled.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/atled.pc DESTINATION ${folder} COMPONENT Library)
endfunction()

# What one may use that calls compiled functions: a library, as Atled::<name>, and the headers of all.
function(atled_install_runtime target name)
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  add_library(Atled::${name} ALIAS ${target})
  install(TARGETS ${target} EXPORT AtledRuntimeTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime)
  foreach(header threads openmp)
    install(FILES ${PROJECT_SOURCE_DIR}/include/atled/${header}.h
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/atled COMPONENT Runtime)
  endforeach()
endfunction()

function(atled_install_package)
  install(EXPORT AtledRuntimeTargets NAMESPACE Atled::
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Runtime)
  install(EXPORT AtledLibraryTargets NAMESPACE Atled::
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Library)
  install(EXPORT AtledToolsTargets NAMESPACE Atled::
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Tools)
  install(EXPORT AtledTargets NAMESPACE Atled::
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Development)
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/lib/CMake/AtledConfig.cmake.in ${PROJECT_BINARY_DIR}/AtledConfig.cmake
    INSTALL_DESTINATION ${ATLED_INSTALL_CMAKEDIR}
    PATH_VARS CMAKE_INSTALL_INCLUDEDIR)
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/AtledConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  foreach(component Library Runtime Tools Development)
    install(FILES ${PROJECT_BINARY_DIR}/AtledConfig.cmake ${PROJECT_BINARY_DIR}/AtledConfigVersion.cmake
      ${PROJECT_SOURCE_DIR}/lib/CMake/AtledGradient.cmake
      DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT ${component})
    install(FILES ${PROJECT_SOURCE_DIR}/include/atled/atled.h
      DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/atled COMPONENT ${component})
  endforeach()
  install(FILES ${PROJECT_SOURCE_DIR}/lib/CMake/AtledTableGen.cmake
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Development)
endfunction()
