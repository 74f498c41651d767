# The font folder for documents, made beside the program: <build>/share/fonts. See tools/fonts.sh for why.
set(TONGBAN_FONTS_DIR ${CMAKE_BINARY_DIR}/share/fonts)
add_custom_command(OUTPUT ${TONGBAN_FONTS_DIR}/.made
  COMMAND ${CMAKE_SOURCE_DIR}/tools/fonts.sh ${TONGBAN_FONTS_DIR}
  COMMAND ${CMAKE_COMMAND} -E touch ${TONGBAN_FONTS_DIR}/.made
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/fonts.sh COMMENT "fonts for documents")
add_custom_target(fonts ALL DEPENDS ${TONGBAN_FONTS_DIR}/.made)
if(TARGET test_sign)
  add_dependencies(test_sign fonts)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/sign/test/places.cpp PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON
    COMPILE_DEFINITIONS "FONTS_DIR=\"${TONGBAN_FONTS_DIR}\";PACKS_DIR=\"${CMAKE_SOURCE_DIR}/packs\"")
endif()
