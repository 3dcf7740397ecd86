# narvaro_test(NAME SOURCES file... LIBS library... [ENVIRONMENT NAME=value]): a GoogleTest program whose cases
# CTest knows.
function(narvaro_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LIBS;ENVIRONMENT" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LIBS} GTest::gmock GTest::gtest_main
                                          narvaro_warnings)
    target_compile_definitions(${name} PRIVATE
        NARVARO_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
        NARVARO_SHARED_TESTDATA="${PROJECT_SOURCE_DIR}/../shared/testdata")
    set(properties TIMEOUT 300)
    if(arg_ENVIRONMENT)
        list(APPEND properties ENVIRONMENT "${arg_ENVIRONMENT}")
    endif()
    gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 120 PROPERTIES ${properties})
endfunction()
