# Fuzz targets: test/fuzz/NAME.cpp becomes fuzz_NAME. libFuzzer is clang's, so they have a build of their own:
#   cmake -S . -B build/fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_C_COMPILER=clang-14 -DTONGBAN_FUZZ=ON
#   ninja -C build/fuzz fuzz_feel && build/fuzz/fuzz_feel -max_total_time=20 test/fuzz/feel
if(TONGBAN_FUZZ)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/fuzz/*.cpp)
  foreach(source IN LISTS fuzzers)
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(fuzz_${name} PRIVATE tb_rules -fsanitize=fuzzer)
  endforeach()
endif()
