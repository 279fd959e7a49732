// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace tallydesk {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler can be handed nothing, so the pipe's end has to stand here.
std::atomic<int> signalPipe{-1};

extern "C" void tallydeskOnSignal(int) {
    const int savedError = errno;
    const char byte = 's';
    // The pipe never fills: each signal writes once and is then back at its default.
    if (const ssize_t written = ::write(signalPipe.load(), &byte, 1); written < 0)
        errno = savedError;
    errno = savedError;
}

void waitForSignal(int readEnd, CancelToken token) {
    char byte = 0;
    ssize_t count = 0;
    do
        count = ::read(readEnd, &byte, 1);
    while (count < 0 && errno == EINTR);
    if (count == 1 && byte == 's')
        token.cancel();
}

}  // namespace

Interrupt::Interrupt(CancelToken token) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return;
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
    signalPipe = m_writeEnd;
    m_waiter = std::thread(waitForSignal, m_readEnd, std::move(token));
    struct sigaction action = {};
    action.sa_handler = tallydeskOnSignal;
    // Back to the default after the first, so that a second Ctrl-C always works.
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    for (const int number : kSignals)
        ::sigaction(number, &action, nullptr);
}

Interrupt::~Interrupt() {
    if (m_readEnd < 0)
        return;
    for (const int number : kSignals)
        ::signal(number, SIG_DFL);
    const char byte = 'q';
    if (::write(m_writeEnd, &byte, 1) == 1)
        m_waiter.join();
    else
        m_waiter.detach();
    signalPipe = -1;
    ::close(m_readEnd);
    ::close(m_writeEnd);
}

}  // namespace tallydesk
