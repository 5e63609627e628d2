# Runs every test and closes with "N passed, N failed".
execute_process(COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${BUILD} --output-on-failure --parallel 2
                OUTPUT_VARIABLE out ERROR_VARIABLE out ECHO_OUTPUT_VARIABLE ECHO_ERROR_VARIABLE RESULT_VARIABLE result)
if(NOT out MATCHES "([0-9]+) tests failed out of ([0-9]+)")
  message(FATAL_ERROR "no test was run")
endif()
math(EXPR passed "${CMAKE_MATCH_2} - ${CMAKE_MATCH_1}")
execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${passed} passed, ${CMAKE_MATCH_1} failed")
if(NOT result EQUAL 0)
  message(FATAL_ERROR "tests failed")
endif()
