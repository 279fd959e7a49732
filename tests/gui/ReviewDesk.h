// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QTest>

#include "ReviewBallots.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "gui/ValueField.h"
#include "net/FakeClock.h"

namespace tallydesk::testing {

/// White pages.
class BlankLoader final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        QImage image(827, 1170, QImage::Format_Grayscale8);
        image.fill(Qt::white);
        return QList<PageImage>{{image, scan.pageNumbers.first(), 2.0}};
    }
};

/// The review panel beside the scan, in a window of their own.
struct Desk {
    FakeClock clock;
    PageFetcher fetcher{std::make_shared<BlankLoader>()};
    BallotWords words{builtInForms(), MessageCatalog::builtIn()};
    QWidget window;
    PreviewPanel* preview = new PreviewPanel(words, fetcher, &window);
    ReviewPanel* review = new ReviewPanel(words, fetcher, Validator(), clock, &window);
    QList<BallotResult> settled;
    QList<QList<Correction>> corrections;
    QList<BallotResult> reopened;

    Desk() {
        review->setReviewer(QStringLiteral("วนิดา ก."));
        preview->setGeometry(0, 0, 720, 780);
        review->setGeometry(720, 0, 696, 780);
        window.resize(1416, 780);
        QObject::connect(review, &ReviewPanel::settled, review,
                         [this](const BallotResult& result, const QList<Correction>& list) {
                             settled.append(result);
                             corrections.append(list);
                         });
        QObject::connect(review, &ReviewPanel::reopened, review,
                         [this](const BallotResult& result) { reopened.append(result); });
        window.show();
        QApplication::setActiveWindow(&window);
    }
    void open(const BallotResult& ballot) {
        review->showBallot(ballot, 1, 2);
        review->focusWork();
    }
    QWidget* focus() const { return window.focusWidget(); }
    QString focusedField() const {
        const auto* field = qobject_cast<ValueField*>(focus());
        return field ? field->key() : QString();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QTest::keyClick(focus(), Qt::Key(key), modifiers);
    }
    void type(const QString& text) const { QTest::keyClicks(focus(), text); }
    template <typename T>
    T* find(const char* name) const {
        return window.findChild<T*>(QLatin1String(name));
    }
    ValueField* field(const QString& key) const {
        for (ValueField* candidate : review->findChildren<ValueField*>())
            if (candidate->key() == key)
                return candidate;
        return nullptr;
    }
    /// Long enough after the focus moved that Enter counts.
    void rest() { clock.advance(std::chrono::seconds(1)); }
};

}  // namespace tallydesk::testing
