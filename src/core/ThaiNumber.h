// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace tallydesk {

/// Thai and Arabic numerals and Thai number words, 0 to 999,999,999. Stateless; any thread.
namespace ThaiNumber {

/// Digits in Arabic or Thai numerals, with thousands separators (comma, space in groups of three),
/// quotation marks, decorating dashes (-718-) and a unit suffix. nullopt when it is anything else.
std::optional<qint64> parseDigits(const QString& text);

/// Number words: standard, bare scales (ร้อย = 100), หนึ่ง for เอ็ด, digit by digit, suffixes
/// (คะแนน, บัตร, ถ้วน, คน), quotation marks, spaces, both spellings of ำ. nullopt when ill-formed.
std::optional<qint64> parseWords(const QString& text);

/// Standard spelling, for example 121 = หนึ่งร้อยยี่สิบเอ็ด. Empty outside 0 to 999,999,999.
QString toWords(qint64 number);

/// 614 as ๖๑๔.
QString toThaiDigits(qint64 number);

}  // namespace ThaiNumber

}  // namespace tallydesk
