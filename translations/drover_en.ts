<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Notice</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) reached a limit</source>
        <translation>
            <numerusform>%n app reached a limit</numerusform>
            <numerusform>%n apps reached a limit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Requests of %1 were refused, because of a limit of its own.</source>
        <comment>apps</comment>
        <translation>
            <numerusform>Requests of %1 were refused, because of a limit of its own.</numerusform>
            <numerusform>Requests of %1 were refused, because of limits of their own.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) downloaded</source>
        <translation>
            <numerusform>%n model downloaded</numerusform>
            <numerusform>%n models downloaded</numerusform>
        </translation>
    </message>
</context>
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
    <name>drover::app::Application</name>
    <message numerus="yes">
        <source>%n job(s) run or wait.</source>
        <translation>
            <numerusform>%n job runs or waits.</numerusform>
            <numerusform>%n jobs run or wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::AppsModel</name>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::AppsPage</name>
    <message numerus="yes">
        <source>%n at work</source>
        <translation>
            <numerusform>%n at work</numerusform>
            <numerusform>%n at work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n job(s) of %1?</source>
        <translation>
            <numerusform>Cancel %n job of %1?</numerusform>
            <numerusform>Cancel %n jobs of %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::BackendDialog</name>
    <message numerus="yes">
        <source>It answers with %n model(s).</source>
        <translation>
            <numerusform>It answers with %n model.</numerusform>
            <numerusform>It answers with %n models.</numerusform>
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
    <name>drover::app::DayBars</name>
    <message numerus="yes">
        <source>No pool was given anything in the last %n day(s).</source>
        <translation>
            <numerusform>No pool was given anything in the last day.</numerusform>
            <numerusform>No pool was given anything in the last %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 tokens in %2 jobs in the last %n day(s), most on %3.</source>
        <translation>
            <numerusform>%1 tokens in %2 jobs in the last day, most on %3.</numerusform>
            <numerusform>%1 tokens in %2 jobs in the last %n days, most on %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::DoctorDialog</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in order</source>
        <translation>
            <numerusform>%n in order</numerusform>
            <numerusform>%n in order</numerusform>
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
    <name>drover::app::HistoryErrand</name>
    <message numerus="yes">
        <source>%n request(s) are in %1</source>
        <translation>
            <numerusform>%n request is in %1</numerusform>
            <numerusform>%n requests are in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) deleted. The sums per day stay.</source>
        <translation>
            <numerusform>%n record deleted. The sums per day stay.</numerusform>
            <numerusform>%n records deleted. The sums per day stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryPage</name>
    <message numerus="yes">
        <source>Delete all %n record(s)?</source>
        <translation>
            <numerusform>Delete the %n record?</numerusform>
            <numerusform>Delete all %n records?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete the %n record(s) that are shown?</source>
        <translation>
            <numerusform>Delete the %n record that is shown?</numerusform>
            <numerusform>Delete the %n records that are shown?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryTable</name>
    <message numerus="yes">
        <source>Copy %n row(s) as CSV</source>
        <translation>
            <numerusform>Copy %n row as CSV</numerusform>
            <numerusform>Copy %n rows as CSV</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::HostPage</name>
    <message numerus="yes">
        <source>%n machine(s)</source>
        <translation>
            <numerusform>%n machine</numerusform>
            <numerusform>%n machines</numerusform>
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
    <name>drover::app::LogsPage</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n line(s)</source>
        <translation>
            <numerusform>%1 of %n line</numerusform>
            <numerusform>%1 of %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::ModelShelf</name>
    <message numerus="yes">
        <source>%n download(s) are in the list already: clear some away first.</source>
        <translation>
            <numerusform>%n download is in the list already: clear it away first.</numerusform>
            <numerusform>%n downloads are in the list already: clear some away first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::ModelsModel</name>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>in %n min</numerusform>
            <numerusform>in %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>in %n h</numerusform>
            <numerusform>in %n h</numerusform>
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
    <name>drover::app::ModelsPage</name>
    <message numerus="yes">
        <source>%n installed</source>
        <translation>
            <numerusform>%n installed</numerusform>
            <numerusform>%n installed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n loaded</source>
        <translation>
            <numerusform>%n loaded</numerusform>
            <numerusform>%n loaded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n model(s) from the disk?</source>
        <translation>
            <numerusform>Delete %n model from the disk?</numerusform>
            <numerusform>Delete %n models from the disk?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::PercentileStrip</name>
    <message numerus="yes">
        <source>%n failed or refused</source>
        <translation>
            <numerusform>%n failed or refused</numerusform>
            <numerusform>%n failed or refused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::PoolsModel</name>
    <message numerus="yes">
        <source>connected, %n running</source>
        <translation>
            <numerusform>connected, %n running</numerusform>
            <numerusform>connected, %n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n at once</source>
        <translation>
            <numerusform>%n at once</numerusform>
            <numerusform>%n at once</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::PoolsPage</name>
    <message numerus="yes">
        <source>Given, last %n day(s)</source>
        <translation>
            <numerusform>Given, last day</numerusform>
            <numerusform>Given, last %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running for %1</source>
        <translation>
            <numerusform>%n job running for %1</numerusform>
            <numerusform>%n jobs running for %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) given in all</source>
        <translation>
            <numerusform>%n job given in all</numerusform>
            <numerusform>%n jobs given in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) failed since the start</source>
        <translation>
            <numerusform>%n job failed since the start</numerusform>
            <numerusform>%n jobs failed since the start</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) run for it.</source>
        <translation>
            <numerusform>%n job runs for it.</numerusform>
            <numerusform>%n jobs run for it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::PurposeStep</name>
    <message numerus="yes">
        <source>This machine works for %n pool(s).</source>
        <translation>
            <numerusform>This machine works for %n pool.</numerusform>
            <numerusform>This machine works for %n pools.</numerusform>
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
    <name>drover::app::TrayMenu</name>
    <message numerus="yes">
        <source>%n pool(s)</source>
        <translation>
            <numerusform>%n pool</numerusform>
            <numerusform>%n pools</numerusform>
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
    <message numerus="yes">
        <source>Free GPU memory (%n model(s))</source>
        <translation>
            <numerusform>Free GPU memory (%n model)</numerusform>
            <numerusform>Free GPU memory (%n models)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Free GPU memory (%1 in %n model(s))</source>
        <translation>
            <numerusform>Free GPU memory (%1 in %n model)</numerusform>
            <numerusform>Free GPU memory (%1 in %n models)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s)</source>
        <translation>
            <numerusform>%n machine</numerusform>
            <numerusform>%n machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::WeeklySummary</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
        </translation>
    </message>
</context>
</TS>
