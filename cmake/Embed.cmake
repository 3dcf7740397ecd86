# narvaro_embed(TARGET NAME FILE...) compiles files into TARGET: `#include "NAME.h"` declares
#   namespace narvaro::embedded { std::string_view NAME(std::string_view file_name); }
# which is empty for a name that was not embedded.
function(narvaro_embed target name)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.cpp)
    set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${name}.h)
    string(REPLACE ";" "|" files "${ARGN}")
    add_custom_command(
        OUTPUT ${source} ${header}
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} "-DFILES=${files}" -DSOURCE=${source}
                -DHEADER=${header} -P ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake
        DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake
        VERBATIM)
    target_sources(${target} PRIVATE ${source} ${header})
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
