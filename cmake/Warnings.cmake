# What every one of our own targets is compiled with. Errors in CI, not for who packages.
option(NARVARO_WERROR "Treat warnings as errors" OFF)

add_library(narvaro_warnings INTERFACE)
target_compile_options(narvaro_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough
    -Wthread-safety -Wextra-semi
    $<$<BOOL:${NARVARO_WERROR}>:-Werror>)
