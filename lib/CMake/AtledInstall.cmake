# What `cmake --install` puts down, so that another project can use Atled as a building block. Two
# components: Development is what such a project needs, Tools is what a user runs. The installed tree may be
# moved; it is found with find_package(Atled CONFIG).
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

function(atled_install_package)
  install(EXPORT AtledTargets NAMESPACE Atled::
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Development)
  configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/lib/CMake/AtledConfig.cmake.in ${PROJECT_BINARY_DIR}/AtledConfig.cmake
    INSTALL_DESTINATION ${ATLED_INSTALL_CMAKEDIR}
    PATH_VARS CMAKE_INSTALL_INCLUDEDIR)
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/AtledConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(
    FILES
      ${PROJECT_BINARY_DIR}/AtledConfig.cmake
      ${PROJECT_BINARY_DIR}/AtledConfigVersion.cmake
      ${PROJECT_SOURCE_DIR}/lib/CMake/AtledTableGen.cmake
    DESTINATION ${ATLED_INSTALL_CMAKEDIR} COMPONENT Development)
endfunction()
