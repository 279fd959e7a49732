// SPDX-License-Identifier: GPL-3.0-or-later
// Stands for a file manager: filemanager FOLDER shows one folder that can be dragged away, and says on its
// output what became of it: "copy", or "no" when the drop was refused or meant to move the folder.
#include <QApplication>
#include <QDrag>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>
#include <cstdio>

namespace {

/// The folder in the window. GUI thread.
class FolderLabel final : public QLabel {
public:
    explicit FolderLabel(const QString& path) : QLabel(path), m_path(path) { setWordWrap(true); }

protected:
    void mousePressEvent(QMouseEvent* event) override { m_pressed = event->position().toPoint(); }
    void mouseMoveEvent(QMouseEvent* event) override {
        if ((event->position().toPoint() - m_pressed).manhattanLength() < QApplication::startDragDistance())
            return;
        auto* drag = new QDrag(this);
        auto* folder = new QMimeData;
        folder->setUrls({QUrl::fromLocalFile(m_path)});
        drag->setMimeData(folder);
        // As file managers do: what happens is the receiver's choice, moving by default.
        const Qt::DropAction done =
            drag->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::MoveAction);
        // Goes on living: the receiver may ask for the data only now.
        std::puts(done == Qt::CopyAction ? "copy" : "no");
        std::fflush(stdout);
    }

private:
    const QString m_path;
    QPoint m_pressed;
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    FolderLabel folder(QApplication::arguments().value(1));
    folder.setWindowTitle(QStringLiteral("Folders"));
    folder.resize(240, 160);
    folder.move(20, 600);
    folder.show();
    return QApplication::exec();
}
