// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tallydesk {

/// How a command ends (spec: cli.md).
enum class ExitStatus { AllRead = 0, SomeFailed = 1, WrongUsage = 2, StoppedEarly = 3, Interrupted = 130 };

/// The two streams of the command line: stdout carries only what was asked for, stderr everything else.
/// UTF-8, unbuffered. Any thread; one call is one write.
namespace Console {

void print(const QString& text);
/// Adds the line end.
void say(const QString& line);
/// Without a line end, for a line that rewrites itself.
void sayRaw(const QString& text);
bool stderrIsTerminal();

}  // namespace Console

}  // namespace tallydesk
