<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="th_TH" sourcelanguage="en">
<context>
    <name>BallotPanel</name>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter ballots by text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows ballots whose file, folder or place has this text (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ballots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ballot matches the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all ballots</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BallotWords</name>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry in %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Committee %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (+%2 more)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <source>Read with an AI service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May the scans leave this computer?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture of every page, with what is written on it: numbers, place names, names and signatures. No file names, and nothing else from this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is asked once for each service. While it is in use, the window says so at the bottom.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read on this computer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line for each number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for sums and pivot tables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line for each form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for looking through by eye</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A mark at the beginning, so that Excel shows Thai</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first lines, as they will stand in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>Replace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the AI service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>TallyDesk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PacePanel</name>
    <message>
        <source>Requests a &amp;second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests a m&amp;inute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests a &amp;day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;ttempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Wait, seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortest wait in seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest wait in seconds</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message>
        <source>With this reader, page pictures leave this computer. The window shows the service&apos;s name while it is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pace and quota</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsCheck</name>
    <message>
        <source>Enter the address of the service, for example https://openrouter.ai/api/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a web address. It begins with https:// and a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave names, passwords and keys out of the address. The key has a field of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use https. Plain http is safe only for a service on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the model, for example google/gemini-2.5-flash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the key that the service gave you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key has no blanks and only Latin letters, digits and signs. Copy it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the proxy as http://name:port or socks5://name:port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave name and password out: they would stand in a file that others can read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The longest wait is shorter than the shortest one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who reads the forms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An AI service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forms at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who checks the forms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language and display</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;lours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::BallotPanel</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::BallotTableModel</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::ConsentDialog</name>
    <message numerus="yes">
        <source>%n pictures will be sent to %1.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures of the forms will be sent to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, model %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only companies that promise not to keep the pictures and not to train on them may answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the service does with the pictures, only its owner can say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::ExportDialog</name>
    <message>
        <source>Export results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n forms are exported.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them still need review. They are marked needs_review in the column “status”.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the file to write.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a folder. Name a file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such folder. Make it first, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may not write in this folder. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file exists. It is replaced once the new one is complete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The list of the %n forms that could not be read, as %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Everything for other programs, as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Files that stood there before are unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written: %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::KeyPanel</name>
    <message>
        <source>No key yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key comes from OPENROUTER_API_KEY, with which TallyDesk was started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in the system&apos;s keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held in memory only, until TallyDesk closes. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 A key that you enter here works until TallyDesk closes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never shown again, never written to a file or log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service answers, but does not say whether the key is good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works, answered in %1 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>US$ %1 left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is a free key: 20 requests a minute, 50 a day.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::PacePanel</name>
    <message>
        <source>Evenly spaced, retries included. 2 suits a paid key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A free key of OpenRouter takes 20.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A free key of OpenRouter takes 50. Then the batch stops and can go on tomorrow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often one form is tried before it counts as failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before another attempt, unless the service says how long.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::ReviewSession</name>
    <message>
        <source>mark the ballot unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>accept the ballot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>settle the ballot as written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mark a number unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirm a field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirm a number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put the old value back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>change a field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose the form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note the explanation on paper</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::ServicePage</name>
    <message>
        <source>This service gives no list. Enter the name of the model by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n models that read pictures.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A model that reads pictures, as the service calls it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model does not read pictures. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads pictures and gives strict answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OpenRouter, or any service that speaks the same language as OpenAI&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop asking for models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the list of models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This one:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way to the network that some offices prescribe.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>tallydesk::SettingsDialog</name>
    <message>
        <source>Reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language and display</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans stay here. No key and no network are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page pictures go to the service that is named under AI service. It costs money or has a daily limit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>How many forms are read side by side. Automatic: one for each of the %n processors of this computer.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stands in the results beside every form that you settle, so that others can ask you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results are the same in every language.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scans keep the white of their paper in both.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
