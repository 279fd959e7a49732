# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of the project shares: the language level, the warnings, the Qt definitions,
# precompiled headers, ccache and sanitizers.

include(GNUInstallDirs)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_AUTOUIC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE_PROGRAM})
endif()

function(tallydesk_configure target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  target_compile_definitions(${target} PRIVATE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400
    TALLYDESK_VERSION="${PROJECT_VERSION}")
  if(TALLYDESK_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${TALLYDESK_SANITIZE} -fno-omit-frame-pointer -g)
    target_link_options(${target} PRIVATE -fsanitize=${TALLYDESK_SANITIZE})
  endif()
endfunction()

# A room of the house: a static library `tallydesk_<name>` whose headers are included as "<name>/Header.h".
# Usage: tallydesk_library(core SOURCES a.cpp b.cpp LINK Qt6::Core)
function(tallydesk_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(tallydesk_${name} STATIC ${ARG_SOURCES})
  target_include_directories(tallydesk_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(tallydesk_${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  target_precompile_headers(tallydesk_${name} PRIVATE
    <QByteArray> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMap> <QString>
    <algorithm> <functional> <memory> <optional> <vector>)
  tallydesk_configure(tallydesk_${name})
endfunction()

# A Qt Test executable that ctest runs on the offscreen platform.
# Usage: tallydesk_test(tst_thainumber SOURCES tst_thainumber.cpp LINK tallydesk_core [TIMEOUT 120])
function(tallydesk_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE Qt6::Test ${ARG_LINK})
  target_compile_definitions(${name} PRIVATE TALLYDESK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  tallydesk_configure(${name})
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_THREAD_LIMIT=1;TSAN_OPTIONS=ignore_noninstrumented_modules=1;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/leaks.txt:print_suppressions=0")
endfunction()
