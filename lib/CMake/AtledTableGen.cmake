# Runs Atled's own generator, atled-tblgen, on the current LLVM_TARGET_DEFINITIONS.
#   atled_tablegen(ElementwiseRules.cpp.inc -gen-derivative-rules)
# Add the outputs to a target with add_public_tablegen_target, as for mlir_tablegen. Installed, too: needs
# LLVM's module TableGen.
if(NOT ATLED_TABLEGEN_TARGET)
  set(ATLED_TABLEGEN_TARGET atled-tblgen)
endif()
set(ATLED_TABLEGEN_EXE $<TARGET_FILE:${ATLED_TABLEGEN_TARGET}>)
macro(atled_tablegen)
  tablegen(ATLED ${ARGN})
endmacro()
