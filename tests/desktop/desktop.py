#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop for one command: an X server without a screen, a window manager, a session bus, an empty home.

desktop.py COMMAND... runs the command on it and ends with its status; 77 says that a tool is missing.
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

SKIPPED = 77
TOOLS = ["Xvfb", "openbox", "xdotool", "dbus-run-session"]
IN_SESSION = "TALLYDESK_TEST_SESSION"


def missing_tools():
    return [tool for tool in TOOLS if not shutil.which(tool)]


def start_display():
    """Starts a server on a display that is free; returns its process and the display's name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    if not number:
        sys.exit("Xvfb does not start.")
    return server, ":" + number


def end(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def home_environment(home):
    """Nothing of the person whose machine this is."""
    env = dict(os.environ, HOME=home, LANG="C.UTF-8", LC_ALL="C.UTF-8", XDG_RUNTIME_DIR=home + "/run")
    os.mkdir(env["XDG_RUNTIME_DIR"], 0o700)
    for name, folder in [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                         ("XDG_CACHE_HOME", "cache"), ("XDG_DOCUMENTS_DIR", "documents")]:
        env[name] = home + "/" + folder
        os.mkdir(env[name])
    for name in ["WAYLAND_DISPLAY", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "DESKTOP_SESSION"]:
        env.pop(name, None)
    # Also where nothing says that a screen reader runs.
    env.update(QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", OMP_THREAD_LIMIT="1")
    return env


def run(command):
    # A time-out of the test must not leave a server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="tallydesk-desktop-", ignore_cleanup_errors=True) as home:
        env = home_environment(home)
        server, env["DISPLAY"] = start_display()
        manager = None
        try:
            manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            return subprocess.run(command, env=env).returncode
        finally:
            if manager:
                end(manager)
            end(server)


def main():
    if missing := missing_tools():
        print("Missing:", ", ".join(missing))
        return SKIPPED
    if not os.environ.get(IN_SESSION):
        os.environ[IN_SESSION] = "1"
        os.execvp("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv])
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
