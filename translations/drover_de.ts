<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Wording</name>
    <message>
        <source>no model loaded</source>
        <translation>kein Modell geladen</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) loaded</source>
        <translation>
            <numerusform>%n Modell geladen</numerusform>
            <numerusform>%n Modelle geladen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>%1 geladen</translation>
    </message>
    <message>
        <source>%1: ready, %2</source>
        <translation>%1: bereit, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 Tok/s</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weitere</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 machines ready</source>
        <translation>%1 von %2 Maschinen bereit</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>noch nicht gefragt</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>resting after failures</source>
        <translation>pausiert nach Fehlern</translation>
    </message>
    <message>
        <source>not answering</source>
        <translation>antwortet nicht</translation>
    </message>
</context>
<context>
    <name>drover::app::Application</name>
    <message>
        <source>%1 Quit that program, or start Drover with another --port, then try again.</source>
        <translation>%1 Beenden Sie jenes Programm oder starten Sie Drover mit einem anderen --port und versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>drover::app::ChartCard</name>
    <message>
        <source>Tokens per second, last ten minutes</source>
        <translation>Token pro Sekunde, letzte zehn Minuten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Spitze</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Show as chart</source>
        <translation>Als Kurve</translation>
    </message>
    <message>
        <source>last minute</source>
        <translation>letzte Minute</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>vor %n Minute</numerusform>
            <numerusform>vor %n Minuten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::CloseQuestion</name>
    <message>
        <source>Do the same next time</source>
        <translation>Nächstes Mal ebenso</translation>
    </message>
    <message>
        <source>Close Drover</source>
        <translation>Drover schließen</translation>
    </message>
    <message>
        <source>Keep the queue running?</source>
        <translation>Soll die Warteschlange weiterlaufen?</translation>
    </message>
    <message>
        <source>This desktop has no tray for Drover&apos;s icon. Minimised, it goes on serving your apps; when it quits, they cannot reach it.</source>
        <translation>Diese Oberfläche hat keinen Infobereich für Drovers Symbol. Minimiert bedient es Ihre Apps weiter; beendet ist es für sie nicht erreichbar.</translation>
    </message>
    <message>
        <source>Keep running, minimised</source>
        <translation>Minimiert weiterlaufen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>drover::app::CopyAddressButton</name>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>OpenAI</source>
        <translation>OpenAI</translation>
    </message>
    <message>
        <source>Anthropic</source>
        <translation>Anthropic</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>%1:  %2</source>
        <translation>%1:  %2</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>drover::app::FacetCards</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>Seit dem Start</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>running at once</source>
        <comment>completes &apos;2 of 4&apos;</comment>
        <translation>laufen zugleich</translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation>niemand wartet</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>no machine answers yet</source>
        <translation>noch antwortet keine Maschine</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>machines ready</source>
        <translation>Maschinen bereit</translation>
    </message>
    <message>
        <source>ready, %1</source>
        <translation>bereit, %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n model(s) loaded</source>
        <translation>
            <numerusform>%1 von %n Modell geladen</numerusform>
            <numerusform>%1 von %n Modellen geladen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>tokens in %n request(s)</source>
        <translation>
            <numerusform>Token in %n Anfrage</numerusform>
            <numerusform>Token in %n Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>%1 refused</source>
        <translation>%1 abgewiesen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>no failure in %1</source>
        <translation>fehlerfrei seit %1</translation>
    </message>
</context>
<context>
    <name>drover::app::Headline</name>
    <message>
        <source>Simulated model</source>
        <translation>Simuliertes Modell</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Answers are made up by a model inside Drover; no real one is asked.</source>
        <translation>Die Antworten erfindet ein Modell in Drover; kein echtes wird gefragt.</translation>
    </message>
</context>
<context>
    <name>drover::app::JobList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>reading</source>
        <translation>liest</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1</source>
        <translation>
            <numerusform>%n Token, %1</numerusform>
            <numerusform>%n Token, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>next</source>
        <translation>als Nächste</translation>
    </message>
    <message>
        <source>place %1</source>
        <translation>Platz %1</translation>
    </message>
</context>
<context>
    <name>drover::app::JobsModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>%1, running %2 for %3</source>
        <translation>%1, rechnet mit %2 seit %3</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>place %1 in the queue, batch: others go first</source>
        <translation>Platz %1 in der Warteschlange, Stapel: andere gehen vor</translation>
    </message>
    <message>
        <source>place %1 in the queue</source>
        <translation>Platz %1 in der Warteschlange</translation>
    </message>
    <message>
        <source>%1, waiting for %2, %3</source>
        <translation>%1, wartet auf %2, %3</translation>
    </message>
</context>
<context>
    <name>drover::app::JobsTable</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>In their turn</source>
        <translation>Nach der Reihe</translation>
    </message>
    <message>
        <source>Cancel jobs</source>
        <translation>Aufträge abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n job(s)?</source>
        <translation>
            <numerusform>%n Auftrag abbrechen?</numerusform>
            <numerusform>%n Aufträge abbrechen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The apps that wait for them get an error.</source>
        <translation>Die Apps, die darauf warten, bekommen einen Fehler.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Start next</source>
        <translation>Als Nächstes</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n request id(s)</source>
        <translation>
            <numerusform>Anfragekennung kopieren</numerusform>
            <numerusform>%n Anfragekennungen kopieren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n job(s)</source>
        <translation>
            <numerusform>%n Auftrag abbrechen</numerusform>
            <numerusform>%n Aufträge abbrechen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::MainWindow</name>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
