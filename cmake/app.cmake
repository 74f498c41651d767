# The program: src/app knows every module; src/main.cpp reads the verb.
file(GLOB app_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/app/*.cpp)
file(GLOB contracts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*/api.yaml)
file(GLOB generator CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/apigen*.py)
set(gen ${CMAKE_BINARY_DIR}/gen/app)
add_custom_command(OUTPUT ${gen}/openapi.cpp
  COMMAND ${CMAKE_COMMAND} -E make_directory ${gen}
  COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/apigen.py openapi ${gen}/openapi.cpp ${contracts}
  DEPENDS ${contracts} ${generator} COMMENT "openapi")

# The list of what each room brings to the database and to the contract, made from modules.txt.
set(list_head "// Made by cmake/app.cmake from src/modules.txt.\n#include \"app/rooms.h\"\n")
set(list_schema "")
set(list_contract "")
foreach(name IN LISTS TONGBAN_MODULES)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/migrations/*.sql)
  if(migrations AND NOT name STREQUAL "store")
    string(APPEND list_head "#include \"${name}/sql.h\"\n")
    string(APPEND list_schema "    all.push_back(${name}::schema());\n")
  endif()
  if(EXISTS ${CMAKE_SOURCE_DIR}/src/${name}/api.yaml AND NOT name STREQUAL "http")
    string(APPEND list_head "#include \"${name}/api.h\"\n")
    string(APPEND list_contract "    for (auto& route : ${name}::api::contract()) all.push_back(std::move(route));\n")
  endif()
endforeach()
file(CONFIGURE OUTPUT ${gen}/rooms.cpp @ONLY CONTENT "${list_head}
namespace tongban::app {

std::vector<store::Schema> schemas() {
    std::vector<store::Schema> all;
${list_schema}    return all;
}

std::vector<http::RouteContract> contracts() {
    std::vector<http::RouteContract> all;
${list_contract}    return all;
}

}  // namespace tongban::app
")

add_library(tb_app STATIC ${app_sources} ${gen}/openapi.cpp ${gen}/rooms.cpp)
target_include_directories(tb_app PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/gen)
foreach(name IN LISTS TONGBAN_MODULES)
  target_link_libraries(tb_app PUBLIC tb_${name})
endforeach()
target_compile_definitions(tb_app PRIVATE TONGBAN_VERSION="${PROJECT_VERSION}")
target_precompile_headers(tb_app REUSE_FROM tb_base)
add_executable(tongban ${CMAKE_SOURCE_DIR}/src/main.cpp)
target_link_libraries(tongban PRIVATE tb_app)
add_dependencies(tongban fonts)

# Tests of the whole program, in process.
file(GLOB app_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/app/test/*.cpp)
if(app_tests)
  add_executable(test_app ${app_tests})
  target_link_libraries(test_app PRIVATE tb_app tb_kit tb_scenario GTest::gtest GTest::gtest_main)
  target_precompile_headers(test_app REUSE_FROM tb_base)
  target_compile_definitions(test_app PRIVATE TONGBAN_PROGRAM="$<TARGET_FILE:tongban>"
    TONGBAN_FONTS="${TONGBAN_FONTS_DIR}" TONGBAN_PACK="${CMAKE_SOURCE_DIR}/packs/demo-city")
  add_dependencies(test_app tongban)
endif()
