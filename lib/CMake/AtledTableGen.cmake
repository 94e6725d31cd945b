# Runs the project's own generator, atled-tblgen, on the current LLVM_TARGET_DEFINITIONS.
#   atled_tablegen(ElementwiseRules.cpp.inc -gen-derivative-rules)
# Add the outputs to a target with add_public_tablegen_target, as for mlir_tablegen.
set(ATLED_TABLEGEN_EXE $<TARGET_FILE:atled-tblgen>)
set(ATLED_TABLEGEN_TARGET atled-tblgen)
macro(atled_tablegen)
  tablegen(ATLED ${ARGN} DEPENDS atled-tblgen)
  set(TABLEGEN_OUTPUT ${TABLEGEN_OUTPUT} ${CMAKE_CURRENT_BINARY_DIR}/${ARGV0})
endmacro()
