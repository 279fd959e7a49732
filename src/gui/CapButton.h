// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QPushButton>

namespace tallydesk {

/// A push button that shows the keys that press it, as caps behind its text. GUI thread.
class CapButton final : public QPushButton {
    Q_OBJECT
public:
    explicit CapButton(QWidget* parent = nullptr) : QPushButton(parent) {}

    /// Only shown: the shortcut itself belongs to an action. Empty for none.
    void setCaps(const QKeySequence& keys);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont capFont() const;
    int capWidth(const QString& cap) const;
    int capsWidth() const;

    QStringList m_caps;
};

}  // namespace tallydesk
