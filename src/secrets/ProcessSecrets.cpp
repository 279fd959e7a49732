// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/ProcessSecrets.h"

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#include "secrets/KeyResolver.h"

namespace tallydesk {

QProcessEnvironment ProcessSecrets::take() {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    qunsetenv(KeyResolver::variableName().toLatin1().constData());
#ifdef Q_OS_UNIX
    // 1 byte, not 0: a limit of 0 still hands the memory to a crash collector behind a pipe (core(5)).
    const rlimit none{1, 1};
    setrlimit(RLIMIT_CORE, &none);
#endif
    return environment;
}

}  // namespace tallydesk
