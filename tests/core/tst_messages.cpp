// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <functional>

#include "SampleBallots.h"
#include "core/MessageCatalog.h"
#include "core/Validator.h"

using namespace tallydesk;

namespace {

/// How many arguments stand in the braced list whose text begins at `at`, after its brace.
int argumentCount(const QString& text, qsizetype at) {
    int depth = 0;
    int commas = 0;
    bool any = false;
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const QChar c = text[at];
        if (quoted) {
            at += c == u'\\' ? 1 : 0;
            quoted = c != u'"';
            continue;
        }
        if (depth == 0 && c == u'}')
            break;
        quoted = c == u'"';
        depth += QStringLiteral("({[").contains(c) ? 1 : QStringLiteral(")}]").contains(c) ? -1 : 0;
        commas += depth == 0 && c == u',' ? 1 : 0;
        any |= !c.isSpace();
    }
    return any ? commas + 1 : 0;
}

/// Sentences whose arguments come from elsewhere, or whose caller says them otherwise.
const QStringList kFilledInElsewhere{
    // PageDocument names the file.
    QStringLiteral("ImageHeader.cpp intake.image_damaged"),
};

/// Hands over the name and the text of every source file.
void forEachSource(const std::function<void(const QString& file, const QString& text)>& visit) {
    QDirIterator it(QStringLiteral(TALLYDESK_SOURCE_DIR "/src"),
                    {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        visit(it.fileName(), QString::fromUtf8(file.readAll()));
    }
}

}  // namespace

class TestMessages : public QObject {
    Q_OBJECT

    MessageCatalog m_catalog = MessageCatalog::builtIn();
    FormCatalog m_forms = FormCatalog::builtIn().value();

    /// The highest place that the sentence of a code fills with an argument.
    int argumentsOf(const QString& code) const {
        QStringList marks;
        for (char16_t place = 1; place <= 9; ++place)
            marks.append(QChar(char16_t(0xE000 + place)));
        const QString text = m_catalog.text(Error{code, marks, {}}, Language::English);
        int highest = 0;
        for (int place = 1; place <= 9; ++place)
            if (text.contains(marks[place - 1]))
                highest = place;
        return highest;
    }

private Q_SLOTS:
    void everyRuleHasItsSentence() {
        for (const char* code : {"F.101", "F.102", "F.103", "F.104", "F.105", "F.201", "F.202", "F.203",
                                 "F.204", "F.205", "F.206", "F.207", "F.208", "F.301", "W.201", "W.202",
                                 "W.203", "W.204", "W.205", "W.206", "W.301", "W.302", "W.303", "W.304"})
            QVERIFY2(m_catalog.contains(QString::fromLatin1(code)), code);
    }

