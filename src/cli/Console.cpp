// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Console.h"

#include <unistd.h>

#include <cerrno>

namespace tallydesk {

namespace {

void writeAll(int descriptor, const QByteArray& bytes) {
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t written =
            ::write(descriptor, bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (written < 0 && errno != EINTR)
            return;
        done += qMax<ssize_t>(written, 0);
    }
}

}  // namespace

void Console::print(const QString& text) {
    writeAll(STDOUT_FILENO, text.toUtf8());
}
void Console::say(const QString& line) {
    writeAll(STDERR_FILENO, line.toUtf8() + '\n');
}
void Console::sayRaw(const QString& text) {
    writeAll(STDERR_FILENO, text.toUtf8());
}
bool Console::stderrIsTerminal() {
    return ::isatty(STDERR_FILENO) != 0;
}

}  // namespace tallydesk
