// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

#include "gui/MainWindow.h"
#include "gui/Theme.h"

using namespace tallydesk;

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tallydesk"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TALLYDESK_VERSION));
    applyTheme(application, Theme::light());
    MainWindow window;
    window.show();
    return QApplication::exec();
}
