// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

namespace tallydesk::testing {

/// Takes so many bytes, then fails, as a disk does when it is full.
class FailDevice final : public QIODevice {
public:
    explicit FailDevice(qint64 capacity) : m_left(capacity) {
        open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char*, qint64 size) override {
        if (m_left <= 0) {
            setErrorString(QStringLiteral("no room"));
            return -1;
        }
        const qint64 taken = qMin(size, m_left);
        m_left -= taken;
        return taken;
    }

private:
    qint64 m_left;
};

}  // namespace tallydesk::testing
