#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way of a clerk through the window as a screen reader has it: every control is found by its
accessible name and used by its accessible action. by_names.py TALLYDESK SOURCES, run by desktop.py.
"""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError):
    print("Missing: the accessibility bindings of Python (gir1.2-atspi-2.0, python3-gi)")
    sys.exit(SKIPPED)

WRONG_SUM = "สส.5ทับ16ชุดที่1.pdf"
SOUND = "สส.5ทับ16ชุดที่2.pdf"
WRONG_PARTS = "สส.5ทับ16(บช)ชุดที่2.pdf"
DAMAGED = "สส.5ทับ16ชุดที่3.pdf"
FORM = "5-16-constituency"
PATIENCE = int(os.environ.get("PATIENCE", 60))
RUN = 150

BUTTONS = {Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON, Atspi.Role.RADIO_BUTTON, Atspi.Role.CHECK_BOX}
# What is inside has names of its own, and thousands of them.
DEEP = {Atspi.Role.TABLE, Atspi.Role.TREE_TABLE, Atspi.Role.MENU_BAR}


def until(what, condition, patience=PATIENCE):
    """Asks until the answer is true; returns it."""
    end = time.monotonic() + patience
    while True:
        try:
            if answer := condition():
                return answer
        except GLib.Error:
            pass  # What was asked about is gone.
        if time.monotonic() > end:
            raise AssertionError("in vain: " + what)
        time.sleep(0.1)


class Window:
    """What the accessibility tree shows of the program."""

    def __init__(self, process):
        self.process = process
        self.program = until("the program is in the tree", self._program)

    def _program(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def showing(self, node=None):
        """Everything that is to be seen, in order."""
        node = node or self.program
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if not child or not child.get_state_set().contains(Atspi.StateType.SHOWING):
                continue
            yield child
            if child.get_role() not in DEEP:
                yield from self.showing(child)

    def tell(self):
        """What was to be heard when something failed."""
        for node in self.showing():
            print(f"  {node.get_role_name()}: {name_of(node)!r}")

    def all(self, roles, name):
        matches = name if callable(name) else lambda text: text == name
        return [node for node in self.showing()
                if node.get_role() in roles and matches(name_of(node))]

    def one(self, roles, name, patience=PATIENCE):
        """The one control of that name: two would be a riddle to a person who hears them."""
        found = until(f"there is {name!r}", lambda: self.all(roles, name), patience)
        assert len(found) == 1, f"{len(found)} controls are called {name!r}"
        return found[0]

    def has_text(self, part):
        return bool(self.all({Atspi.Role.LABEL}, lambda text: part in text))

    def press(self, name):
        button = self.one(BUTTONS, name)
        until(f"{name!r} can be pressed", lambda: usable(button))
        assert Atspi.Action.do_action(button, 0), name

    def write(self, name, text):
        write(self.one({Atspi.Role.TEXT}, name), text)


def name_of(node):
    """What a screen reader says first: the label before a list (whose own name is its value), else the name."""
    for relation in node.get_relation_set() if node.get_role() == Atspi.Role.COMBO_BOX else []:
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return relation.get_target(0).get_name()
    return node.get_name() or ""


def usable(node):
    return node.get_state_set().contains(Atspi.StateType.ENABLED)


def content(field):
    return Atspi.Text.get_text(field, 0, -1)


def write(field, text):
    assert Atspi.EditableText.set_text_contents(field, text), field.get_name()
    until(f"{field.get_name()!r} says {text!r}", lambda: content(field) == text)


def key(*names):
    """Keys go to whatever has the keyboard."""
    subprocess.run(["xdotool", "key", *names], check=True)


class Paper:
    """What stands on the forms, by the names that the window gives the fields."""

    def __init__(self, sources):
        self.sources = pathlib.Path(sources)
        self.form = json.loads((self.sources / "resources/forms" / (FORM + ".json")).read_text())

    def numbers(self, file):
        for path in (self.sources / "tests/synth/sample-truth").glob("*.json"):
            truth = json.loads(path.read_text())
            if truth["file"] == file:
                written = truth["forms"][0]
                numbers = {name: entry["digits"] for name, entry in written["figures"].items()}
                numbers.update({f"row {row['no']}": row["digits"] for row in written["rows"]})
                numbers["total"] = written["total"]["digits"]
                return numbers
        raise AssertionError(file)

    def mended(self, file):
        """The same, but for the first row that can give way so that the sum holds."""
        numbers = self.numbers(file)
        rows = [field for field in numbers if field.startswith("row ")]
        surplus = sum(numbers[row] or 0 for row in rows) - numbers["valid"]
        row = next(row for row in rows if (numbers[row] or 0) >= surplus)
        numbers[row] -= surplus
        return numbers

    def name(self, field):
        if field == "total":
            return self.form["total"]["label"]["en"]
        if field.startswith("row "):
            return f"{self.form['rows']['label']['en']} {field[4:]}"
        figure = next(figure for figure in self.form["figures"] if figure["key"] == field)
        return " ".join(filter(None, [figure.get("item"), figure["label"]["en"]]))


def copy_scans(sources, folder):
    for name in [WRONG_SUM, SOUND, WRONG_PARTS, DAMAGED]:
        source = next(pathlib.Path(sources, "resources/samples").rglob(name))
        place = folder / "ล่วงหน้าในเขต" / source.parent.name
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place / name)


def open_folder(window, folder):
    window.press("Open folder…")
    window.one({Atspi.Role.TEXT}, "Directory:")
    window.write("Directory:", str(folder))
    window.press("Choose")


def statuses(window):
    table = window.one({Atspi.Role.TABLE}, "Ballots")
    rows = Atspi.Table.get_n_rows(table)
    cells = [[Atspi.Table.get_accessible_at(table, row, column).get_name() for column in (0, 1)]
             for row in range(rows)]
    return {file: status for status, file in cells}


def read(window):
    until("four ballots", lambda: len(statuses(window)) == 4)
    assert set(statuses(window).values()) == {"Waiting"}, statuses(window)
    window.press("Start")
    unread = ("Waiting", "Reading", "Retry")
    until("all is read",
          lambda: not any(status.startswith(unread) for status in statuses(window).values()), RUN)
    said = statuses(window)
    print("read:", said)
    assert said[WRONG_SUM] == "Needs review" and said[WRONG_PARTS] == "Needs review", said
    assert said[DAMAGED] == "Failed", said


def fill(window, paper, numbers):
    fields = {node.get_name(): node for node in window.showing() if node.get_role() == Atspi.Role.TEXT}
    for field, number in numbers.items():
        name = paper.name(field)
        assert name in fields, f"no field {name!r} among {sorted(fields)}"
        # Written anew where it is right already: a person has then decided what the witnesses say differently.
        if content(fields[name]):
            write(fields[name], "")
        write(fields[name], str(number or 0))


def accept(window, file):
    window.press("Accept ballot")
    # After the last one the table is there again, and names the file too.
    until(f"{file} has left the desk",
          lambda: not window.has_text(file) or window.all({Atspi.Role.TABLE}, "Ballots"))


def show_whole(window, paper, file):
    wanted = {paper.name(field) for field in paper.numbers(file)}

    def shown():
        return wanted <= {node.get_name() for node in window.showing() if node.get_role() == Atspi.Role.TEXT}

    if not shown():
        window.press("Whole form")
    until("every number is shown", shown)


def value_of(combo):
    """What it is now, not what it was when it was first asked."""
    combo.clear_cache()
    return combo.get_name()


def choose_form(window, wanted):
    """By keys, as the list has no action of its own. The own name of a combo box is its value."""
    combo = window.one({Atspi.Role.COMBO_BOX}, "Form")
    for _ in range(40):
        combo.clear_cache()
        if combo.get_state_set().contains(Atspi.StateType.FOCUSED):
            break
        key("Tab")
        time.sleep(0.3)
    for _ in range(20):
        said = value_of(combo)
        if said == wanted:
            return
        key("Down")
        until("another form", lambda: value_of(combo) != said)
    raise AssertionError(wanted)


def settle(window, paper):
    window.press("Review")
    undone = False
    left = {WRONG_SUM, WRONG_PARTS, DAMAGED}
    while left:
        file = until("a ballot is on the desk", lambda: next(
            (name for name in (WRONG_SUM, SOUND, WRONG_PARTS, DAMAGED) if window.has_text(name)), None))
        print("settle:", file)
        if file == WRONG_SUM:
            show_whole(window, paper, file)
            fill(window, paper, paper.mended(file))
            accept(window, file)
        elif file == SOUND:
            show_whole(window, paper, file)
            fill(window, paper, paper.numbers(file))
            accept(window, file)
        elif file == WRONG_PARTS:
            for _ in range(2):
                window.press("Unreadable")
                window.press(lambda text: text.startswith("Whole ballot:") and "aint" in text)
                window.press("Mark unreadable")
                until("the next ballot", lambda: not window.has_text(file))
                if not undone:
                    window.press("Undo")
                    until("the ballot is back", lambda: window.has_text(file))
                    undone = True
        else:
            choose_form(window, "ส.ส. 5/16 · constituency")
            show_whole(window, paper, SOUND)
            # The folder that was opened is no part of the name of a scan that can't be opened.
            window.write("Province", "น่าน")
            window.write("Constituency", "1")
            fill(window, paper, paper.numbers(SOUND))
            accept(window, file)
        left.discard(file)


def export(window, path):
    window.press("Export CSV")
    until("where to write", lambda: window.all({Atspi.Role.TEXT}, "File"))
    window.write("File", str(path))
    window.press("Export")
    until("it is written", lambda: window.has_text("Written: results.csv"))
    window.press("Close")
    until("the dialog has gone", lambda: not window.all({Atspi.Role.TEXT}, "File"))


def read_back(paper, path):
    votes, status = {}, {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            name = line["file"].split("/")[-1]
            field = f"row {line['no']}" if line["no"] else line["field"]
            votes.setdefault(name, {})[field] = line["votes"]
            status[name] = line["status"]
    assert status[WRONG_SUM] == status[DAMAGED] == "reviewed", status
    assert status[WRONG_PARTS] == "unreadable", status
    expected = {WRONG_SUM: paper.mended(WRONG_SUM), SOUND: paper.numbers(SOUND), DAMAGED: paper.numbers(SOUND)}
    for name, numbers in expected.items():
        for field, number in numbers.items():
            assert int(votes[name].get(field) or 0) == (number or 0), (name, field, votes[name].get(field))


def main():
    program, sources = sys.argv[1:]
    if not os.path.exists("/usr/libexec/at-spi-bus-launcher"):
        print("Missing: at-spi2-core")
        return SKIPPED
    paper = Paper(sources)
    with tempfile.TemporaryDirectory(prefix="tallydesk-names-") as home:
        scans = pathlib.Path(home, "เขตเลือกตั้งที่ 1 จังหวัดน่าน")
        copy_scans(sources, scans)
        settings = pathlib.Path(os.environ["XDG_CONFIG_HOME"], "tallydesk")
        settings.mkdir()
        (settings / "tallydesk.ini").write_text("[review]\nreviewer=Wanida\n[display]\nlanguage=en\n")
        process = subprocess.Popen([program])
        window = Window(process)
        try:
            open_folder(window, scans)
            read(window)
            settle(window, paper)
            export(window, pathlib.Path(home, "results.csv"))
            read_back(paper, pathlib.Path(home, "results.csv"))
            key("ctrl+q")
            assert process.wait(PATIENCE) == 0
        except AssertionError:
            window.tell()
            raise
        finally:
            if process.poll() is None:
                process.kill()
    print("All was done by names.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
