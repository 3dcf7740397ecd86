# One toolchain for build, lint, fuzzing and sanitizers: g++ 12 miscompiles coroutines without a word.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    message(FATAL_ERROR "g++ before 14 miscompiles C++20 coroutines; use clang 19: CXX=clang++-19")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(NARVARO_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(NARVARO_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

option(NARVARO_FUZZ "Instrument for libFuzzer, with the sanitizers" OFF)
if(NARVARO_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
    add_link_options(-fsanitize=address,undefined)
endif()

find_program(NARVARO_CCACHE ccache)
if(NARVARO_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${NARVARO_CCACHE})
endif()

# Boost 1.74 does not see clang's coroutines until it is told.
add_compile_definitions(BOOST_ASIO_HAS_CO_AWAIT BOOST_ASIO_HAS_STD_COROUTINE
                        BOOST_ASIO_NO_DEPRECATED)