    void bothLanguagesSayTheSameThings() {
        static const QRegularExpression placeholder(QStringLiteral("%\\d"));
        const auto placeholders = [](const QString& text) {
            QSet<QString> found;
            for (auto it = placeholder.globalMatch(text); it.hasNext();)
                found.insert(it.next().captured());
            return found;
        };
        QDir dir(QStringLiteral(":/messages"));
        QSet<QString> seen;
        QVERIFY(!dir.entryList().isEmpty());
        for (const QString& name : dir.entryList()) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QJsonParseError error;
            const QJsonObject json = QJsonDocument::fromJson(file.readAll(), &error).object();
            QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(name));
            for (auto it = json.constBegin(); it != json.constEnd(); ++it) {
                const QString where = name + u' ' + it.key();
                const QString en = it.value()[QStringLiteral("en")].toString();
                const QString th = it.value()[QStringLiteral("th")].toString();
                QVERIFY2(!en.isEmpty() && !th.isEmpty(), qPrintable(where));
                QVERIFY2(it.value().toObject().size() == 2, qPrintable(where));
                QVERIFY2(!en.contains(u'!') && !th.contains(u'!'), qPrintable(where));
                QVERIFY2(!th.contains(QStringLiteral("รับรอง")), qPrintable(where));
                QVERIFY2(placeholders(en) == placeholders(th), qPrintable(where));
                QVERIFY2(!seen.contains(it.key()),
                         qPrintable(where + QStringLiteral(" stands in two files")));
                seen.insert(it.key());
            }
        }
    }

    /// Codes are written in the sources as fail(QStringLiteral("room.cause"), ...) or
    /// Error{QStringLiteral(...)}.
    void everyErrorCodeInTheSourcesHasItsSentence() {
        static const QRegularExpression code(
            QStringLiteral("(?:fail\\(|Error\\{)\\s*(?:QStringLiteral\\(\\s*\"|QLatin1String\\(\\s*\"|u\")(["
                           "a-z_]+(?:\\.[a-z0-9_]+)*)\""));
        int found = 0;
        QStringList silent;
        forEachSource([&](const QString& file, const QString& text) {
            for (auto match = code.globalMatch(text); match.hasNext();) {
                const QString name = match.next().captured(1);
                ++found;
                if (!m_catalog.contains(name))
                    silent.append(file + u' ' + name);
            }
        });
        QVERIFY(found > 3);
        QVERIFY2(silent.isEmpty(), qPrintable(silent.join(u'\n')));
    }

    /// Lists written beside a code, as in fail(QStringLiteral("room.cause"), {path}); none given is none.
    void everySentenceGetsItsArguments() {
        static const QRegularExpression use(
            QStringLiteral("(fail\\(\\s*)?QStringLiteral\\(\\s*\"([a-z_]+(?:\\.[a-z0-9_]+)*)\"\\s*\\)\\s*"
                           "(,\\s*\\{|\\))"));
        int found = 0;
        QStringList wanting;
        forEachSource([&](const QString& file, const QString& text) {
            for (auto matches = use.globalMatch(text); matches.hasNext();) {
                const auto match = matches.next();
                const QString code = match.captured(2);
                const bool list = match.captured(3) != u")";
                if (!m_catalog.contains(code) || (!list && match.captured(1).isEmpty()))
                    continue;
                ++found;
                const int given = list ? argumentCount(text, match.capturedEnd()) : 0;
                const QString where = file + u' ' + code;
                if (given < argumentsOf(code) && !kFilledInElsewhere.contains(where))
                    wanting.append(where);
            }
        });
        QVERIFY(found > 80);
        QVERIFY2(wanting.isEmpty(), qPrintable(wanting.join(u'\n')));
    }

    void findingsSpeakOfPrintedNames() {
        const auto form = m_forms.byId(QStringLiteral("5-18-party-list"));
        BallotData data = samples::soundBallot(*form);
        data.rows[8].entry.wordsValue = 9;
        data.figures.remove(QStringLiteral("invalid"));
        QStringList english;
        for (const Finding& finding : Validator().check(data, form.get()))
            english.append(m_catalog.text(finding, form.get(), Language::English));
        QVERIFY2(
            english.contains(QStringLiteral(
                "Digits say 5, words say 9 in Party 9 (เพื่อไทย). Look at the paper and enter what it says.")),
            qPrintable(english.join(u'\n')));
        QVERIFY2(english.contains(QStringLiteral(
                     "A number is missing and this can't be checked: 2.2 Ballots used (287) and "
                     "2.2.1 Valid + 2.2.2 Spoiled + 2.2.3 No vote (no number). "
                     "Look at the paper and enter it.")),
                 qPrintable(english.join(u'\n')));
    }

    void noFindingLeavesAPlaceholderOrAMark() {
        for (const auto& form : m_forms.forms()) {
            QList<Finding> findings;
            BallotData data = samples::soundBallot(*form);
            for (VoteEntry& entry : data.figures)
                entry.value = 9'999;
            data.rows[0].entry.value = 99'999;
            data.rows.append(data.rows[1]);
            data.rows.append({500, VoteEntry()});
            data.pageRoles = {QStringLiteral("unknown")};
            data.header.clear();
            findings += Validator().check(data, form.get());
            findings += Validator().check(BallotData(), form.get());
            QVERIFY(findings.size() > 8);
            for (const Finding& finding : findings)
                for (const Language language : {Language::English, Language::Thai}) {
                    const QString text = m_catalog.text(finding, form.get(), language);
                    QVERIFY2(!text.contains(QStringLiteral("field:")) &&
                                 !text.contains(QStringLiteral("sum:")) &&
                                 !text.contains(QStringLiteral("case:")) &&
                                 !text.contains(QStringLiteral("missing:")) &&
                                 !text.contains(QStringLiteral("()")) && text != finding.code,
                             qPrintable(text));
                }
        }
    }

    void anArgIsNeverTakenForAPlaceholder() {
        const Error error{QStringLiteral("form.bad_value"),
                          {QStringLiteral("100%2.json"), QStringLiteral("code"), QStringLiteral("x")},
                          {}};
        QVERIFY(m_catalog.text(error, Language::English).contains(QStringLiteral("100%2.json")));
    }

    void anUnknownCodeIsStillASentence() {
        const QString text = m_catalog.text(Error{QStringLiteral("no.such_code"), {}, {}}, Language::English);
        QVERIFY(text.contains(QStringLiteral("no.such_code")));
        QVERIFY(text.size() > 30);
    }
};

QTEST_APPLESS_MAIN(TestMessages)
#include "tst_messages.moc"