</context>
<context>
    <name>drover::app::NowPage</name>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Nobody waits.</source>
        <translation>Niemand wartet.</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Who used it, last ten minutes</source>
        <translation>Anteile, letzte zehn Minuten</translation>
    </message>
    <message>
        <source>Nothing runs.</source>
        <translation>Nichts läuft.</translation>
    </message>
</context>
<context>
    <name>drover::app::PauseButton</name>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Let waiting jobs start again</source>
        <translation>Wartende Aufträge wieder beginnen lassen</translation>
    </message>
    <message>
        <source>Running jobs go on, waiting ones stay in the queue</source>
        <translation>Laufende Aufträge gehen weiter, wartende bleiben in der Schlange</translation>
    </message>
</context>
<context>
    <name>drover::app::QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordnen</translation>
    </message>
    <message>
        <source>Start next</source>
        <translation>Als Nächstes</translation>
    </message>
    <message>
        <source>Make the selected job the next to start</source>
        <translation>Den gewählten Auftrag als nächsten beginnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the selected jobs (Delete)</source>
        <translation>Die gewählten Aufträge abbrechen (Entf)</translation>
    </message>
    <message>
        <source>The queue is paused: running jobs finish, waiting ones stay until you resume.</source>
        <translation>Die Warteschlange ist angehalten: laufende Aufträge enden, wartende bleiben, bis Sie fortsetzen.</translation>
    </message>
    <message>
        <source>Connect an app</source>
        <translation>Eine App verbinden</translation>
    </message>
    <message>
        <source>Give an app this address instead of Ollama&apos;s own. Its requests then take their fair turn and show up here.</source>
        <translation>Geben Sie einer App diese Adresse statt der von Ollama. Dann kommen ihre Anfragen gerecht an die Reihe und erscheinen hier.</translation>
    </message>
    <message>
        <source>The first %1 of %2 jobs are shown.</source>
        <translation>Die ersten %1 von %2 Aufträgen sind zu sehen.</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n job(s)</source>
        <translation>
            <numerusform>%n Auftrag abbrechen</numerusform>
            <numerusform>%n Aufträge abbrechen</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue (%1)</source>
        <translation>Schlange (%1)</translation>
    </message>
</context>
<context>
    <name>drover::app::QuitQuestion</name>
    <message>
        <source>Quit Drover</source>
        <translation>Drover beenden</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) wait or run.</source>
        <translation>
            <numerusform>%n Auftrag wartet oder läuft.</numerusform>
            <numerusform>%n Aufträge warten oder laufen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) are still to finish.</source>
        <translation>
            <numerusform>%n Auftrag muss noch enden.</numerusform>
            <numerusform>%n Aufträge müssen noch enden.</numerusform>
        </translation>
    </message>
    <message>
        <source>If you stop now, the apps that wait for them get an error.</source>
        <translation>Wenn Sie sofort beenden, bekommen die wartenden Apps einen Fehler.</translation>
    </message>
    <message>
        <source>Finish first, then quit</source>
        <translation>Erst abarbeiten, dann beenden</translation>
    </message>
    <message>
        <source>Do not quit</source>
        <translation>Nicht beenden</translation>
    </message>
    <message>
        <source>Stop now and quit</source>
        <translation>Sofort beenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep finishing</source>
        <translation>Weiter abarbeiten</translation>
    </message>
</context>
<context>
    <name>drover::app::ShareBars</name>
    <message>
        <source>Nobody used the machine in the last ten minutes.</source>
        <translation>Niemand hat in den letzten zehn Minuten die Maschine benutzt.</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>drover::app::TimeChart</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Tokens per second over ten minutes</source>
        <translation>Token pro Sekunde über zehn Minuten</translation>
    </message>
    <message>
        <source>No tokens in the last ten minutes.</source>
        <translation>Keine Token in den letzten zehn Minuten.</translation>
    </message>
    <message>
        <source>Up to %1 in the last ten minutes, %2 on average while busy, %3 at present.</source>
        <translation>Bis zu %1 in den letzten zehn Minuten, im Mittel %2 bei der Arbeit, zurzeit %3.</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>nicht gelaufen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>drover::app::TrayMenu</name>
    <message>
        <source>Pause the queue</source>
        <translation>Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Resume the queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Open dashboard</source>
        <translation>Übersicht öffnen</translation>
    </message>
    <message>
        <source>Quit Drover…</source>
        <translation>Drover beenden …</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>OpenAI</source>
        <translation>OpenAI</translation>
    </message>
    <message>
        <source>Anthropic</source>
        <translation>Anthropic</translation>
    </message>
</context>
<context>
    <name>drover::app::TrayStatus</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message numerus="yes">
        <source>Finishing %n job(s), taking no new ones</source>
        <translation>
            <numerusform>Beendet %n Auftrag, nimmt keine neuen</numerusform>
            <numerusform>Beendet %n Aufträge, nimmt keine neuen</numerusform>
        </translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused: %1</source>
        <translation>Angehalten: %1</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Simulated model: answers are made up</source>
        <translation>Simuliertes Modell: die Antworten sind erfunden</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Drover: %1</source>
        <translation>Drover: %1</translation>
    </message>
</context>
</TS>
