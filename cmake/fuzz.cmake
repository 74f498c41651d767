# Fuzz targets: test/fuzz/NAME.cpp becomes fuzz_NAME, with seeds in test/fuzz/NAME/. libFuzzer is clang's, so they have a build
# of their own, which test/fuzz/fuzz.py makes and runs: `python3 test/fuzz/fuzz.py --seconds 600 feel`.
if(TONGBAN_FUZZ)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/fuzz/*.cpp)
  foreach(source IN LISTS fuzzers)
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(fuzz_${name} PRIVATE tb_rules -fsanitize=fuzzer)
  endforeach()
endif()
