# Programs of `./dev bench`: built when asked for (target `bench`), never by a plain build.
function(tongban_bench NAME)
  add_executable(bench_${NAME} EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/test/bench/${NAME}.cpp)
  target_link_libraries(bench_${NAME} PRIVATE ${ARGN})
  if("tb_sign" IN_LIST ARGN OR "tb_app" IN_LIST ARGN)
    target_precompile_headers(bench_${NAME} REUSE_FROM tb_base)
  endif()
  target_compile_definitions(bench_${NAME} PRIVATE TONGBAN_FONTS="${TONGBAN_FONTS_DIR}"
    TONGBAN_PACK="${CMAKE_SOURCE_DIR}/packs/demo-city")
  list(APPEND bench_targets bench_${NAME})
  set(bench_targets ${bench_targets} PARENT_SCOPE)
endfunction()

set(bench_targets "")
tongban_bench(documents tb_sign)
tongban_bench(load Threads::Threads)
tongban_bench(bare_sqlite PkgConfig::sqlite3)
add_custom_target(bench DEPENDS ${bench_targets} tongban fonts)
