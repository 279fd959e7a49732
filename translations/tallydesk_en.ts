<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>tallydesk::ArrangeDialog</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s)</source>
        <translation>
            <numerusform>%n ballot</numerusform>
            <numerusform>%n ballots</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of these ballots are settled. Those that you change are read and settled anew.</source>
        <translation>
            <numerusform>%n of these ballots is settled. If you change it, it is read and settled anew.</numerusform>
            <numerusform>%n of these ballots are settled. Those that you change are read and settled anew.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ConsentDialog</name>
    <message numerus="yes">
        <source>%n pictures will be sent to %1.</source>
        <translation>
            <numerusform>%n picture will be sent to %1.</numerusform>
            <numerusform>%n pictures will be sent to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ExportDialog</name>
    <message numerus="yes">
        <source>%n forms are exported.</source>
        <translation>
            <numerusform>%n form is exported.</numerusform>
            <numerusform>%n forms are exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them still need review. They are marked needs_review in the column “status”.</source>
        <translation>
            <numerusform>%n of them still needs review. It is marked needs_review in the column “status”.</numerusform>
            <numerusform>%n of them still need review. They are marked needs_review in the column “status”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The list of the %n forms that could not be read, as %1</source>
        <translation>
            <numerusform>The list of the %n form that could not be read, as %1</numerusform>
            <numerusform>The list of the %n forms that could not be read, as %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n forms</source>
        <translation>
            <numerusform>Export %n form</numerusform>
            <numerusform>Export %n forms</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::MainWindow</name>
    <message numerus="yes">
        <source>Remove %n ballot(s) from this project?</source>
        <translation>
            <numerusform>Remove %n ballot from this project?</numerusform>
            <numerusform>Remove %n ballots from this project?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n ballot(s) are settled. You can export now.</source>
        <translation>
            <numerusform>The ballot is settled. You can export now.</numerusform>
            <numerusform>All %n ballots are settled. You can export now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose fewer ballots: at most %n pages can be arranged at a time.</source>
        <translation>
            <numerusform>Choose fewer ballots: at most %n page can be arranged at a time.</numerusform>
            <numerusform>Choose fewer ballots: at most %n pages can be arranged at a time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) could not be written to the project file. Leave without them?</source>
        <translation>
            <numerusform>%n decision could not be written to the project file. Leave without it?</numerusform>
            <numerusform>%n decisions could not be written to the project file. Leave without them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing needs review now. %n ballot(s) are still to be read.</source>
        <translation>
            <numerusform>Nothing needs review now. %n ballot is still to be read.</numerusform>
            <numerusform>Nothing needs review now. %n ballots are still to be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You changed %n ballot(s) without settling them. Leave them as they were read?</source>
        <translation>
            <numerusform>You changed %n ballot without settling it. Leave it as it was read?</numerusform>
            <numerusform>You changed %n ballots without settling them. Leave them as they were read?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n ballot(s) are done</source>
        <translation>
            <numerusform>%n ballot is done</numerusform>
            <numerusform>All %n ballots are done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) are done</source>
        <translation>
            <numerusform>%n ballot is done</numerusform>
            <numerusform>%n ballots are done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) review</source>
        <translation>
            <numerusform>%n needs review</numerusform>
            <numerusform>%n need review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ProjectDesk</name>
    <message numerus="yes">
        <source>%n file(s) are there twice. Both are read; remove the copies before you export.</source>
        <translation>
            <numerusform>%n file is there twice. Both are read; remove the copy before you export.</numerusform>
            <numerusform>%n files are there twice. Both are read; remove the copies before you export.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) or folder(s) could not be taken in. Nothing in them is counted.</source>
        <translation>
            <numerusform>%n file or folder could not be taken in. Nothing in it is counted.</numerusform>
            <numerusform>%n files or folders could not be taken in. Nothing in them is counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) could not be read again. What was read before still counts.</source>
        <translation>
            <numerusform>%n ballot could not be read again. What was read before still counts.</numerusform>
            <numerusform>%n ballots could not be read again. What was read before still counts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are no scans and were left alone.</source>
        <translation>
            <numerusform>%n file is no scan and was left alone.</numerusform>
            <numerusform>%n files are no scans and were left alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ballot(s) moved to %1.</source>
        <translation>
            <numerusform>%n ballot moved to %1.</numerusform>
            <numerusform>%n ballots moved to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::RecentModel</name>
    <message numerus="yes">
        <source>%n ballot(s)</source>
        <translation>
            <numerusform>%n ballot</numerusform>
            <numerusform>%n ballots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ReviewPanel</name>
    <message numerus="yes">
        <source>%n error(s) open</source>
        <translation>
            <numerusform>%n error open</numerusform>
            <numerusform>%n errors open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept ballot, %n error(s) open</source>
        <translation>
            <numerusform>Accept ballot, %n error open</numerusform>
            <numerusform>Accept ballot, %n errors open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ReviewSheet</name>
    <message numerus="yes">
        <source>%n more finding(s)</source>
        <translation>
            <numerusform>%n more finding</numerusform>
            <numerusform>%n more findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n number(s) still to be confirmed.</source>
        <translation>
            <numerusform>%n number still to be confirmed.</numerusform>
            <numerusform>%n numbers still to be confirmed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The other %n number(s) of this form were read with certainty.</source>
        <translation>
            <numerusform>The other number of this form was read with certainty.</numerusform>
            <numerusform>The other %n numbers of this form were read with certainty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::RunBar</name>
    <message numerus="yes">
        <source>%n ballot(s) to review</source>
        <translation>
            <numerusform>%n ballot to review</numerusform>
            <numerusform>%n ballots to review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::RunStatus</name>
    <message numerus="yes">
        <source>Not saved: %n decision(s)</source>
        <translation>
            <numerusform>Not saved: %n decision</numerusform>
            <numerusform>Not saved: %n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n min left</source>
        <translation>
            <numerusform>About %n minute left</numerusform>
            <numerusform>About %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What the service&apos;s answers of this run cost. %n token(s).</source>
        <translation>
            <numerusform>What the service&apos;s answers of this run cost. %n token.</numerusform>
            <numerusform>What the service&apos;s answers of this run cost. %n tokens.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::ServicePage</name>
    <message numerus="yes">
        <source>%n models that read pictures.</source>
        <translation>
            <numerusform>%n model that reads pictures.</numerusform>
            <numerusform>%n models that read pictures.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::SettingsDialog</name>
    <message numerus="yes">
        <source>How many forms are read side by side. Automatic: adjusted to the service’s speed, and one for each of the %n processors of this computer when it reads by itself.</source>
        <translation>
            <numerusform>How many forms are read side by side. Automatic: adjusted to the service’s speed, and one for the processor of this computer when it reads by itself.</numerusform>
            <numerusform>How many forms are read side by side. Automatic: adjusted to the service’s speed, and one for each of the %n processors of this computer when it reads by itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tallydesk::StartDialog</name>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>about %n min</numerusform>
            <numerusform>about %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read %n ballot(s) with %1?</source>
        <translation>
            <numerusform>Read %n ballot with %1?</numerusform>
            <numerusform>Read %n ballots with %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) will be sent.</source>
        <translation>
            <numerusform>%n picture will be sent.</numerusform>
            <numerusform>%n pictures will be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s), </source>
        <translation>
            <numerusform>%n request, </numerusform>
            <numerusform>%n requests, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) left today</source>
        <translation>
            <numerusform>%n request left today</numerusform>
            <numerusform>%n requests left today</numerusform>
        </translation>
    </message>
</context>
</TS>
