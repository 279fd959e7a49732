// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>

#include "core/CancelToken.h"
#include "core/FormTemplate.h"
#include "imaging/Intake.h"

class QThread;

namespace tallydesk {

/// Finds the ballots in dropped files and folders, in a thread of its own. What is added meanwhile is looked
/// through next. GUI thread; destroying it stops the search.
class ScanFinder final : public QObject {
    Q_OBJECT
public:
    explicit ScanFinder(FormCatalog forms, QObject* parent = nullptr);
    ~ScanFinder() override;

    void find(const QStringList& paths);
    /// Leaves off; found() is told all the same, as cancelled.
    void cancel();
    bool isBusy() const { return m_thread != nullptr; }

Q_SIGNALS:
    /// `total` is 0 while files are still being listed; `done` then counts those found.
    void progress(int done, int total);
    void found(const QStringList& paths, const tallydesk::IntakeResult& result);

private:
    struct Observer;

    void begin();
    void finish();

    const FormCatalog m_forms;
    const std::shared_ptr<Observer> m_observer;
    QTimer m_timer;
    QThread* m_thread = nullptr;
    CancelToken m_cancel;
    QStringList m_paths;
    QStringList m_next;
    std::shared_ptr<IntakeResult> m_result;
};

}  // namespace tallydesk
