// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>

namespace tallydesk::synth {

/// Random numbers that are the same with every compiler: only the engine of the standard library, whose
/// output is fixed, and none of its distributions. Not thread-safe; one per ballot.
class Random {
public:
    explicit Random(quint64 seed) : m_engine(seed * 0x9E3779B97F4A7C15ULL + 0x632BE59BD9B4E019ULL) {}

    quint64 bits() { return m_engine(); }
    /// In [0, 1).
    double unit() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    double real(double low, double high) { return low + (high - low) * unit(); }
    /// In [low, high].
    qint64 whole(qint64 low, qint64 high) {
        return low + static_cast<qint64>(m_engine() % static_cast<quint64>(high - low + 1));
    }
    bool chance(double probability) { return unit() < probability; }
    /// Mean 0, deviation 1.
    double normal() {
        const double u = 1.0 - unit();
        return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * unit());
    }
    template <typename T>
    const T& pick(const QList<T>& list) {
        return list.at(static_cast<qsizetype>(m_engine() % static_cast<quint64>(list.size())));
    }
    /// An independent stream, so that more draws in one part leave the others as they were.
    Random fork() { return Random(m_engine()); }

private:
    std::mt19937_64 m_engine;
};

}  // namespace tallydesk::synth
