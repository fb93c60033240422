<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n model(s) loaded</source>
        <translation>
            <numerusform>%n model loaded</numerusform>
            <numerusform>%n models loaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::ChartCard</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::FacetCards</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n model(s) loaded</source>
        <translation>
            <numerusform>%1 of %n model loaded</numerusform>
            <numerusform>%1 of %n models loaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>tokens in %n request(s)</source>
        <translation>
            <numerusform>tokens in %n request</numerusform>
            <numerusform>tokens in %n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::JobList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1</source>
        <translation>
            <numerusform>%n token, %1</numerusform>
            <numerusform>%n tokens, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::JobsTable</name>
    <message numerus="yes">
        <source>Cancel %n job(s)?</source>
        <translation>
            <numerusform>Cancel %n job?</numerusform>
            <numerusform>Cancel %n jobs?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n request id(s)</source>
        <translation>
            <numerusform>Copy request id</numerusform>
            <numerusform>Copy %n request ids</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n job(s)</source>
        <translation>
            <numerusform>Cancel %n job</numerusform>
            <numerusform>Cancel %n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::QueuePage</name>
    <message numerus="yes">
        <source>Cancel %n job(s)</source>
        <translation>
            <numerusform>Cancel %n job</numerusform>
            <numerusform>Cancel %n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::QuitQuestion</name>
    <message numerus="yes">
        <source>%n job(s) wait or run.</source>
        <translation>
            <numerusform>%n job waits or runs.</numerusform>
            <numerusform>%n jobs wait or run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) are still to finish.</source>
        <translation>
            <numerusform>%n job is still to finish.</numerusform>
            <numerusform>%n jobs are still to finish.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::TrayStatus</name>
    <message numerus="yes">
        <source>Finishing %n job(s), taking no new ones</source>
        <translation>
            <numerusform>Finishing %n job, taking no new ones</numerusform>
            <numerusform>Finishing %n jobs, taking no new ones</numerusform>
        </translation>
    </message>
</context>
</TS>
