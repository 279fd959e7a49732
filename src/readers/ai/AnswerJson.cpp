// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/AnswerJson.h"

namespace tallydesk {

namespace {

constexpr int kDeepest = 32;
constexpr int kSummaryLength = 60;

class Scanner {
public:
    Scanner(QStringView text, qsizetype at) : m_text(text), m_at(at) {}

    AnswerJson::Result run() {
        AnswerJson::Result result;
        result.status = value(result.value, 0);
        result.end = m_at;
        return result;
    }

private:
    using Status = AnswerJson::Status;

    bool atEnd() const { return m_at >= m_text.size(); }
    QChar peek() const { return m_text[m_at]; }
    Status failed() const { return atEnd() ? Status::CutOff : Status::Broken; }

    void skipBlanks() {
        while (!atEnd() && (peek() == u' ' || peek() == u'\t' || peek() == u'\n' || peek() == u'\r'))
            ++m_at;
    }

    Status word(QStringView expected) {
        for (const QChar c : expected) {
            if (atEnd() || peek() != c)
                return failed();
            ++m_at;
        }
        return Status::Complete;
    }

    Status value(AnswerValue& out, int depth) {
        skipBlanks();
        if (atEnd())
            return Status::CutOff;
        if (depth > kDeepest)
            return Status::Broken;
        switch (peek().unicode()) {
            case u'{':
                return object(out, depth);
            case u'[':
                return array(out, depth);
            case u'"':
                out.kind = AnswerValue::Kind::String;
                return string(out.text);
            case u't':
                out.kind = AnswerValue::Kind::Bool;
                out.text = QStringLiteral("true");
                return word(u"true");
            case u'f':
                out.kind = AnswerValue::Kind::Bool;
                out.text = QStringLiteral("false");
                return word(u"false");
            case u'n':
                return word(u"null");
            default:
                out.kind = AnswerValue::Kind::Number;
                return number(out.text);
        }
    }

    bool digits() {
        const qsizetype begin = m_at;
        while (!atEnd() && peek() >= u'0' && peek() <= u'9')
            ++m_at;
        return m_at > begin;
    }

    Status number(QString& out) {
        const qsizetype begin = m_at;
        if (peek() == u'-')
            ++m_at;
        const qsizetype first = m_at;
        if (!digits())
            return failed();
        if (m_text[first] == u'0' && m_at - first > 1)
            return Status::Broken;
        if (!atEnd() && peek() == u'.') {
            ++m_at;
            if (!digits())
                return failed();
        }
        if (!atEnd() && (peek() == u'e' || peek() == u'E')) {
            ++m_at;
            if (!atEnd() && (peek() == u'+' || peek() == u'-'))
                ++m_at;
            if (!digits())
                return failed();
        }
        out = m_text.sliced(begin, m_at - begin).toString();
        return Status::Complete;
    }

    Status string(QString& out) {
        ++m_at;
        while (!atEnd()) {
            const QChar c = m_text[m_at++];
            if (c == u'"')
                return Status::Complete;
            if (c == u'\\') {
                if (const Status status = escape(out); status != Status::Complete)
                    return status;
            } else if (c < u' ' && c != u'\t' && c != u'\n' && c != u'\r') {
                // Line breaks in strings are against the RFC, but models write them and they are unambiguous.
                return Status::Broken;
            } else {
                out.append(c);
            }
        }
        return Status::CutOff;
    }

    Status escape(QString& out) {
        if (atEnd())
            return Status::CutOff;
        const QChar c = m_text[m_at++];
        static const QString names = QStringLiteral("\"\\/bfnrt");
        static const QString meanings = QStringLiteral("\"\\/\b\f\n\r\t");
        if (const qsizetype index = names.indexOf(c); index >= 0) {
            out.append(meanings[index]);
            return Status::Complete;
        }
        if (c != u'u')
            return Status::Broken;
        if (m_text.size() - m_at < 4) {
            m_at = m_text.size();
            return Status::CutOff;
        }
        bool isHex = false;
        const ushort code = m_text.sliced(m_at, 4).toUShort(&isHex, 16);
        if (!isHex)
            return Status::Broken;
        m_at += 4;
        out.append(QChar(code));
        return Status::Complete;
    }

    // After a member: a comma (true), the closing bracket (false), or a failure.
    Status separator(QChar closing, bool& more) {
        skipBlanks();
        if (atEnd())
            return Status::CutOff;
        const QChar c = m_text[m_at++];
        more = c == u',';
        if (more || c == closing)
            return Status::Complete;
        --m_at;
        return Status::Broken;
    }

    Status array(AnswerValue& out, int depth) {
        out.kind = AnswerValue::Kind::Array;
        ++m_at;
        skipBlanks();
        if (!atEnd() && peek() == u']') {
            ++m_at;
            return Status::Complete;
        }
        for (bool more = true; more;) {
            AnswerValue item;
            if (const Status status = value(item, depth + 1); status != Status::Complete)
                return status;
            out.items.append(std::move(item));
            if (const Status status = separator(u']', more); status != Status::Complete)
                return status;
        }
        return Status::Complete;
    }

    Status object(AnswerValue& out, int depth) {
        out.kind = AnswerValue::Kind::Object;
        ++m_at;
        skipBlanks();
        if (!atEnd() && peek() == u'}') {
            ++m_at;
            return Status::Complete;
        }
        for (bool more = true; more;) {
            skipBlanks();
            if (atEnd() || peek() != u'"')
                return failed();
            QString name;
            if (const Status status = string(name); status != Status::Complete)
                return status;
            skipBlanks();
            if (atEnd() || peek() != u':')
                return failed();
            ++m_at;
            AnswerValue item;
            if (const Status status = value(item, depth + 1); status != Status::Complete)
                return status;
            out.members.append({name, std::move(item)});
            if (const Status status = separator(u'}', more); status != Status::Complete)
                return status;
        }
        return Status::Complete;
    }

    const QStringView m_text;
    qsizetype m_at;
};

}  // namespace

const AnswerValue* AnswerValue::member(const QString& name, bool* conflict) const {
    const AnswerValue* found = nullptr;
    for (const auto& [key, value] : members) {
        if (key != name)
            continue;
        if (found && !(*found == value) && conflict)
            *conflict = true;
        found = found ? found : &value;
    }
    return found;
}

QString AnswerValue::summary() const {
    switch (kind) {
        case Kind::Null:
            return QStringLiteral("null");
        case Kind::Array:
            return QStringLiteral("[%1 items]").arg(items.size());
        case Kind::Object:
            return QStringLiteral("{%1 members}").arg(members.size());
        default:
            break;
    }
    const QString line = text.simplified();
    return line.size() > kSummaryLength ? line.left(kSummaryLength) + QChar(0x2026) : line;
}

AnswerJson::Result AnswerJson::parse(QStringView text, qsizetype from) {
    return Scanner(text, from).run();
}

}  // namespace tallydesk
