<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Doctor</name>
    <message>
        <source>not known while Drover does not run</source>
        <translation>nicht bekannt, solange Drover nicht läuft</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (Prozess %2)</translation>
    </message>
    <message>
        <source>Drover answers on %1</source>
        <translation>Drover antwortet auf %1</translation>
    </message>
    <message>
        <source>whether Drover runs cannot be told: its status address is switched off</source>
        <translation>ob Drover läuft, ist nicht zu sehen: seine Statusadresse ist ausgeschaltet</translation>
    </message>
    <message>
        <source>Switch it on: drover config set status.listen 127.0.0.1:4555</source>
        <translation>Einschalten: drover config set status.listen 127.0.0.1:4555</translation>
    </message>
    <message>
        <source>Drover is not running: nothing answers on %1</source>
        <translation>Drover läuft nicht: auf %1 antwortet nichts</translation>
    </message>
    <message>
        <source>Start it: drover serve</source>
        <translation>Starten: drover serve</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>ein anderes Programm</translation>
    </message>
    <message>
        <source>%1 answers on %2 and is not Drover, or not of this age</source>
        <translation>%1 antwortet auf %2 und ist nicht Drover oder hat einen anderen Stand</translation>
    </message>
    <message>
        <source>Choose another port: drover config set status.listen %1</source>
        <translation>Einen anderen Port wählen: drover config set status.listen %1</translation>
    </message>
    <message>
        <source>this is version %1</source>
        <translation>dies ist Version %1</translation>
    </message>
    <message>
        <source>the running Drover has version %1, this program %2</source>
        <translation>das laufende Drover hat Version %1, dieses Programm %2</translation>
    </message>
    <message>
        <source>Restart Drover, so that both are of one age.</source>
        <translation>Starten Sie Drover neu, damit beide denselben Stand haben.</translation>
    </message>
    <message>
        <source>the queue is paused: nothing starts</source>
        <translation>die Warteschlange ist angehalten: nichts beginnt</translation>
    </message>
    <message>
        <source>Go on: drover resume</source>
        <translation>Fortsetzen: drover resume</translation>
    </message>
    <message>
        <source>Drover takes no new jobs</source>
        <translation>Drover nimmt keine neuen Aufträge an</translation>
    </message>
    <message>
        <source>Take them again: drover undrain</source>
        <translation>Wieder annehmen: drover undrain</translation>
    </message>
    <message>
        <source>the queue is at work</source>
        <translation>die Warteschlange arbeitet</translation>
    </message>
    <message>
        <source>Give Drover another port: drover config set proxy.listen %1</source>
        <translation>Drover einen anderen Port geben: drover config set proxy.listen %1</translation>
    </message>
    <message>
        <source>Ollama&apos;s own gateway for Claude holds %1</source>
        <translation>Ollamas eigener Zugang für Claude belegt %1</translation>
    </message>
    <message>
        <source>apps can connect to http://%1</source>
        <translation>Apps können sich mit http://%1 verbinden</translation>
    </message>
    <message>
        <source>Drover runs, but apps get no answer from http://%1</source>
        <translation>Drover läuft, aber Apps bekommen von http://%1 keine Antwort</translation>
    </message>
    <message>
        <source>Look at drover logs and restart Drover.</source>
        <translation>Sehen Sie sich drover logs an und starten Sie Drover neu.</translation>
    </message>
    <message>
        <source>the address %1 is free</source>
        <translation>die Adresse %1 ist frei</translation>
    </message>
    <message>
        <source>%1 holds %2</source>
        <translation>%1 belegt %2</translation>
    </message>
    <message>
        <source>End it, or: %1</source>
        <translation>Beenden Sie es, oder: %1</translation>
    </message>
    <message>
        <source>control calls are off: pause, cancel and drain need them</source>
        <translation>Steueraufrufe sind aus: Anhalten, Abbrechen und Abarbeiten brauchen sie</translation>
    </message>
    <message>
        <source>Switch them on: drover config set status.token_file &quot;&quot;</source>
        <translation>Einschalten: drover config set status.token_file &quot;&quot;</translation>
    </message>
    <message>
        <source>there is no token file yet; Drover makes it</source>
        <translation>noch gibt es keine Token-Datei; Drover legt sie an</translation>
    </message>
    <message>
        <source>there is no token file %1</source>
        <translation>die Token-Datei %1 gibt es nicht</translation>
    </message>
    <message>
        <source>Run this as the user who runs Drover, or restart Drover to have it made.</source>
        <translation>Führen Sie dies als der Benutzer aus, der Drover ausführt, oder starten Sie Drover neu, damit es sie anlegt.</translation>
    </message>
    <message>
        <source>others can read the token file %1</source>
        <translation>andere können die Token-Datei %1 lesen</translation>
    </message>
    <message>
        <source>Make it private and restart Drover, which then makes another: chmod 600 %1</source>
        <translation>Schützen Sie sie und starten Sie Drover neu, das dann eine andere anlegt: chmod 600 %1</translation>
    </message>
    <message>
        <source>Drover does not take the token in %1</source>
        <translation>Drover nimmt das Token in %1 nicht an</translation>
    </message>
    <message>
        <source>Restart Drover, or check that DROVER_HOME is the same for both.</source>
        <translation>Starten Sie Drover neu oder prüfen Sie, ob DROVER_HOME für beide gleich ist.</translation>
    </message>
    <message>
        <source>the token for control calls is in its place</source>
        <translation>das Token für Steueraufrufe ist an seinem Platz</translation>
    </message>
    <message>
        <source>the list of models comes through Drover</source>
        <translation>die Liste der Modelle kommt durch Drover</translation>
    </message>
    <message>
        <source>the list of models does not come through Drover</source>
        <translation>die Liste der Modelle kommt nicht durch Drover</translation>
    </message>
    <message>
        <source>See what is wrong with the machines: drover why</source>
        <translation>Nachsehen, was den Maschinen fehlt: drover why</translation>
    </message>
    <message>
        <source>export OLLAMA_HOST=http://%1 (for apps, not for ollama serve)</source>
        <translation>export OLLAMA_HOST=http://%1 (für Apps, nicht für ollama serve)</translation>
    </message>
    <message>
        <source>OLLAMA_HOST is not set here: the ollama command goes past the queue</source>
        <translation>OLLAMA_HOST ist hier nicht gesetzt: der Befehl ollama umgeht die Warteschlange</translation>
    </message>
    <message>
        <source>OLLAMA_HOST is no address</source>
        <translation>OLLAMA_HOST ist keine Adresse</translation>
    </message>
    <message>
        <source>OLLAMA_HOST leads apps to Drover; Drover itself ignores it</source>
        <translation>OLLAMA_HOST führt Apps zu Drover; Drover selbst beachtet es nicht</translation>
    </message>
    <message>
        <source>OLLAMA_HOST leads apps to %1, past the queue</source>
        <translation>OLLAMA_HOST führt Apps zu %1, an der Warteschlange vorbei</translation>
    </message>
    <message>
        <source>OPENAI_BASE_URL lacks /v1 at its end</source>
        <translation>OPENAI_BASE_URL fehlt am Ende /v1</translation>
    </message>
    <message>
        <source>OPENAI_BASE_URL is not set here</source>
        <translation>OPENAI_BASE_URL ist hier nicht gesetzt</translation>
    </message>
    <message>
        <source>OPENAI_BASE_URL is in order</source>
        <translation>OPENAI_BASE_URL ist in Ordnung</translation>
    </message>
    <message>
        <source>%1 makes some apps send calls for 127.0.0.1 elsewhere</source>
        <translation>%1 leitet Aufrufe mancher Apps an 127.0.0.1 anderswohin</translation>
    </message>
    <message>
        <source>no web proxy is between apps and Drover</source>
        <translation>zwischen den Apps und Drover steht kein Web-Proxy</translation>
    </message>
    <message>
        <source>PROBLEM</source>
        <translation>PROBLEM</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>Things that need mending: %1</source>
        <translation>Zu beheben: %1</translation>
    </message>
    <message>
        <source>Set %1 to %2?</source>
        <translation>%1 auf %2 setzen?</translation>
    </message>
    <message>
        <source>Take %1 from everybody but you?</source>
        <translation>%1 für alle außer Ihnen sperren?</translation>
    </message>
    <message>
        <source>Make the folder %1?</source>
        <translation>Den Ordner %1 anlegen?</translation>
    </message>
    <message>
        <source>Let waiting requests start again?</source>
        <translation>Wartende Anfragen wieder beginnen lassen?</translation>
    </message>
    <message>
        <source>Take new requests again?</source>
        <translation>Wieder neue Anfragen annehmen?</translation>
    </message>
    <message>
        <source>Start Ollama?</source>
        <translation>Ollama starten?</translation>
    </message>
    <message>
        <source>Make the login entry anew?</source>
        <translation>Den Anmeldeeintrag neu anlegen?</translation>
    </message>
    <message>
        <source>answers are simulated (demonstration)</source>
        <translation>Antworten sind simuliert (Vorführung)</translation>
    </message>
    <message>
        <source>Leave out --demo, or drover config set proxy.demo false</source>
        <translation>--demo weglassen, oder drover config set proxy.demo false</translation>
    </message>
    <message>
        <source>%1: nobody listens there</source>
        <translation>%1: dort lauscht niemand</translation>
    </message>
    <message>
        <source>%1: something is there but gives no answer</source>
        <translation>%1: dort ist etwas, gibt aber keine Antwort</translation>
    </message>
    <message>
        <source>Start Ollama: ollama serve</source>
        <translation>Ollama starten: ollama serve</translation>
    </message>
    <message>
        <source>Start it, or correct its address in the settings.</source>
        <translation>Starten Sie es oder berichtigen Sie seine Adresse in den Einstellungen.</translation>
    </message>
    <message>
        <source>no machine is set up that could answer</source>
        <translation>keine Maschine ist eingerichtet, die antworten könnte</translation>
    </message>
    <message>
        <source>Add a backend to the settings.</source>
        <translation>Tragen Sie in den Einstellungen ein Backend ein.</translation>
    </message>
    <message>
        <source>%1 answers</source>
        <translation>%1 antwortet</translation>
    </message>
    <message>
        <source>every machine answers</source>
        <translation>alle Maschinen antworten</translation>
    </message>
    <message>
        <source>what answers on %1 does not say which Ollama it is</source>
        <translation>was auf %1 antwortet, sagt nicht, welches Ollama es ist</translation>
    </message>
    <message>
        <source>If it is another kind of server, say so: kind = &quot;openai&quot; in its [[backend]].</source>
        <translation>Wenn es ein anderer Server ist, tragen Sie es ein: kind = &quot;openai&quot; in seinem [[backend]].</translation>
    </message>
    <message>
        <source>Ollama %1 is old; some of what Drover shows needs %2</source>
        <translation>Ollama %1 ist alt; manches, was Drover zeigt, braucht %2</translation>
    </message>
    <message>
        <source>Update Ollama.</source>
        <translation>Aktualisieren Sie Ollama.</translation>
    </message>
    <message>
        <source>no Ollama answers</source>
        <translation>kein Ollama antwortet</translation>
    </message>
    <message>
        <source>Ollama has version %1</source>
        <translation>Ollama hat Version %1</translation>
    </message>
    <message>
        <source>%1 rests after failures</source>
        <translation>%1 pausiert nach Fehlern</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
    <message>
        <source>See that it runs; Drover tries it again by itself.</source>
        <translation>Sorgen Sie dafür, dass es läuft; Drover versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>no machine is resting</source>
        <translation>keine Maschine pausiert</translation>
    </message>
    <message>
        <source>no machine has a model</source>
        <translation>keine Maschine hat ein Modell</translation>
    </message>
    <message>
        <source>Fetch one: ollama pull llama3.2</source>
        <translation>Eines holen: ollama pull llama3.2</translation>
    </message>
    <message>
        <source>models: %1</source>
        <translation>Modelle: %1</translation>
    </message>
    <message>
        <source>%1 runs one request at a time, and others wait</source>
        <translation>%1 bearbeitet nur eine Anfrage zugleich, und andere warten</translation>
    </message>
    <message>
        <source>If it can do more at once, say so: drover config set queue.concurrency 4</source>
        <translation>Wenn mehr zugleich möglich ist: drover config set queue.concurrency 4</translation>
    </message>
    <message>
        <source>requests that can run at once: %1</source>
        <translation>Anfragen, die zugleich laufen können: %1</translation>
    </message>
    <message>
        <source>Drover runs as many requests at once as the machine does</source>
        <translation>Drover lässt so viele Anfragen zugleich laufen wie die Maschine</translation>
    </message>
    <message>
        <source>OLLAMA_NUM_PARALLEL is not set here</source>
        <translation>OLLAMA_NUM_PARALLEL ist hier nicht gesetzt</translation>
    </message>
    <message>
        <source>Drover and Ollama agree on what runs at once: %1</source>
        <translation>Drover und Ollama sind sich einig, was zugleich läuft: %1</translation>
    </message>
    <message>
        <source>Drover sends %1 requests at once, Ollama runs %2 (OLLAMA_NUM_PARALLEL)</source>
        <translation>Drover sendet %1 Anfragen zugleich, Ollama bearbeitet %2 (OLLAMA_NUM_PARALLEL)</translation>
    </message>
    <message>
        <source>The rest waits inside Ollama, where nobody is fair. Let Drover ask: drover config set queue.concurrency auto</source>
        <translation>Der Rest wartet in Ollama, wo niemand gerecht teilt. Lassen Sie Drover fragen: drover config set queue.concurrency auto</translation>
    </message>
    <message>
        <source>Some of Ollama&apos;s memory is unused. Let Drover ask: drover config set queue.concurrency auto</source>
        <translation>Ein Teil von Ollamas Speicher liegt brach. Lassen Sie Drover fragen: drover config set queue.concurrency auto</translation>
    </message>
    <message>
        <source>no model is loaded</source>
        <translation>kein Modell ist geladen</translation>
    </message>
    <message>
        <source>every loaded model is whole on the graphics card</source>
        <translation>jedes geladene Modell liegt ganz auf der Grafikkarte</translation>
    </message>
    <message>
        <source>models run on the processor; there is no graphics card for them</source>
        <translation>die Modelle rechnen auf dem Prozessor; eine Grafikkarte für sie gibt es nicht</translation>
    </message>
    <message>
        <source>%1 runs on the processor alone</source>
        <translation>%1 rechnet nur auf dem Prozessor</translation>
    </message>
    <message>
        <source>There is a graphics card. Look in Ollama&apos;s output for why it is not used; after an update of its driver, restart the machine.</source>
        <translation>Eine Grafikkarte ist da. Sehen Sie in Ollamas Ausgabe nach, warum sie nicht benutzt wird; starten Sie nach einer Aktualisierung ihres Treibers den Rechner neu.</translation>
    </message>
    <message>
        <source>It is slow. With a graphics card, look in Ollama&apos;s output for why it is not used.</source>
        <translation>Das ist langsam. Wenn es eine Grafikkarte gibt, sehen Sie in Ollamas Ausgabe nach, warum sie nicht benutzt wird.</translation>
    </message>
    <message>
        <source>only %1 % of %2 is on the graphics card</source>
        <translation>nur %1 % von %2 liegen auf der Grafikkarte</translation>
    </message>
    <message>
        <source>Use a smaller model, or let fewer requests run at once.</source>
        <translation>Benutzen Sie ein kleineres Modell oder lassen Sie weniger Anfragen zugleich laufen.</translation>
    </message>
    <message>
        <source>the loaded models have room for long conversations</source>
        <translation>die geladenen Modelle haben Platz für lange Gespräche</translation>
    </message>
    <message>
        <source>%1 has room for %2 tokens; what is longer is cut off without a word</source>
        <translation>%1 hat Platz für %2 Token; was länger ist, wird ohne ein Wort abgeschnitten</translation>
    </message>
    <message>
        <source>Give it more: OLLAMA_CONTEXT_LENGTH=16384 in engine.environment</source>
        <translation>Mehr Platz geben: OLLAMA_CONTEXT_LENGTH=16384 in engine.environment</translation>
    </message>
    <message>
        <source>Give it more: start Ollama with OLLAMA_CONTEXT_LENGTH=16384</source>
        <translation>Mehr Platz geben: Ollama mit OLLAMA_CONTEXT_LENGTH=16384 starten</translation>
    </message>
    <message>
        <source>no service of the system starts an Ollama</source>
        <translation>kein Dienst des Systems startet ein Ollama</translation>
    </message>
    <message>
        <source>the system starts Ollama (%1), and Drover uses it</source>
        <translation>das System startet Ollama (%1), und Drover benutzt es</translation>
    </message>
    <message>
        <source>the system starts an Ollama of its own (%1), so Drover&apos;s settings for Ollama do not count</source>
        <translation>das System startet ein eigenes Ollama (%1), daher gelten Drovers Einstellungen für Ollama nicht</translation>
    </message>
    <message>
        <source>Have one of them start it: drover config set engine.mode adopt, or switch the service off.</source>
        <translation>Lassen Sie nur einen von beiden starten: drover config set engine.mode adopt, oder schalten Sie den Dienst aus.</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>Give yourself the right to read it, or name another file with CONFIG_FILE.</source>
        <translation>Geben Sie sich das Leserecht oder nennen Sie mit CONFIG_FILE eine andere Datei.</translation>
    </message>
    <message>
        <source>Correct it; drover config validate lists every problem.</source>
        <translation>Berichtigen Sie es; drover config validate nennt alle Probleme.</translation>
    </message>
    <message>
        <source>%1 is in order</source>
        <translation>%1 ist in Ordnung</translation>
    </message>
    <message>
        <source>no settings file, the defaults count</source>
        <translation>keine Einstellungsdatei, es gelten die Vorgaben</translation>
    </message>
    <message>
        <source>nothing odd in the settings and the environment</source>
        <translation>nichts Auffälliges in Einstellungen und Umgebung</translation>
    </message>
    <message>
        <source>drover config validate lists them all.</source>
        <translation>drover config validate nennt sie alle.</translation>
    </message>
    <message>
        <source>Change it if it is not meant.</source>
        <translation>Ändern Sie es, wenn es nicht so gemeint ist.</translation>
    </message>
    <message>
        <source>only programs on this machine can connect</source>
        <translation>nur Programme auf diesem Rechner können sich verbinden</translation>
    </message>
    <message>
        <source>Drover listens to other machines, and no key is set up</source>
        <translation>Drover lauscht auch für andere Rechner, und kein Schlüssel ist eingerichtet</translation>
    </message>
    <message>
        <source>Listen to this machine alone, or make a key for the others.</source>
        <translation>Lauschen Sie nur auf diesem Rechner oder legen Sie für die anderen einen Schlüssel an.</translation>
    </message>
    <message>
        <source>other machines can connect with a key</source>
        <translation>andere Rechner können sich mit einem Schlüssel verbinden</translation>
    </message>
    <message>
        <source>Switch it off if it is not meant.</source>
        <translation>Schalten Sie es aus, wenn es nicht so gemeint ist.</translation>
    </message>
    <message>
        <source>every web page that you open may use your models: proxy.origins has %1</source>
        <translation>jede Webseite, die Sie öffnen, darf Ihre Modelle benutzen: proxy.origins enthält %1</translation>
    </message>
    <message>
        <source>Name the pages that you mean.</source>
        <translation>Nennen Sie nur die Seiten, die Sie meinen.</translation>
    </message>
    <message>
        <source>a web page of somebody else was let in</source>
        <translation>eine fremde Webseite wurde eingelassen</translation>
    </message>
    <message>
        <source>Restart Drover, so that its settings count.</source>
        <translation>Starten Sie Drover neu, damit seine Einstellungen gelten.</translation>
    </message>
    <message>
        <source>OLLAMA_ORIGINS lets web pages in at Ollama, but Drover does not know them</source>
        <translation>OLLAMA_ORIGINS lässt Webseiten bei Ollama ein, aber Drover kennt sie nicht</translation>
    </message>
    <message>
        <source>Name the same pages in proxy.origins.</source>
        <translation>Nennen Sie dieselben Seiten in proxy.origins.</translation>
    </message>
    <message>
        <source>no web page but this machine&apos;s own may use the queue</source>
        <translation>keine Webseite außer denen dieses Rechners darf die Warteschlange benutzen</translation>
    </message>
    <message>
        <source>web pages that may use the queue: %1</source>
        <translation>Webseiten, die die Warteschlange benutzen dürfen: %1</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>Give yourself the right to write there, or name another place with DROVER_HOME.</source>
        <translation>Geben Sie sich dort das Schreibrecht oder nennen Sie mit DROVER_HOME einen anderen Ort.</translation>
    </message>
    <message>
        <source>%1 will be made</source>
        <translation>%1 wird angelegt</translation>
    </message>
    <message>
        <source>%1 can be written</source>
        <translation>%1 ist beschreibbar</translation>
    </message>
    <message>
        <source>the disk with %1 is nearly full: %2 are free</source>
        <translation>der Datenträger mit %1 ist fast voll: %2 sind frei</translation>
    </message>
    <message>
        <source>Free some space; models are usually the largest files.</source>
        <translation>Schaffen Sie Platz; die größten Dateien sind meist Modelle.</translation>
    </message>
    <message>
        <source>%1 are free where Ollama keeps its models: too little for a large one</source>
        <translation>%1 sind frei, wo Ollama seine Modelle ablegt: zu wenig für ein großes</translation>
    </message>
    <message>
        <source>Delete models that you do not use.</source>
        <translation>Löschen Sie Modelle, die Sie nicht benutzen.</translation>
    </message>
    <message>
        <source>%1 are free</source>
        <translation>%1 sind frei</translation>
    </message>
    <message>
        <source>the log goes to standard error</source>
        <translation>das Protokoll geht an die Standardfehlerausgabe</translation>
    </message>
    <message>
        <source>the log file %1 cannot be written</source>
        <translation>die Protokolldatei %1 ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>Give yourself the right to write it, or name another: drover config set log.file PATH</source>
        <translation>Geben Sie sich das Schreibrecht oder nennen Sie eine andere: drover config set log.file PATH</translation>
    </message>
    <message>
        <source>others can read the log file %1</source>
        <translation>andere können die Protokolldatei %1 lesen</translation>
    </message>
    <message>
        <source>Make it private: chmod 600 %1</source>
        <translation>Schützen Sie sie: chmod 600 %1</translation>
    </message>
    <message>
        <source>the log file %1 can be written</source>
        <translation>die Protokolldatei %1 ist beschreibbar</translation>
    </message>
    <message>
        <source>there is no history yet</source>
        <translation>noch gibt es keinen Verlauf</translation>
    </message>
    <message>
        <source>%1 is damaged: it is no history</source>
        <translation>%1 ist beschädigt: es ist kein Verlauf</translation>
    </message>
    <message>
        <source>Move it away; Drover begins another.</source>
        <translation>Legen Sie die Datei beiseite; Drover beginnt eine neue.</translation>
    </message>
    <message>
        <source>the history %1 cannot be written</source>
        <translation>der Verlauf %1 ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>Give yourself the right to write it.</source>
        <translation>Geben Sie sich das Schreibrecht.</translation>
    </message>
    <message>
        <source>others can read the history %1</source>
        <translation>andere können den Verlauf %1 lesen</translation>
    </message>
    <message>
        <source>the history is in order</source>
        <translation>der Verlauf ist in Ordnung</translation>
    </message>
    <message>
        <source>only %1 files may be open at once, connections included</source>
        <translation>nur %1 Dateien dürfen zugleich offen sein, Verbindungen eingeschlossen</translation>
    </message>
    <message>
        <source>Raise the limit: ulimit -n 65536</source>
        <translation>Die Grenze anheben: ulimit -n 65536</translation>
    </message>
    <message>
        <source>enough files may be open at once</source>
        <translation>genügend Dateien dürfen zugleich offen sein</translation>
    </message>
    <message>
        <source>Let the system set its clock by the network.</source>
        <translation>Lassen Sie das System seine Uhr über das Netz stellen.</translation>
    </message>
    <message>
        <source>the clock is wrong: this program was built later</source>
        <translation>die Uhr geht falsch: dieses Programm wurde später gebaut</translation>
    </message>
    <message>
        <source>the clocks of this machine and of %1 are %2 minutes apart</source>
        <translation>die Uhren dieses Rechners und von %1 gehen %2 Minuten auseinander</translation>
    </message>
    <message>
        <source>the system has not set its clock by the network</source>
        <translation>das System hat seine Uhr nicht über das Netz gestellt</translation>
    </message>
    <message>
        <source>the clock is right</source>
        <translation>die Uhr geht richtig</translation>
    </message>
    <message>
        <source>there is no session that could keep secrets</source>
        <translation>es gibt keine Sitzung, die Geheimnisse aufbewahren könnte</translation>
    </message>
    <message>
        <source>no keyring runs: secrets are kept in a file that only you can read</source>
        <translation>kein Schlüsselbund läuft: Geheimnisse liegen in einer Datei, die nur Sie lesen können</translation>
    </message>
    <message>
        <source>Install one, such as gnome-keyring or KWallet.</source>
        <translation>Installieren Sie einen, etwa gnome-keyring oder KWallet.</translation>
    </message>
    <message>
        <source>the system keeps secrets</source>
        <translation>das System bewahrt Geheimnisse auf</translation>
    </message>
    <message>
        <source>there is no desktop here</source>
        <translation>hier gibt es keine Oberfläche</translation>
    </message>
    <message>
        <source>whether there is a tray is not known</source>
        <translation>ob es einen Infobereich gibt, ist nicht bekannt</translation>
    </message>
    <message>
        <source>this desktop has no tray: Drover&apos;s window stands for it</source>
        <translation>diese Oberfläche hat keinen Infobereich: Drovers Fenster tritt an seine Stelle</translation>
    </message>
    <message>
        <source>On GNOME, the extension AppIndicator adds one.</source>
        <translation>Unter GNOME ergänzt ihn die Erweiterung AppIndicator.</translation>
    </message>
    <message>
        <source>the desktop shows tray icons</source>
        <translation>die Oberfläche zeigt Symbole im Infobereich</translation>
    </message>
    <message>
        <source>what starts at login cannot be read</source>
        <translation>was beim Anmelden startet, ist nicht lesbar</translation>
    </message>
    <message>
        <source>See drover login-item status.</source>
        <translation>Siehe drover login-item status.</translation>
    </message>
    <message>
        <source>Drover does not start at login</source>
        <translation>Drover startet nicht beim Anmelden</translation>
    </message>
    <message>
        <source>what is to start at login is not there any more</source>
        <translation>was beim Anmelden starten soll, ist nicht mehr da</translation>
    </message>
    <message>
        <source>Make the entry anew: drover login-item on</source>
        <translation>Den Eintrag neu anlegen: drover login-item on</translation>
    </message>
    <message>
        <source>Drover is to start at login, but the system holds it back: %1</source>
        <translation>Drover soll beim Anmelden starten, aber das System hält es zurück: %1</translation>
    </message>
    <message>
        <source>Switch it on there.</source>
        <translation>Schalten Sie es dort ein.</translation>
    </message>
    <message>
        <source>Drover starts at login</source>
        <translation>Drover startet beim Anmelden</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Drover&apos;s queue does not run</source>
        <translation>Drovers Warteschlange läuft nicht</translation>
    </message>
</context>
<context>
    <name>HostPlan</name>
    <message>
        <source>The name is too long.</source>
        <translation>Der Name ist zu lang.</translation>
    </message>
    <message>
        <source>The port must be between 1 and 65535.</source>
        <translation>Der Port muss zwischen 1 und 65535 liegen.</translation>
    </message>
    <message>
        <source>The internet needs a certificate and its key.</source>
        <translation>Für das Internet braucht es ein Zertifikat und seinen Schlüssel.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Die Datei %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Type the address that others will use, such as https://pool.example.org.</source>
        <translation>Geben Sie die Adresse an, die andere benutzen werden, etwa https://pool.example.org.</translation>
    </message>
    <message>
        <source>The address must look like https://pool.example.org.</source>
        <translation>Die Adresse muss aussehen wie https://pool.example.org.</translation>
    </message>
    <message>
        <source>Port %1 is opened for programs on this machine alone.</source>
        <translation>Port %1 wird nur für Programme auf diesem Rechner geöffnet.</translation>
    </message>
    <message>
        <source>Port %1 is opened for every machine in your network.</source>
        <translation>Port %1 wird für alle Rechner in Ihrem Netz geöffnet.</translation>
    </message>
    <message>
        <source>Nothing is encrypted: choose this only where you trust the network.</source>
        <translation>Nichts ist verschlüsselt: Wählen Sie das nur, wo Sie dem Netz vertrauen.</translation>
    </message>
    <message>
        <source>Port %1 is opened for everybody who can reach this machine, encrypted by your certificate.</source>
        <translation>Port %1 wird für alle geöffnet, die diesen Rechner erreichen, verschlüsselt mit Ihrem Zertifikat.</translation>
    </message>
    <message>
        <source>Port %1 is opened for the proxy on this machine alone.</source>
        <translation>Port %1 wird nur für den Proxy auf diesem Rechner geöffnet.</translation>
    </message>
    <message>
        <source>A key for a first client and one for a first machine are made and shown once.</source>
        <translation>Ein Schlüssel für einen ersten Client und einer für einen ersten Rechner werden erzeugt und einmal gezeigt.</translation>
    </message>
    <message>
        <source>This machine answers the pool, too, after its own apps.</source>
        <translation>Dieser Rechner antwortet auch dem Pool, nach seinen eigenen Apps.</translation>
    </message>
    <message>
        <source>Only the machines that join answer the pool.</source>
        <translation>Nur die Rechner, die beitreten, antworten dem Pool.</translation>
    </message>
</context>
<context>
    <name>JoinWords</name>
    <message>
        <source>What it can ask</source>
        <translation>Was er fragen kann</translation>
    </message>
    <message>
        <source>What it can see</source>
        <translation>Was er sehen kann</translation>
    </message>
    <message>
        <source>What you must know</source>
        <translation>Was Sie wissen müssen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weitere</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Ollama stopped working</source>
        <translation>Ollama läuft nicht mehr</translation>
    </message>
    <message>
        <source>It ended too often. Drover does not start it again by itself.</source>
        <translation>Es ist zu oft abgebrochen. Drover startet es nicht mehr von selbst.</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>Protokoll öffnen</translation>
    </message>
    <message>
        <source>The disk is almost full</source>
        <translation>Der Datenträger ist fast voll</translation>
    </message>
    <message>
        <source>There is not enough space left.</source>
        <translation>Der Platz reicht nicht mehr aus.</translation>
    </message>
    <message>
        <source>Open models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Ollama was started again</source>
        <translation>Ollama wurde neu gestartet</translation>
    </message>
    <message>
        <source>It had ended by itself. Waiting requests go on.</source>
        <translation>Es war von selbst abgebrochen. Wartende Anfragen gehen weiter.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) reached a limit</source>
        <translation>
            <numerusform>%n App hat eine Grenze erreicht</numerusform>
            <numerusform>%n Apps haben eine Grenze erreicht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Requests of %1 were refused, because of a limit of its own.</source>
        <comment>apps</comment>
        <translation>
            <numerusform>Anfragen von %1 wurden wegen einer eigenen Grenze abgewiesen.</numerusform>
            <numerusform>Anfragen von %1 wurden wegen eigener Grenzen abgewiesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Change limits</source>
        <translation>Grenzen ändern</translation>
    </message>
    <message>
        <source>The queue is long</source>
        <translation>Die Warteschlange ist lang</translation>
    </message>
    <message>
        <source>Open queue</source>
        <translation>Schlange öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) downloaded</source>
        <translation>
            <numerusform>%n Modell heruntergeladen</numerusform>
            <numerusform>%n Modelle heruntergeladen</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready to use: %1</source>
        <translation>Bereit: %1</translation>
    </message>
    <message>
        <source>Drover runs in the background</source>
        <translation>Drover läuft im Hintergrund</translation>
    </message>
    <message>
        <source>Its icon in the panel tells what it does. A click opens the window.</source>
        <translation>Sein Symbol in der Leiste zeigt, was es tut. Ein Klick öffnet das Fenster.</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Address copied</source>
        <translation>Adresse kopiert</translation>
    </message>
    <message>
        <source>The pause is over</source>
        <translation>Die Pause ist vorbei</translation>
    </message>
    <message>
        <source>Your last week</source>
        <translation>Ihre letzte Woche</translation>
    </message>
    <message>
        <source>Open history</source>
        <translation>Verlauf öffnen</translation>
    </message>
    <message>
        <source>A pool refuses this machine</source>
        <translation>Ein Pool weist diesen Rechner ab</translation>
    </message>
    <message>
        <source>Open pools</source>
        <translation>Pools öffnen</translation>
    </message>
    <message>
        <source>The connection to a pool is lost</source>
        <translation>Die Verbindung zu einem Pool ist weg</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>pool, reason</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>PauseChoices</name>
    <message>
        <source>For 15 minutes</source>
        <translation>Für 15 Minuten</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>Until tomorrow, %1</source>
        <translation>Bis morgen, %1</translation>
    </message>
    <message>
        <source>Until I resume</source>
        <translation>Bis ich fortsetze</translation>
    </message>
</context>
<context>
    <name>Pulling</name>
    <message>
        <source>What answers sends lines that are too long for Ollama&apos;s.</source>
        <translation>Was antwortet, sendet Zeilen, die für Ollama zu lang sind.</translation>
    </message>
    <message>
        <source>What answers does not answer as Ollama does.</source>
        <translation>Was antwortet, antwortet nicht wie Ollama.</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Ready. Apps connect to http://%1.</source>
        <translation>Bereit. Apps verbinden sich mit http://%1.</translation>
    </message>
    <message>
        <source>See which one, and why.</source>
        <translation>Sehen Sie nach, welche und warum.</translation>
    </message>
    <message>
        <source>Looking for the machines that answer.</source>
        <translation>Sucht die Maschinen, die antworten.</translation>
    </message>
    <message>
        <source>%1 running, %2 waiting%3.</source>
        <translation>%1 laufen, %2 warten%3.</translation>
    </message>
    <message>
        <source>Paused: %1 running, %2 waiting. Nothing new starts.</source>
        <translation>Angehalten: %1 laufen, %2 warten. Nichts Neues beginnt.</translation>
    </message>
    <message>
        <source>Resume the queue: drover resume.</source>
        <translation>Warteschlange fortsetzen: drover resume.</translation>
    </message>
    <message>
        <source>Paused until %3: %1 running, %2 waiting. New jobs wait until then.</source>
        <translation>Angehalten bis %3: %1 laufen, %2 warten. Neue Aufträge warten bis dahin.</translation>
    </message>
    <message>
        <source>Resume the queue before: drover resume.</source>
        <translation>Warteschlange vorher fortsetzen: drover resume.</translation>
    </message>
    <message>
        <source>Finishing: %1 running, %2 waiting. New requests are refused.</source>
        <translation>Wird abgearbeitet: %1 laufen, %2 warten. Neue Anfragen werden abgewiesen.</translation>
    </message>
    <message>
        <source>Take new requests again: drover undrain.</source>
        <translation>Wieder neue Anfragen annehmen: drover undrain.</translation>
    </message>
    <message>
        <source>No machine is set up that could answer.</source>
        <translation>Keine Maschine ist eingerichtet, die antworten könnte.</translation>
    </message>
    <message>
        <source>Add a backend to the settings, or start Drover with --ollama-url.</source>
        <translation>Tragen Sie in den Einstellungen ein Backend ein oder starten Sie Drover mit --ollama-url.</translation>
    </message>
    <message>
        <source>Ollama does not answer at %1.</source>
        <translation>Ollama antwortet nicht auf %1.</translation>
    </message>
    <message>
        <source>Start Ollama, or set the address where it listens. Drover connects by itself.</source>
        <translation>Starten Sie Ollama oder stellen Sie die Adresse ein, auf der es lauscht. Drover verbindet sich von selbst.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>Start the server at %2. Drover connects by itself.</source>
        <translation>Starten Sie den Server auf %2. Drover verbindet sich von selbst.</translation>
    </message>
    <message>
        <source>None of the %1 machines answers.</source>
        <translation>Keine der %1 Maschinen antwortet.</translation>
    </message>
    <message>
        <source>Start one of them. Drover connects by itself.</source>
        <translation>Starten Sie eine davon. Drover verbindet sich von selbst.</translation>
    </message>
    <message>
        <source>%1 failed too often and rests: %2</source>
        <translation>%1 ist zu oft gescheitert und pausiert: %2</translation>
    </message>
    <message>
        <source>Look at its own log; Drover tries it again by itself.</source>
        <translation>Sehen Sie in das Protokoll der Maschine; Drover versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>The request cannot be understood.</source>
        <translation>Die Anfrage ist nicht zu verstehen.</translation>
    </message>
    <message>
        <source>A key is needed that Drover knows.</source>
        <translation>Nötig ist ein Schlüssel, den Drover kennt.</translation>
    </message>
    <message>
        <source>Give the app one of Drover&apos;s keys.</source>
        <translation>Geben Sie der App einen von Drovers Schlüsseln.</translation>
    </message>
    <message>
        <source>This is not allowed from there.</source>
        <translation>Von dort ist das nicht erlaubt.</translation>
    </message>
    <message>
        <source>If it is meant, allow it in the settings.</source>
        <translation>Wenn es gewollt ist, erlauben Sie es in den Einstellungen.</translation>
    </message>
    <message>
        <source>There is no such thing here.</source>
        <translation>Das gibt es hier nicht.</translation>
    </message>
    <message>
        <source>The request is larger than Drover takes.</source>
        <translation>Die Anfrage ist größer, als Drover annimmt.</translation>
    </message>
    <message>
        <source>Let requests be larger: proxy.body_bytes_max</source>
        <translation>Größere Anfragen erlauben: proxy.body_bytes_max</translation>
    </message>
    <message>
        <source>The queue is full.</source>
        <translation>Die Warteschlange ist voll.</translation>
    </message>
    <message>
        <source>Wait, or let more requests wait: queue.waiting_max</source>
        <translation>Warten Sie oder lassen Sie mehr Anfragen warten: queue.waiting_max</translation>
    </message>
    <message>
        <source>This app already has as many requests waiting as it may.</source>
        <translation>Von dieser App warten schon so viele Anfragen, wie dürfen.</translation>
    </message>
    <message>
        <source>Wait, or let more of them wait: queue.waiting_per_user_max</source>
        <translation>Warten Sie oder lassen Sie mehr davon warten: queue.waiting_per_user_max</translation>
    </message>
    <message>
        <source>The request waited longer than it may.</source>
        <translation>Die Anfrage hat länger gewartet, als sie darf.</translation>
    </message>
    <message>
        <source>Let requests wait longer: queue.wait_max_interactive</source>
        <translation>Anfragen länger warten lassen: queue.wait_max_interactive</translation>
    </message>
    <message>
        <source>No backend can answer for this model.</source>
        <translation>Kein Backend kann für dieses Modell antworten.</translation>
    </message>
    <message>
        <source>Fetch the model, or ask for one that is there.</source>
        <translation>Holen Sie das Modell oder fragen Sie nach einem, das da ist.</translation>
    </message>
    <message>
        <source>The backend cannot be reached.</source>
        <translation>Das Backend ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Start it; Drover connects by itself.</source>
        <translation>Starten Sie es; Drover verbindet sich von selbst.</translation>
    </message>
    <message>
        <source>The backend broke off its answer.</source>
        <translation>Das Backend hat seine Antwort abgebrochen.</translation>
    </message>
    <message>
        <source>Look at its own log.</source>
        <translation>Sehen Sie in sein eigenes Protokoll.</translation>
    </message>
    <message>
        <source>The backend was silent for too long.</source>
        <translation>Das Backend hat zu lange geschwiegen.</translation>
    </message>
    <message>
        <source>If it is only slow, wait longer for it: proxy.timeout</source>
        <translation>Wenn es nur langsam ist, warten Sie länger darauf: proxy.timeout</translation>
    </message>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Drover is shutting down and takes no new requests.</source>
        <translation>Drover wird gerade beendet und nimmt keine neuen Anfragen an.</translation>
    </message>
    <message>
        <source>Start Drover again once it has ended.</source>
        <translation>Starten Sie Drover wieder, sobald es beendet ist.</translation>
    </message>
    <message>
        <source>Another program is using the port.</source>
        <translation>Ein anderes Programm benutzt den Port.</translation>
    </message>
    <message>
        <source>Quit that program, or give Drover another port, then try again.</source>
        <translation>Beenden Sie jenes Programm oder geben Sie Drover einen anderen Port und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>A setting is not right.</source>
        <translation>Eine Einstellung stimmt nicht.</translation>
    </message>
    <message>
        <source>Correct it; drover config validate lists every problem.</source>
        <translation>Berichtigen Sie sie; drover config validate nennt alle Probleme.</translation>
    </message>
    <message>
        <source>A file or socket could not be used.</source>
        <translation>Eine Datei oder ein Socket war nicht zu benutzen.</translation>
    </message>
    <message>
        <source>See that Drover may use it and that the disk is not full, then try again.</source>
        <translation>Prüfen Sie, ob Drover sie benutzen darf und der Datenträger nicht voll ist, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This app is blocked.</source>
        <translation>Diese App ist gesperrt.</translation>
    </message>
    <message>
        <source>Let it in again under Apps.</source>
        <translation>Lassen Sie sie unter Apps wieder zu.</translation>
    </message>
    <message>
        <source>This app may not use this model.</source>
        <translation>Diese App darf dieses Modell nicht benutzen.</translation>
    </message>
    <message>
        <source>Allow it the model under Apps.</source>
        <translation>Erlauben Sie ihr das Modell unter Apps.</translation>
    </message>
    <message>
        <source>This app has used its tokens for today.</source>
        <translation>Diese App hat ihre Token für heute verbraucht.</translation>
    </message>
    <message>
        <source>Wait until tomorrow, or raise its limit under Apps.</source>
        <translation>Warten Sie bis morgen oder heben Sie ihre Grenze unter Apps an.</translation>
    </message>
    <message>
        <source>Looking for Ollama.</source>
        <translation>Sucht Ollama.</translation>
    </message>
    <message>
        <source>Ollama is starting.</source>
        <translation>Ollama startet.</translation>
    </message>
    <message>
        <source>Ollama runs, started by Drover.%1</source>
        <translation>Ollama läuft, von Drover gestartet.%1</translation>
    </message>
    <message>
        <source>Ollama answers.%1</source>
        <translation>Ollama antwortet.%1</translation>
    </message>
    <message>
        <source>Ollama runs; Drover did not start it and does not stop it.%1</source>
        <translation>Ollama läuft; Drover hat es nicht gestartet und beendet es nicht.%1</translation>
    </message>
    <message>
        <source>Ollama runs as the service %1; Drover leaves it to that.%2</source>
        <translation>Ollama läuft als Dienst %1; Drover überlässt es ihm.%2</translation>
    </message>
    <message>
        <source>The Ollama of the service %1 has ended.</source>
        <translation>Das Ollama des Dienstes %1 wurde beendet.</translation>
    </message>
    <message>
        <source>Start it again: %2; or let Drover start one: drover ollama start</source>
        <translation>Starten Sie es wieder: %2; oder lassen Sie Drover eines starten: drover ollama start</translation>
    </message>
    <message>
        <source>Start its service: %2. Drover connects by itself.</source>
        <translation>Starten Sie seinen Dienst: %2. Drover verbindet sich von selbst.</translation>
    </message>
    <message>
        <source>Ollama runs, started by Drover, for %1 at once. With its next start that becomes %2.%3</source>
        <translation>Ollama läuft, von Drover gestartet, für %1 zugleich. Ab seinem nächsten Start sind es %2.%3</translation>
    </message>
    <message>
        <source>Ollama is not started, because its models folder is not there: %1.</source>
        <translation>Ollama wird nicht gestartet, weil sein Modellordner fehlt: %1.</translation>
    </message>
    <message>
        <source>Connect its disk, then it is started by itself; or change OLLAMA_MODELS.</source>
        <translation>Schließen Sie seinen Datenträger an, dann startet es von selbst; oder ändern Sie OLLAMA_MODELS.</translation>
    </message>
    <message>
        <source>Ollama runs, but its models folder is gone: %1.</source>
        <translation>Ollama läuft, aber sein Modellordner ist verschwunden: %1.</translation>
    </message>
    <message>
        <source>Connect its disk again.</source>
        <translation>Schließen Sie seinen Datenträger wieder an.</translation>
    </message>
    <message>
        <source>The Ollama that Drover found running has ended; Drover did not start it.</source>
        <translation>Das Ollama, das Drover laufend vorfand, wurde beendet; Drover hatte es nicht gestartet.</translation>
    </message>
    <message>
        <source>Start it again, or let Drover start one: drover ollama start</source>
        <translation>Starten Sie es wieder oder lassen Sie Drover eines starten: drover ollama start</translation>
    </message>
    <message>
        <source>Ollama runs but does not answer.</source>
        <translation>Ollama läuft, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>Wait: it is ended and started again when it stays silent.</source>
        <translation>Warten Sie: wenn es weiter schweigt, wird es beendet und neu gestartet.</translation>
    </message>
    <message>
        <source>No Ollama answers on %1.</source>
        <translation>Kein Ollama antwortet auf %1.</translation>
    </message>
    <message>
        <source>Start Ollama, or let Drover do it: drover config set engine.mode supervise</source>
        <translation>Starten Sie Ollama oder lassen Sie Drover es tun: drover config set engine.mode supervise</translation>
    </message>
    <message>
        <source>No Ollama answers on %1; it is not Drover&apos;s to start it.</source>
        <translation>Auf %1 antwortet kein Ollama; Drover soll es nicht starten.</translation>
    </message>
    <message>
        <source>Start it there.</source>
        <translation>Starten Sie es dort.</translation>
    </message>
    <message>
        <source>Ollama is not installed.</source>
        <translation>Ollama ist nicht installiert.</translation>
    </message>
    <message>
        <source>Install it from ollama.com, or name it: drover config set engine.binary PATH</source>
        <translation>Installieren Sie es von ollama.com oder nennen Sie es: drover config set engine.binary PATH</translation>
    </message>
    <message>
        <source>There is no program %1.</source>
        <translation>Das Programm %1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Name another: drover config set engine.binary PATH</source>
        <translation>Nennen Sie ein anderes: drover config set engine.binary PATH</translation>
    </message>
    <message>
        <source>%1, which is no Ollama.</source>
        <translation>%1. Das ist kein Ollama.</translation>
    </message>
    <message>
        <source>End that program, or give the backend another port.</source>
        <translation>Beenden Sie jenes Programm oder geben Sie dem Backend einen anderen Port.</translation>
    </message>
    <message>
        <source>%1, which does not answer.</source>
        <translation>%1. Es antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 It is started again.</source>
        <translation>%1 Es wird neu gestartet.</translation>
    </message>
    <message>
        <source>See what it said in the log.</source>
        <translation>Was es gesagt hat, steht im Protokoll.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Mend what it complains of (try: ollama serve), then: drover ollama start</source>
        <translation>Beheben Sie, was es bemängelt (Versuch: ollama serve), danach: drover ollama start</translation>
    </message>
    <message>
        <source>Ollama is told to end.</source>
        <translation>Ollama soll enden.</translation>
    </message>
    <message>
        <source>Ollama has ended, as Drover told it to.</source>
        <translation>Ollama ist beendet, wie Drover es verlangt hat.</translation>
    </message>
    <message>
        <source>Drover does not watch Ollama any more.</source>
        <translation>Drover überwacht Ollama nicht mehr.</translation>
    </message>
    <message>
        <source>Ollama was stopped by somebody else, so Drover leaves it stopped.</source>
        <translation>Jemand anders hat Ollama beendet, daher lässt Drover es so.</translation>
    </message>
    <message>
        <source>Start it again: drover ollama start</source>
        <translation>Wieder starten: drover ollama start</translation>
    </message>
    <message>
        <source>Ready, but %1 of %2 machines do not answer.</source>
        <translation>Bereit, aber %1 von %2 Rechnern antworten nicht.</translation>
    </message>
    <message>
        <source>Ready, but %1 of %2 machines do not answer. %3</source>
        <translation>Bereit, aber %1 von %2 Rechnern antworten nicht. %3</translation>
    </message>
    <message>
        <source>Ollama crashed, or the system ended it (%1).</source>
        <translation>Ollama ist abgestürzt, oder das System hat es beendet (%1).</translation>
    </message>
    <message>
        <source>Ollama ended with the exit code %1.</source>
        <translation>Ollama hat sich mit dem Exitcode %1 beendet.</translation>
    </message>
    <message>
        <source>Ollama did not answer for too long and was ended.</source>
        <translation>Ollama hat zu lange nicht geantwortet und wurde beendet.</translation>
    </message>
    <message>
        <source>Ollama stopped in the middle of an answer, sent nothing more for too long and was ended.</source>
        <translation>Ollama ist mitten in einer Antwort stehen geblieben, hat zu lange nichts mehr gesendet und wurde beendet.</translation>
    </message>
    <message>
        <source>Ollama did not answer in time after its start and was ended.</source>
        <translation>Ollama hat nach dem Start nicht rechtzeitig geantwortet und wurde beendet.</translation>
    </message>
    <message>
        <source>Ollama cannot be started: %1.</source>
        <translation>Ollama lässt sich nicht starten: %1.</translation>
    </message>
    <message>
        <source>It ended %1 times within %2 min, so it is not started again.</source>
        <translation>Es hat sich in %2 min %1-mal beendet und wird deshalb nicht neu gestartet.</translation>
    </message>
    <message>
        <source>It was replaced: version %1 instead of %2.</source>
        <translation>Es wurde ersetzt: Version %1 statt %2.</translation>
    </message>
    <message>
        <source>Port %1 is used by %2</source>
        <translation>Port %1 wird von %2 belegt</translation>
    </message>
    <message>
        <source>Port %1 is used by another program</source>
        <translation>Port %1 wird von einem anderen Programm belegt</translation>
    </message>
    <message>
        <source>It has not been asked yet.</source>
        <translation>Er wurde noch nicht gefragt.</translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation>%1 antwortet nicht: %2</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2.</source>
        <translation>%1 ist nicht brauchbar: %2.</translation>
    </message>
    <message>
        <source>It failed %1 times in a row (%2) and is tried again in %3.</source>
        <translation>Es ging %1-mal hintereinander schief (%2); neuer Versuch in %3.</translation>
    </message>
    <message>
        <source>The client left.</source>
        <translation>Die App hat die Verbindung getrennt.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Der Auftrag wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The answer broke off.</source>
        <translation>Die Antwort ist abgebrochen.</translation>
    </message>
    <message>
        <source>The backend answered with status %1.</source>
        <translation>Das Backend hat mit dem Status %1 geantwortet.</translation>
    </message>
    <message>
        <source>The backend reported an error in its stream.</source>
        <translation>Das Backend hat in seinem Datenstrom einen Fehler gemeldet.</translation>
    </message>
    <message>
        <source>The stream ended without its last piece.</source>
        <translation>Der Datenstrom endete ohne sein letztes Stück.</translation>
    </message>
    <message>
        <source>Sharing: pools may send work.</source>
        <translation>Teilen: Pools dürfen Arbeit schicken.</translation>
    </message>
    <message>
        <source>Sharing is paused. Your apps still work.</source>
        <translation>Das Teilen ist angehalten. Ihre Apps arbeiten weiter.</translation>
    </message>
    <message>
        <source>Share again: drover resume.</source>
        <translation>Wieder teilen: drover resume.</translation>
    </message>
    <message>
        <source>Sharing is paused until %1. Your apps still work.</source>
        <translation>Das Teilen ist bis %1 angehalten. Ihre Apps arbeiten weiter.</translation>
    </message>
    <message>
        <source>Share again before: drover resume.</source>
        <translation>Schon vorher wieder teilen: drover resume.</translation>
    </message>
    <message>
        <source>Sharing is paused while %1 runs. Your apps still work.</source>
        <translation>Das Teilen ist angehalten, solange %1 läuft. Ihre Apps arbeiten weiter.</translation>
    </message>
    <message>
        <source>Sharing is paused until the machine is plugged in. Your apps still work.</source>
        <translation>Das Teilen ist angehalten, bis der Rechner am Netz hängt. Ihre Apps arbeiten weiter.</translation>
    </message>
    <message>
        <source>Plug it in, or share again: drover resume.</source>
        <translation>Schließen Sie ihn ans Netz an, oder teilen Sie wieder: drover resume.</translation>
    </message>
    <message>
        <source>Sharing sleeps while the machine runs on battery.</source>
        <translation>Das Teilen ruht, solange der Rechner im Akkubetrieb läuft.</translation>
    </message>
    <message>
        <source>Plug it in, or let it share on battery: sharing.on_battery</source>
        <translation>Schließen Sie ihn ans Netz an, oder lassen Sie ihn auch im Akkubetrieb teilen: sharing.on_battery</translation>
    </message>
    <message>
        <source>Sharing sleeps while %1 fills the screen.</source>
        <translation>Das Teilen ruht, solange %1 den Bildschirm füllt.</translation>
    </message>
    <message>
        <source>If it may go on then: sharing.full_screen</source>
        <translation>Wenn es dann weitergehen darf: sharing.full_screen</translation>
    </message>
    <message>
        <source>Sharing sleeps while %1 is running.</source>
        <translation>Das Teilen ruht, solange %1 läuft.</translation>
    </message>
    <message>
        <source>If it may go on then, take it off the list: sharing.programs</source>
        <translation>Wenn es dann weitergehen darf, nehmen Sie es von der Liste: sharing.programs</translation>
    </message>
    <message>
        <source>Sharing sleeps while other programs use the GPU.</source>
        <translation>Das Teilen ruht, solange andere Programme die GPU benutzen.</translation>
    </message>
    <message>
        <source>Let them use more of it before: sharing.gpu_others_max</source>
        <translation>Lassen Sie sie vorher mehr davon benutzen: sharing.gpu_others_max</translation>
    </message>
    <message>
        <source>Sharing sleeps while other programs use the processor.</source>
        <translation>Das Teilen ruht, solange andere Programme den Prozessor benutzen.</translation>
    </message>
    <message>
        <source>Let them use more of it before: sharing.cpu_others_max</source>
        <translation>Lassen Sie sie vorher mehr davon benutzen: sharing.cpu_others_max</translation>
    </message>
    <message>
        <source>Sharing sleeps while you use the machine.</source>
        <translation>Das Teilen ruht, solange Sie den Rechner benutzen.</translation>
    </message>
    <message>
        <source>Share also then with other manners: sharing.manners</source>
        <translation>Mit anderen Manieren auch dann teilen: sharing.manners</translation>
    </message>
    <message>
        <source>Sharing sleeps: this network is paid for by volume.</source>
        <translation>Das Teilen ruht: Dieses Netz wird nach Volumen bezahlt.</translation>
    </message>
    <message>
        <source>Use another network, or share on this one: sharing.metered</source>
        <translation>Wechseln Sie das Netz, oder teilen Sie auch in diesem: sharing.metered</translation>
    </message>
    <message>
        <source>Sharing sleeps outside its hours, until %1.</source>
        <translation>Das Teilen ruht außerhalb seiner Zeiten, bis %1.</translation>
    </message>
    <message>
        <source>Change its hours: sharing.schedule</source>
        <translation>Zeiten ändern: sharing.schedule</translation>
    </message>
    <message>
        <source>Sharing sleeps: it has no hours in the week.</source>
        <translation>Das Teilen ruht: Es hat in der Woche keine Zeiten.</translation>
    </message>
    <message>
        <source>Give it some: sharing.schedule</source>
        <translation>Geben Sie ihm welche: sharing.schedule</translation>
    </message>
    <message>
        <source>Sharing rests: the machine was at %1 °C or more.</source>
        <translation>Das Teilen ruht: Der Rechner hatte %1 °C oder mehr.</translation>
    </message>
    <message>
        <source>It goes on once the machine has cooled down.</source>
        <translation>Es geht weiter, sobald der Rechner abgekühlt ist.</translation>
    </message>
    <message>
        <source>Sharing sleeps: the disk is nearly full.</source>
        <translation>Das Teilen ruht: Der Datenträger ist fast voll.</translation>
    </message>
    <message>
        <source>Make room, or let it be fuller: sharing.disk_free_min</source>
        <translation>Schaffen Sie Platz, oder lassen Sie ihn voller werden: sharing.disk_free_min</translation>
    </message>
    <message>
        <source>Sharing sleeps: hardly any memory is free.</source>
        <translation>Das Teilen ruht: Es ist kaum noch Speicher frei.</translation>
    </message>
    <message>
        <source>Close programs, or let less be free: sharing.memory_free_min</source>
        <translation>Schließen Sie Programme, oder lassen Sie weniger frei: sharing.memory_free_min</translation>
    </message>
    <message>
        <source>The pools have had their %1 tokens for today.</source>
        <translation>Die Pools haben ihre %1 Token für heute bekommen.</translation>
    </message>
    <message>
        <source>Give more a day: sharing.tokens_per_day</source>
        <translation>Mehr am Tag geben: sharing.tokens_per_day</translation>
    </message>
    <message>
        <source>The pools have had their %1 jobs for today.</source>
        <translation>Die Pools haben ihre %1 Aufträge für heute bekommen.</translation>
    </message>
    <message>
        <source>Give more a day: sharing.jobs_per_day</source>
        <translation>Mehr am Tag geben: sharing.jobs_per_day</translation>
    </message>
    <message>
        <source>The pools have had their %1 minutes for today.</source>
        <translation>Die Pools haben ihre %1 Minuten für heute bekommen.</translation>
    </message>
    <message>
        <source>Give more a day: sharing.time_per_day</source>
        <translation>Mehr am Tag geben: sharing.time_per_day</translation>
    </message>
    <message>
        <source>%1 It said: &quot;%2&quot;</source>
        <translation>%1 Es meldete: „%2“</translation>
    </message>
    <message>
        <source>The pool, or the connection to it, went away.</source>
        <translation>Der Pool oder die Verbindung zu ihm ist weg.</translation>
    </message>
    <message>
        <source>It was handed back to the pool.</source>
        <translation>Er wurde an den Pool zurückgegeben.</translation>
    </message>
    <message>
        <source>Its key has made as many requests as it may for the moment.</source>
        <translation>Ihr Schlüssel hat im Moment so viele Anfragen gestellt, wie er darf.</translation>
    </message>
    <message>
        <source>Wait a moment, or give the key more.</source>
        <translation>Warte einen Augenblick, oder gib dem Schlüssel mehr.</translation>
    </message>
    <message>
        <source>Ready. The pool %1 has %2 machines. Clients connect to %3.</source>
        <translation>Bereit. Der Pool %1 hat %2 Rechner. Clients verbinden sich mit %3.</translation>
    </message>
    <message>
        <source>The pool %1 listens at %2. No machine has joined yet.</source>
        <translation>Der Pool %1 lauscht unter %2. Noch ist kein Rechner beigetreten.</translation>
    </message>
    <message>
        <source>Invite one: drover invite.</source>
        <translation>Laden Sie einen ein: drover invite.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Akkubetrieb</translation>
    </message>
    <message>
        <source>Full-screen app</source>
        <translation>Vollbild-App</translation>
    </message>
    <message>
        <source>Listed programs</source>
        <translation>Programme der Liste</translation>
    </message>
    <message>
        <source>GPU used by others</source>
        <translation>GPU-Nutzung anderer</translation>
    </message>
    <message>
        <source>Processor used by others</source>
        <translation>Prozessornutzung anderer</translation>
    </message>
    <message>
        <source>You are away for</source>
        <translation>Sie sind abwesend seit</translation>
    </message>
    <message>
        <source>Metered network</source>
        <translation>Getaktetes Netz</translation>
    </message>
    <message>
        <source>Outside the hours</source>
        <translation>Außerhalb der Zeiten</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Free disk space</source>
        <translation>Freier Datenträgerplatz</translation>
    </message>
    <message>
        <source>Free memory</source>
        <translation>Freier Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Tokens today</source>
        <translation>Token heute</translation>
    </message>
    <message>
        <source>Jobs today</source>
        <translation>Aufträge heute</translation>
    </message>
    <message>
        <source>Time today</source>
        <translation>Zeit heute</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>mindestens %1</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Allows</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Holds back</source>
        <translation>Hält zurück</translation>
    </message>
    <message>
        <source>What runs for pools is finished, nothing new is taken.</source>
        <translation>Was für Pools läuft, wird beendet; Neues wird nicht angenommen.</translation>
    </message>
    <message>
        <source>What ran for pools was handed back.</source>
        <translation>Was für Pools lief, wurde zurückgegeben.</translation>
    </message>
    <message>
        <source>What ran for pools was handed back, and the GPU&apos;s memory freed.</source>
        <translation>Was für Pools lief, wurde zurückgegeben und der GPU-Speicher freigegeben.</translation>
    </message>
</context>
<context>
    <name>SnoozeChoices</name>
    <message>
        <source>For 15 minutes</source>
        <translation>Für 15 Minuten</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>Until tomorrow morning</source>
        <translation>Bis morgen früh</translation>
    </message>
    <message>
        <source>Until plugged in</source>
        <translation>Bis zum Anschluss ans Netz</translation>
    </message>
    <message>
        <source>Until I share again</source>
        <translation>Bis ich wieder teile</translation>
    </message>
    <message>
        <source>Finish what runs, then pause</source>
        <translation>Laufendes beenden, dann anhalten</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Drover tries it again in %1.</source>
        <translation>Drover versucht es in %1 wieder.</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>Teilen</translation>
    </message>
</context>
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
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>day, time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1 (%2).</source>
        <translation>%1 (%2).</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>Ollama starten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Take new requests</source>
        <translation>Neue Anfragen annehmen</translation>
    </message>
    <message>
        <source>Open the setting</source>
        <translation>Einstellung öffnen</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>Protokoll öffnen</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Open Apps</source>
        <translation>Apps öffnen</translation>
    </message>
    <message>
        <source>Run the doctor</source>
        <translation>Diagnose starten</translation>
    </message>
    <message>
        <source>looking for it</source>
        <translation>wird gesucht</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>starting again</source>
        <translation>startet neu</translation>
    </message>
    <message>
        <source>ending</source>
        <translation>endet</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>its port is taken</source>
        <translation>sein Port ist belegt</translation>
    </message>
    <message>
        <source>stopped working</source>
        <translation>läuft nicht mehr</translation>
    </message>
</context>
<context>
    <name>connect</name>
    <message>
        <source>In Open WebUI open Admin Settings, Connections, and put the address below under Ollama API. Or start it with the variables.</source>
        <translation>Öffnen Sie in Open WebUI Admin Settings, Connections und tragen Sie die Adresse unten bei Ollama API ein. Oder starten Sie es mit den Variablen.</translation>
    </message>
    <message>
        <source>In Docker write host.docker.internal instead of 127.0.0.1. Drover must then accept other hosts, which needs a key: drover keys add.</source>
        <translation>In Docker schreiben Sie host.docker.internal statt 127.0.0.1. Drover muss dann andere Rechner annehmen, wofür ein Schlüssel nötig ist: drover keys add.</translation>
    </message>
    <message>
        <source>Ollama API</source>
        <translation>Ollama API</translation>
    </message>
    <message>
        <source>in a terminal</source>
        <translation>in einem Terminal</translation>
    </message>
    <message>
        <source>Put this into Continue&apos;s configuration (VS Code, JetBrains).</source>
        <translation>Tragen Sie dies in die Konfiguration von Continue ein (VS Code, JetBrains).</translation>
    </message>
    <message>
        <source>~/.continue/config.yaml</source>
        <translation>~/.continue/config.yaml</translation>
    </message>
    <message>
        <source>Open Zed&apos;s settings (zed: open settings) and add this. Zed finds the models by itself.</source>
        <translation>Öffnen Sie die Einstellungen von Zed (zed: open settings) und fügen Sie dies hinzu. Zed findet die Modelle von selbst.</translation>
    </message>
    <message>
        <source>settings.json</source>
        <translation>settings.json</translation>
    </message>
    <message>
        <source>Scripts with the openai package, and whatever reads its variables.</source>
        <translation>Skripte mit dem Paket openai und alles, was dessen Variablen liest.</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>JavaScript</source>
        <translation>JavaScript</translation>
    </message>
    <message>
        <source>The ollama command, and scripts with the ollama package.</source>
        <translation>Der Befehl ollama und Skripte mit dem Paket ollama.</translation>
    </message>
    <message>
        <source>Set these variables and start it with one of your models. The address has no /v1 here.</source>
        <translation>Setzen Sie diese Variablen und starten Sie es mit einem Ihrer Modelle. Die Adresse hat hier kein /v1.</translation>
    </message>
    <message>
        <source>Scripts with the anthropic package.</source>
        <translation>Skripte mit dem Paket anthropic.</translation>
    </message>
    <message>
        <source>Add this to Codex&apos;s configuration, then start: codex</source>
        <translation>Fügen Sie dies der Konfiguration von Codex hinzu und starten Sie: codex</translation>
    </message>
    <message>
        <source>~/.codex/config.toml</source>
        <translation>~/.codex/config.toml</translation>
    </message>
    <message>
        <source>Add this to opencode&apos;s configuration, then choose the model with /models.</source>
        <translation>Fügen Sie dies der Konfiguration von opencode hinzu und wählen Sie das Modell mit /models.</translation>
    </message>
    <message>
        <source>~/.config/opencode/opencode.json</source>
        <translation>~/.config/opencode/opencode.json</translation>
    </message>
    <message>
        <source>Create a credential of the kind Ollama and put this under Base URL. The API Key may stay empty on this machine.</source>
        <translation>Legen Sie Zugangsdaten der Art Ollama an und tragen Sie dies unter Base URL ein. API Key darf auf diesem Rechner leer bleiben.</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Base URL</translation>
    </message>
    <message>
        <source>In the settings of the plugin Copilot choose Add Custom Model, the provider Ollama, and this Base URL.</source>
        <translation>Wählen Sie in den Einstellungen der Erweiterung Copilot Add Custom Model, den Anbieter Ollama und diese Base URL.</translation>
    </message>
    <message>
        <source>Model Name</source>
        <translation>Model Name</translation>
    </message>
</context>
<context>
    <name>drover::app::AdviceRow</name>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>drover::app::Application</name>
    <message>
        <source>%1 Quit that program, or start Drover with another --port, then try again.</source>
        <translation>%1 Beenden Sie jenes Programm oder starten Sie Drover mit einem anderen --port und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Only %1 are left.</source>
        <translation>Nur noch %1 sind frei.</translation>
    </message>
    <message>
        <source>Restart Drover</source>
        <translation>Drover neu starten</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) run or wait.</source>
        <translation>
            <numerusform>%n Auftrag läuft oder wartet.</numerusform>
            <numerusform>%n Aufträge laufen oder warten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Meanwhile no further jobs are taken; apps try again by themselves.</source>
        <translation>So lange werden keine weiteren Aufträge angenommen; Apps versuchen es von selbst wieder.</translation>
    </message>
    <message>
        <source>Finish first, then restart</source>
        <translation>Erst abarbeiten, dann neu starten</translation>
    </message>
    <message>
        <source>Stop now and restart</source>
        <translation>Sofort neu starten</translation>
    </message>
</context>
<context>
    <name>drover::app::AppsModel</name>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Known by</source>
        <translation>Erkannt an</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Tokens today</source>
        <translation>Token heute</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopfzeile</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>User agent</source>
        <translation>User-Agent</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>vor %n min</numerusform>
            <numerusform>vor %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>vor %n h</numerusform>
            <numerusform>vor %n h</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>%1, has not asked since Drover&apos;s start</source>
        <translation>%1, hat seit Drovers Start nicht angefragt</translation>
    </message>
    <message>
        <source>%1, known by: %2, API: %3, last seen: %4</source>
        <translation>%1, erkannt an: %2, API: %3, zuletzt: %4</translation>
    </message>
    <message>
        <source>%1, blocked</source>
        <translation>%1, gesperrt</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
</context>
<context>
    <name>drover::app::AppsPage</name>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>Apps (%1)</source>
        <translation>Apps (%1)</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordnen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Keys that apps send: make, rename, revoke</source>
        <translation>Schlüssel, die Apps senden: anlegen, umbenennen, widerrufen</translation>
    </message>
    <message>
        <source>Connect an app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>No app has asked yet</source>
        <translation>Noch hat keine App angefragt</translation>
    </message>
    <message>
        <source>Only its address must change. Choose an app to see the exact text for it, and to test that it has found the way.</source>
        <translation>Nur ihre Adresse muss sich ändern. Wählen Sie eine App: Sie sehen den genauen Text für sie und können prüfen, ob sie den Weg gefunden hat.</translation>
    </message>
    <message>
        <source>Nobody asks at the moment</source>
        <translation>Zurzeit fragt niemand an</translation>
    </message>
    <message numerus="yes">
        <source>%n at work</source>
        <translation>
            <numerusform>%n bei der Arbeit</numerusform>
            <numerusform>%n bei der Arbeit</numerusform>
        </translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Reset its rule</source>
        <translation>Regel zurücksetzen</translation>
    </message>
    <message>
        <source>Cancel its jobs</source>
        <translation>Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Cancel jobs</source>
        <translation>Aufträge abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n job(s) of %1?</source>
        <translation>
            <numerusform>%n Auftrag von %1 abbrechen?</numerusform>
            <numerusform>%n Aufträge von %1 abbrechen?</numerusform>
        </translation>
    </message>
    <message>
        <source>The app gets an error for each.</source>
        <translation>Die App bekommt für jeden einen Fehler.</translation>
    </message>
    <message>
        <source>Cancel them</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>drover::app::BackendDialog</name>
    <message>
        <source>Test connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>It answers: Ollama %1.</source>
        <translation>Es antwortet: Ollama %1.</translation>
    </message>
    <message numerus="yes">
        <source>It answers with %n model(s).</source>
        <translation>
            <numerusform>Es antwortet mit %n Modell.</numerusform>
            <numerusform>Es antwortet mit %n Modellen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It answers, but it does not accept the key, or wants one.</source>
        <translation>Es antwortet, nimmt aber den Schlüssel nicht an oder verlangt einen.</translation>
    </message>
    <message>
        <source>Something answers there that is not of this kind.</source>
        <translation>Dort antwortet etwas, das nicht von dieser Art ist.</translation>
    </message>
    <message>
        <source>Its certificate is not trusted; name the authority that signed it.</source>
        <translation>Seinem Zertifikat wird nicht vertraut; nennen Sie die Stelle, die es ausgestellt hat.</translation>
    </message>
    <message>
        <source>Nothing answers there.</source>
        <translation>Dort antwortet nichts.</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>Es kam nicht rechtzeitig eine Antwort.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>kept as %1</source>
        <translation>aufbewahrt als %1</translation>
    </message>
    <message>
        <source>For a server that wants one: typed here, it goes into the keyring and never into the settings file.</source>
        <translation>Für einen Server, der einen verlangt: Hier eingegeben, kommt er in den Schlüsselbund und nie in die Einstellungsdatei.</translation>
    </message>
    <message>
        <source>A key has only letters, digits and other plain characters.</source>
        <translation>Ein Schlüssel besteht nur aus Buchstaben, Ziffern und anderen einfachen Zeichen.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget the API key</source>
        <translation>Den API-Schlüssel vergessen</translation>
    </message>
</context>
<context>
    <name>drover::app::BackendsEditor</name>
    <message>
        <source>jobs at once: auto</source>
        <translation>Aufträge zugleich: auto</translation>
    </message>
    <message>
        <source>jobs at once: %1</source>
        <translation>Aufträge zugleich: %1</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Add a backend</source>
        <translation>Backend hinzufügen</translation>
    </message>
    <message>
        <source>Backends</source>
        <translation>Backends</translation>
    </message>
    <message>
        <source>At least one backend is needed.</source>
        <translation>Mindestens ein Backend ist nötig.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Test the connection to %1</source>
        <translation>Die Verbindung zu %1 prüfen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit the backend %1</source>
        <translation>Das Backend %1 bearbeiten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the backend %1</source>
        <translation>Das Backend %1 entfernen</translation>
    </message>
    <message>
        <source>Nothing was changed: %1.</source>
        <translation>Nichts wurde geändert: %1.</translation>
    </message>
    <message>
        <source>Remove backend</source>
        <translation>Backend entfernen</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Its running jobs finish. Its block in the settings file goes.</source>
        <translation>Seine laufenden Aufträge enden noch. Sein Block in der Einstellungsdatei entfällt.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>No keyring keeps these keys, so they are in a file that only you can read: %1. They move into the keyring as soon as there is one.</source>
        <translation>Kein Schlüsselbund bewahrt diese Schlüssel auf, deshalb stehen sie in einer Datei, die nur Sie lesen können: %1. Sie ziehen in den Schlüsselbund um, sobald es einen gibt.</translation>
    </message>
    <message>
        <source>Keeping the key…</source>
        <translation>Der Schlüssel wird aufbewahrt …</translation>
    </message>
    <message>
        <source>The key could not be kept: %1.</source>
        <translation>Der Schlüssel konnte nicht aufbewahrt werden: %1.</translation>
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
    <name>drover::app::ConnectDialog</name>
    <message>
        <source>Connect an app</source>
        <translation>App verbinden</translation>
    </message>
    <message>
        <source>Apps that can be connected</source>
        <translation>Apps, die sich verbinden lassen</translation>
    </message>
    <message>
        <source>Test it</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the text for: %1</source>
        <translation>Text kopieren für: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Changed its address? Press the button, then ask it something.</source>
        <translation>Adresse geändert? Drücken Sie den Knopf und fragen Sie die App dann etwas.</translation>
    </message>
    <message>
        <source>✓ %1 asked %2 ago. It is connected.</source>
        <translation>✓ %1 hat vor %2 angefragt. Die Verbindung steht.</translation>
    </message>
    <message>
        <source>✓ %1 asked for %2 %3 ago. It is connected.</source>
        <translation>✓ %1 hat vor %3 nach %2 gefragt. Die Verbindung steht.</translation>
    </message>
    <message>
        <source>Waiting for the first request of %1 (%2). Ask it something.</source>
        <translation>Wartet auf die erste Anfrage von %1 (%2). Fragen Sie die App etwas.</translation>
    </message>
    <message>
        <source>Nothing has come for %1. Is the address right, and was %2 started again after the change?</source>
        <translation>Von %1 ist nichts gekommen. Stimmt die Adresse, und wurde %2 nach der Änderung neu gestartet?</translation>
    </message>
    <message>
        <source>%1 Meanwhile %2 asked.</source>
        <translation>%1 Inzwischen hat %2 angefragt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Drover has put this into %1.</source>
        <translation>Drover hat dies in %1 eingetragen.</translation>
    </message>
    <message>
        <source>Drover can put this into %1, and take it out again.</source>
        <translation>Drover kann dies in %1 eintragen und auch wieder entfernen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Set it up for me</source>
        <translation>Für mich einrichten</translation>
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
    <name>drover::app::CopyRow</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>drover::app::DayBars</name>
    <message>
        <source>Tokens given to pools per day</source>
        <translation>Token, die Pools am Tag bekommen haben</translation>
    </message>
    <message numerus="yes">
        <source>No pool was given anything in the last %n day(s).</source>
        <translation>
            <numerusform>Am letzten Tag hat kein Pool etwas bekommen.</numerusform>
            <numerusform>In den letzten %n Tagen hat kein Pool etwas bekommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 tokens in %2 jobs in the last %n day(s), most on %3.</source>
        <translation>
            <numerusform>%1 Token in %2 Aufträgen am letzten Tag, die meisten am %3.</numerusform>
            <numerusform>%1 Token in %2 Aufträgen in den letzten %n Tagen, die meisten am %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>%1: %2 tokens, %3 jobs</source>
        <translation>%1: %2 Token, %3 Aufträge</translation>
    </message>
</context>
<context>
    <name>drover::app::DoctorDialog</name>
    <message>
        <source>Mend</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Take new requests</source>
        <translation>Neue Anfragen annehmen</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>Ollama starten</translation>
    </message>
    <message>
        <source>Open the setting</source>
        <translation>Einstellung öffnen</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Open the log</source>
        <translation>Protokoll öffnen</translation>
    </message>
    <message>
        <source>All is well.</source>
        <translation>Alles ist in Ordnung.</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n Problem</numerusform>
            <numerusform>%n Probleme</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in order</source>
        <translation>
            <numerusform>%n in Ordnung</numerusform>
            <numerusform>%n in Ordnung</numerusform>
        </translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Progress of the checks</source>
        <translation>Fortschritt der Prüfungen</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Saved %1. Look through it before you send it.</source>
        <translation>%1 gespeichert. Sehen Sie die Datei durch, bevor Sie sie senden.</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Save support bundle…</source>
        <translation>Diagnosepaket speichern …</translation>
    </message>
    <message>
        <source>One file for somebody who helps, without keys, tokens and names</source>
        <translation>Eine Datei für jemanden, der hilft, ohne Schlüssel, Token und Namen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save support bundle</source>
        <translation>Diagnosepaket speichern</translation>
    </message>
</context>
<context>
    <name>drover::app::EngineStep</name>
    <message>
        <source>Ollama %1 runs on %2.</source>
        <translation>Ollama %1 läuft auf %2.</translation>
    </message>
    <message>
        <source>Something that is no Ollama answers on %1.</source>
        <translation>Auf %1 antwortet etwas, das kein Ollama ist.</translation>
    </message>
    <message>
        <source>Whoever listens on %1 does not answer.</source>
        <translation>Was auf %1 lauscht, antwortet nicht.</translation>
    </message>
    <message>
        <source>Nothing answers on %1.</source>
        <translation>Auf %1 antwortet nichts.</translation>
    </message>
    <message>
        <source>Ollama is not installed in a usual place.</source>
        <translation>Ollama ist an keinem der üblichen Orte installiert.</translation>
    </message>
    <message>
        <source>Ollama is installed: %1</source>
        <translation>Ollama ist installiert: %1</translation>
    </message>
    <message>
        <source>At present Drover answers from a simulated model, whatever is chosen here.</source>
        <translation>Zurzeit antwortet Drover mit einem simulierten Modell, was immer hier gewählt ist.</translation>
    </message>
    <message>
        <source>Which Ollama?</source>
        <translation>Welches Ollama?</translation>
    </message>
    <message>
        <source>Drover never stops or restarts an Ollama that it did not start.</source>
        <translation>Drover beendet nie ein Ollama, das es nicht gestartet hat, und startet es nie neu.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>How to install Ollama</source>
        <translation>Anleitung zur Installation</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Use the one that runs</source>
        <translation>Das laufende benutzen</translation>
    </message>
    <message>
        <source>Drover connects to it and leaves its life to you.</source>
        <translation>Drover verbindet sich damit und greift sonst nicht ein.</translation>
    </message>
    <message>
        <source>Start it for me and keep it running</source>
        <translation>Für mich starten und am Laufen halten</translation>
    </message>
    <message>
        <source>When nothing answers, Drover starts Ollama, watches it, and ends it with itself.</source>
        <translation>Wenn nichts antwortet, startet Drover Ollama, überwacht es und beendet es mit sich.</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>Eine andere Adresse</translation>
    </message>
    <message>
        <source>On this machine or another one.</source>
        <translation>Auf diesem oder einem anderen Rechner.</translation>
    </message>
    <message>
        <source>Address of another Ollama</source>
        <translation>Adresse eines anderen Ollama</translation>
    </message>
    <message>
        <source>Looking for Ollama…</source>
        <translation>Ollama wird gesucht …</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>Nothing was changed: %1.</source>
        <translation>Nichts wurde geändert: %1.</translation>
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
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>Ollama starten</translation>
    </message>
    <message>
        <source>%1 in prompts</source>
        <comment>tokens</comment>
        <translation>%1 in Eingaben</translation>
    </message>
</context>
<context>
    <name>drover::app::FirstRun</name>
    <message>
        <source>Set up Drover</source>
        <translation>Drover einrichten</translation>
    </message>
    <message>
        <source>Skip setup</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>You can go through it later: Settings, Set up again</source>
        <translation>Sie können das später nachholen: Einstellungen, Neu einrichten</translation>
    </message>
</context>
<context>
    <name>drover::app::Headline</name>
    <message>
        <source>Simulated model</source>
        <translation>Simuliertes Modell</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Answers are made up by a model inside Drover; no real one is asked.</source>
        <translation>Die Antworten erfindet ein Modell in Drover; kein echtes wird gefragt.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Everything that explains this state</source>
        <translation>Alles, was diesen Zustand erklärt</translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryDetails</name>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Details of the request</source>
        <translation>Einzelheiten der Anfrage</translation>
    </message>
    <message>
        <source>A command that sends such a request again. What it said is not kept: put your own text in.</source>
        <translation>Ein Befehl, der eine solche Anfrage noch einmal sendet. Ihr Inhalt ist nicht aufbewahrt: setzen Sie Ihren eigenen Text ein.</translation>
    </message>
    <message>
        <source>Close the details (Escape)</source>
        <translation>Einzelheiten schließen (Esc)</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>app, time</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, status %2</source>
        <translation>%1, Status %2</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>gewartet %1</translation>
    </message>
    <message>
        <source>%1, took %2</source>
        <translation>%1, gelaufen %2</translation>
    </message>
    <message>
        <source>%1, first token after %2</source>
        <translation>%1, erstes Token nach %2</translation>
    </message>
    <message>
        <source>%1 in the prompt, %2 in the answer</source>
        <translation>%1 in der Eingabe, %2 in der Antwort</translation>
    </message>
    <message>
        <source>none: it never ran</source>
        <translation>keine: sie lief nie</translation>
    </message>
    <message>
        <source>%1, streamed</source>
        <translation>%1, fortlaufend</translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryErrand</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <comment>a file&apos;s name</comment>
        <translation>Wird nach %1 exportiert</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) are in %1</source>
        <translation>
            <numerusform>%n Anfrage steht in %1</numerusform>
            <numerusform>%n Anfragen stehen in %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The export was cancelled; no file was written.</source>
        <translation>Der Export wurde abgebrochen; keine Datei wurde geschrieben.</translation>
    </message>
    <message>
        <source>The export failed: %1</source>
        <translation>Der Export ist gescheitert: %1</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>Wird gelöscht</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) deleted. The sums per day stay.</source>
        <translation>
            <numerusform>%n Eintrag gelöscht. Die Tagessummen bleiben.</numerusform>
            <numerusform>%n Einträge gelöscht. Die Tagessummen bleiben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting failed: %1</source>
        <translation>Das Löschen ist gescheitert: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryFilterBar</name>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Find in names, paths, request ids and reasons</source>
        <translation>In Namen, Pfaden, Kennungen und Gründen suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>All apps</source>
        <translation>Alle Apps</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>All results</source>
        <translation>Alle Ergebnisse</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>All machines</source>
        <translation>Alle Maschinen</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
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
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
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
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>date, time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 + %2</source>
        <translation>%1 + %2</translation>
    </message>
    <message>
        <source>Interactive</source>
        <translation>Interaktiv</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>%1: %2 with %3, %4</source>
        <translation>%1: %2 mit %3, %4</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>a sentence, then why</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1, waited %2, took %3</source>
        <translation>%1, gewartet %2, gelaufen %3</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryPage</name>
    <message>
        <source>Export history</source>
        <translation>Verlauf exportieren</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>What apps asked and how it ended, never what was said.</source>
        <translation>Was Apps angefragt haben und wie es ausging, nie der Inhalt.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>CSV, for spreadsheets</source>
        <translation>CSV, für Tabellen</translation>
    </message>
    <message>
        <source>JSON, for programs</source>
        <translation>JSON, für Programme</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the records that are shown below</source>
        <translation>Die unten gezeigten Einträge löschen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>New requests are not recorded: the setting history.keep is off.</source>
        <translation>Neue Anfragen werden nicht aufgezeichnet: die Einstellung history.keep ist aus.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a sentence, and what to do</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>The history cannot be read</source>
        <translation>Der Verlauf ist nicht lesbar</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>No request matches</source>
        <translation>Keine Anfrage passt</translation>
    </message>
    <message>
        <source>None of the recorded requests has all of that.</source>
        <translation>Keine aufgezeichnete Anfrage erfüllt all das.</translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation>Noch keine Anfrage</translation>
    </message>
    <message>
        <source>Each request that an app sends through Drover is listed here when it ended: who asked, how long it waited and took, and how it ended. What was said is never kept.</source>
        <translation>Hier steht jede beendete Anfrage, die eine App durch Drover gesendet hat: wer gefragt hat, wie lange sie wartete und lief und wie sie ausging. Ihr Inhalt wird nie aufbewahrt.</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>JSON-Dateien (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>Delete all %n record(s)?</source>
        <translation>
            <numerusform>%n Eintrag löschen?</numerusform>
            <numerusform>Alle %n Einträge löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete the %n record(s) that are shown?</source>
        <translation>
            <numerusform>Den %n gezeigten Eintrag löschen?</numerusform>
            <numerusform>Die %n gezeigten Einträge löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete history</source>
        <translation>Verlauf löschen</translation>
    </message>
    <message>
        <source>They cannot be brought back. The sums per day stay.</source>
        <translation>Sie lassen sich nicht wiederherstellen. Die Tagessummen bleiben.</translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>drover::app::HistoryTable</name>
    <message>
        <source>Requests that ended</source>
        <translation>Beendete Anfragen</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordnen</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Copy %n row(s) as CSV</source>
        <translation>
            <numerusform>%n Zeile als CSV kopieren</numerusform>
            <numerusform>%n Zeilen als CSV kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in the log</source>
        <translation>Im Protokoll zeigen</translation>
    </message>
</context>
<context>
    <name>drover::app::HostAddressCard</name>
    <message>
        <source>OpenAI clients</source>
        <translation>OpenAI-Clients</translation>
    </message>
    <message>
        <source>Ollama clients</source>
        <translation>Ollama-Clients</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Also reached at %1</source>
        <translation>Auch erreichbar unter %1</translation>
    </message>
</context>
<context>
    <name>drover::app::HostIntro</name>
    <message>
        <source>Host a pool…</source>
        <translation>Einen Pool anbieten…</translation>
    </message>
    <message>
        <source>Let other machines help, and be asked</source>
        <translation>Andere Rechner helfen lassen, und andere fragen lassen</translation>
    </message>
    <message>
        <source>A pool is a meeting point: machines that you invite join it with their models, and clients ask it as they would ask one Ollama or OpenAI server. Hosting one opens a port on this machine, for as far as you choose.</source>
        <translation>Ein Pool ist ein Treffpunkt: Rechner, die Sie einladen, treten ihm mit ihren Modellen bei, und Clients fragen ihn wie einen einzigen Ollama- oder OpenAI-Server. Dafür wird auf diesem Rechner ein Port geöffnet, so weit, wie Sie es wählen.</translation>
    </message>
    <message>
        <source>Nothing listens before you have said how. Workers and clients of llamapool and nfrx can use it as they are.</source>
        <translation>Nichts lauscht, bevor Sie gesagt haben, wie. Worker und Clients von llamapool und nfrx können ihn benutzen, wie sie sind.</translation>
    </message>
</context>
<context>
    <name>drover::app::HostInvite</name>
    <message>
        <source>withdrawn</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>used up</source>
        <translation>aufgebraucht</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gültig</translation>
    </message>
    <message>
        <source>over</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>Invite a machine</source>
        <translation>Einen Rechner einladen</translation>
    </message>
    <message>
        <source>Whoever opens the link, scans the picture or types the code in Drover has their machine join this pool. It is traded for a key of that machine&apos;s own.</source>
        <translation>Wer den Link öffnet, das Bild scannt oder den Code in Drover eingibt, lässt seinen Rechner diesem Pool beitreten. Der Code wird gegen einen eigenen Schlüssel dieses Rechners getauscht.</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>How many machines may use it</source>
        <translation>Wie viele Rechner sie benutzen dürfen</translation>
    </message>
    <message>
        <source>How long it is good</source>
        <translation>Wie lange sie gültig ist</translation>
    </message>
    <message>
        <source>10 minutes</source>
        <translation>10 Minuten</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 Woche</translation>
    </message>
    <message>
        <source>Note, such as for whom</source>
        <translation>Notiz, etwa für wen</translation>
    </message>
    <message>
        <source>Make an invitation</source>
        <translation>Einladung erstellen</translation>
    </message>
    <message>
        <source>Address in the link</source>
        <translation>Adresse im Link</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>good for</source>
        <translation>gültig für</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Shown only until this window is closed.</source>
        <translation>Nur zu sehen, bis dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Good until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>uses</comment>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>drover::app::HostKeysDialog</name>
    <message>
        <source>revoked %1</source>
        <translation>widerrufen %1</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gültig</translation>
    </message>
    <message>
        <source>over</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Keys of the pool</source>
        <translation>Schlüssel des Pools</translation>
    </message>
    <message>
        <source>Each client has a key that it sends as its API key, each machine one that it joins with. Revoking one counts at once: a machine is dropped, a client refused.</source>
        <translation>Jeder Client hat einen Schlüssel, den er als API-Schlüssel sendet, jeder Rechner einen, mit dem er beitritt. Ein Widerruf gilt sofort: Der Rechner wird getrennt, der Client abgewiesen.</translation>
    </message>
    <message>
        <source>Make anew…</source>
        <translation>Neu erzeugen…</translation>
    </message>
    <message>
        <source>Another key of the same name; the old one ends</source>
        <translation>Ein anderer Schlüssel mit demselben Namen; der alte endet</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>Widerrufen…</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Whose key it is</source>
        <translation>Wessen Schlüssel es ist</translation>
    </message>
    <message>
        <source>Name of the person, app or machine</source>
        <translation>Name der Person, der App oder des Rechners</translation>
    </message>
    <message>
        <source>Create key</source>
        <translation>Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Make a key anew</source>
        <translation>Einen Schlüssel neu erzeugen</translation>
    </message>
    <message>
        <source>Make another key for %1?</source>
        <translation>Einen anderen Schlüssel für %1 erzeugen?</translation>
    </message>
    <message>
        <source>The one it has ends at once.</source>
        <translation>Der bisherige endet sofort.</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Revoke a key</source>
        <translation>Einen Schlüssel widerrufen</translation>
    </message>
    <message>
        <source>Revoke the key of %1?</source>
        <translation>Den Schlüssel von %1 widerrufen?</translation>
    </message>
    <message>
        <source>The machine is dropped at once, with what it is working on. This cannot be undone.</source>
        <translation>Der Rechner wird sofort getrennt, samt dem, woran er arbeitet. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Its requests are refused at once. This cannot be undone.</source>
        <translation>Seine Anfragen werden sofort abgewiesen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Revoke it</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>drover::app::HostModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt gesehen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>working</source>
        <translation>arbeitet</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>nicht bereit</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>beendet Arbeit</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>ruht</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>fort</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>requests that run, at once at most</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1: %2, %3 running, %4 requests so far</source>
        <translation>%1: %2, %3 laufend, bisher %4 Anfragen</translation>
    </message>
</context>
<context>
    <name>drover::app::HostNewKeys</name>
    <message>
        <source>New keys</source>
        <translation>Neue Schlüssel</translation>
    </message>
    <message>
        <source>Copy them now: Drover keeps only their hashes, and nobody can see them again.</source>
        <translation>Kopieren Sie sie jetzt: Drover behält nur ihre Hashes, und niemand kann sie noch einmal sehen.</translation>
    </message>
    <message>
        <source>Client %1</source>
        <translation>Client %1</translation>
    </message>
    <message>
        <source>Machine %1</source>
        <translation>Rechner %1</translation>
    </message>
    <message>
        <source>A client sends its key as the API key. A machine that joins by an invitation gets a key of its own and needs none of these.</source>
        <translation>Ein Client sendet seinen Schlüssel als API-Schlüssel. Ein Rechner, der mit einer Einladung beitritt, bekommt einen eigenen und braucht keinen von diesen.</translation>
    </message>
    <message>
        <source>I have them</source>
        <translation>Ich habe sie</translation>
    </message>
</context>
<context>
    <name>drover::app::HostPage</name>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Die Nachricht schließen</translation>
    </message>
    <message>
        <source>Host (%1)</source>
        <translation>Host (%1)</translation>
    </message>
    <message>
        <source>Invite a machine…</source>
        <translation>Einen Rechner einladen…</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>Schlüssel…</translation>
    </message>
    <message>
        <source>The keys of clients and machines</source>
        <translation>Die Schlüssel der Clients und Rechner</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Name, reach and port of the pool</source>
        <translation>Name, Reichweite und Port des Pools</translation>
    </message>
    <message>
        <source>Stop hosting…</source>
        <translation>Pool beenden…</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which columns are shown, and in which order the machines are</source>
        <translation>Welche Spalten gezeigt werden und wie die Rechner geordnet sind</translation>
    </message>
    <message>
        <source>Finish, then rest</source>
        <translation>Fertig werden, dann ruhen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>End the connection of the selected machine (Delete)</source>
        <translation>Die Verbindung des gewählten Rechners beenden (Entf)</translation>
    </message>
    <message>
        <source>Requests of the pool&apos;s clients</source>
        <translation>Anfragen der Clients des Pools</translation>
    </message>
    <message>
        <source>Pool %1</source>
        <translation>Pool %1</translation>
    </message>
    <message>
        <source>This machine hosts no pool</source>
        <translation>Dieser Rechner bietet keinen Pool an</translation>
    </message>
    <message>
        <source>%1; %2 running, %3 waiting</source>
        <comment>machines, requests</comment>
        <translation>%1; %2 laufend, %3 wartend</translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s)</source>
        <translation>
            <numerusform>%n Rechner</numerusform>
            <numerusform>%n Rechner</numerusform>
        </translation>
    </message>
    <message>
        <source>No request of the pool&apos;s clients at present; %1 answered, %2 failed, %3 refused</source>
        <translation>Derzeit keine Anfrage der Clients des Pools; %1 beantwortet, %2 gescheitert, %3 abgewiesen</translation>
    </message>
    <message>
        <source>The pool does not listen yet.</source>
        <translation>Der Pool lauscht noch nicht.</translation>
    </message>
    <message>
        <source>The pool is open, and no machine has joined yet.</source>
        <translation>Der Pool ist offen, und noch ist kein Rechner beigetreten.</translation>
    </message>
    <message>
        <source>The pool is open, encrypted and with keys.</source>
        <translation>Der Pool ist offen, verschlüsselt und mit Schlüsseln.</translation>
    </message>
    <message>
        <source>The pool is open, with keys.</source>
        <translation>Der Pool ist offen, mit Schlüsseln.</translation>
    </message>
    <message>
        <source>The pool is open to everybody who reaches it.</source>
        <translation>Der Pool ist offen für alle, die ihn erreichen.</translation>
    </message>
    <message>
        <source>Give it work again</source>
        <translation>Wieder Arbeit geben</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Remove a machine</source>
        <translation>Einen Rechner entfernen</translation>
    </message>
    <message>
        <source>Remove %1 from the pool?</source>
        <translation>%1 aus dem Pool entfernen?</translation>
    </message>
    <message>
        <source>Its connection is ended at once, and what it is working on goes elsewhere or fails. It may connect again: to keep it out, revoke its key.</source>
        <translation>Seine Verbindung wird sofort beendet, und woran er arbeitet, geht anderswohin oder scheitert. Er darf sich wieder verbinden: Damit er draußen bleibt, widerrufen Sie seinen Schlüssel.</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Stop hosting</source>
        <translation>Pool beenden</translation>
    </message>
    <message>
        <source>Stop hosting the pool?</source>
        <translation>Den Pool nicht mehr anbieten?</translation>
    </message>
    <message>
        <source>Its port is closed and its machines are disconnected. Keys and invitations stay, so that it can be hosted again.</source>
        <translation>Sein Port wird geschlossen und seine Rechner werden getrennt. Schlüssel und Einladungen bleiben, damit er wieder angeboten werden kann.</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>drover::app::HostSetup</name>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>Only programs here reach the pool, workers among them. Good for trying it out.</source>
        <translation>Nur Programme hier erreichen den Pool, auch Worker. Gut zum Ausprobieren.</translation>
    </message>
    <message>
        <source>My network</source>
        <translation>Mein Netz</translation>
    </message>
    <message>
        <source>Machines at home or in the office reach it, with a key. The system may ask whether Drover may take connections (the firewall of Windows, Local Network on macOS): say yes, or the others find nothing.</source>
        <translation>Rechner zu Hause oder im Büro erreichen ihn, mit einem Schlüssel. Das System fragt vielleicht, ob Drover Verbindungen annehmen darf (die Firewall von Windows, „Lokales Netzwerk“ auf macOS): Sagen Sie ja, sonst finden die anderen nichts.</translation>
    </message>
    <message>
        <source>Internet, with my own certificate</source>
        <translation>Internet, mit eigenem Zertifikat</translation>
    </message>
    <message>
        <source>Everybody with a key reaches it, encrypted. It needs a name, a certificate for that name, and its port open in your router.</source>
        <translation>Alle mit einem Schlüssel erreichen ihn, verschlüsselt. Er braucht einen Namen, ein Zertifikat dafür und seinen Port offen in Ihrem Router.</translation>
    </message>
    <message>
        <source>Internet, behind a reverse proxy or tunnel</source>
        <translation>Internet, hinter einem Reverse-Proxy oder Tunnel</translation>
    </message>
    <message>
        <source>A program on this machine, such as Caddy or cloudflared, takes the connections and has the certificate. Drover opens nothing but a port for it.</source>
        <translation>Ein Programm auf diesem Rechner wie Caddy oder cloudflared nimmt die Verbindungen an und hat das Zertifikat. Drover öffnet nur einen Port dafür.</translation>
    </message>
    <message>
        <source>Host a pool</source>
        <translation>Einen Pool anbieten</translation>
    </message>
    <message>
        <source>Host the pool</source>
        <translation>Pool anbieten</translation>
    </message>
    <message>
        <source>Name of the pool</source>
        <translation>Name des Pools</translation>
    </message>
    <message>
        <source>Who shall reach it?</source>
        <translation>Wer soll ihn erreichen?</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>Auswählen: %1</translation>
    </message>
    <message>
        <source>Certificate (PEM)</source>
        <translation>Zertifikat (PEM)</translation>
    </message>
    <message>
        <source>Its key (PEM)</source>
        <translation>Sein Schlüssel (PEM)</translation>
    </message>
    <message>
        <source>Address for others</source>
        <translation>Adresse für andere</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Ask for keys</source>
        <translation>Nach Schlüsseln fragen</translation>
    </message>
    <message>
        <source>This machine answers too</source>
        <translation>Dieser Rechner antwortet auch</translation>
    </message>
    <message>
        <source>One of these brings the connections here:</source>
        <translation>Eines davon bringt die Verbindungen hierher:</translation>
    </message>
    <message>
        <source>The keys could not be made: %1</source>
        <translation>Die Schlüssel konnten nicht erzeugt werden: %1</translation>
    </message>
</context>
<context>
    <name>drover::app::HostTable</name>
    <message>
        <source>Machines of the pool</source>
        <translation>Rechner des Pools</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordnen nach</translation>
    </message>
    <message>
        <source>The order of joining</source>
        <translation>Reihenfolge des Beitritts</translation>
    </message>
    <message>
        <source>Give it work again</source>
        <translation>Wieder Arbeit geben</translation>
    </message>
    <message>
        <source>Finish, then rest</source>
        <translation>Fertig werden, dann ruhen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
</context>
<context>
    <name>drover::app::HoursGrid</name>
    <message>
        <source>Hours of the week in which this machine shares</source>
        <translation>Stunden der Woche, in denen dieser Rechner teilt</translation>
    </message>
    <message>
        <source>Space turns the selected hours on or off</source>
        <translation>Die Leertaste schaltet die gewählten Stunden ein oder aus</translation>
    </message>
</context>
<context>
    <name>drover::app::HoursModel</name>
    <message>
        <source>%1, %2 to %3: shares</source>
        <translation>%1, %2 bis %3: teilt</translation>
    </message>
    <message>
        <source>%1, %2 to %3: does not share</source>
        <translation>%1, %2 bis %3: teilt nicht</translation>
    </message>
</context>
<context>
    <name>drover::app::IconNotifier</name>
    <message>
        <source>there is no tray icon</source>
        <translation>es gibt kein Symbol im Infobereich</translation>
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
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
</context>
<context>
    <name>drover::app::JoinDialog</name>
    <message>
        <source>Join a pool</source>
        <translation>Einem Pool beitreten</translation>
    </message>
    <message>
        <source>A link from outside Drover asks for this: from a web page, a message or another program. Go on only if you clicked it yourself.</source>
        <translation>Ein Link von außerhalb verlangt das: von einer Webseite, aus einer Nachricht oder einem anderen Programm. Fahren Sie nur fort, wenn Sie selbst darauf geklickt haben.</translation>
    </message>
    <message>
        <source>drover://join?… or https://pool.example.org/j#…
SERVER_URL=… CLIENT_KEY=…</source>
        <translation>drover://join?… oder https://pool.example.org/j#…
SERVER_URL=… CLIENT_KEY=…</translation>
    </message>
    <message>
        <source>The invitation as you were given it</source>
        <translation>Die Einladung, wie Sie sie bekommen haben</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>empty for a pool without one</source>
        <translation>leer bei einem Pool ohne Schlüssel</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>Sc&amp;hlüssel</translation>
    </message>
    <message>
        <source>Paste what you were given: a link, the text of a file, or the settings of a worker.</source>
        <translation>Fügen Sie ein, was Sie bekommen haben: einen Link, den Text einer Datei oder die Einstellungen eines Workers.</translation>
    </message>
    <message>
        <source>Or type the address of the pool&apos;s server and its key:</source>
        <translation>Oder geben Sie die Adresse des Pool-Servers und seinen Schlüssel ein:</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Bei der Arbeit</translation>
    </message>
    <message>
        <source>What you agree to</source>
        <translation>Dem stimmen Sie zu</translation>
    </message>
    <message>
        <source>Call the &amp;pool</source>
        <translation>&amp;Pool nennen</translation>
    </message>
    <message>
        <source>This &amp;machine is told as</source>
        <translation>Dieser &amp;Rechner heißt dort</translation>
    </message>
    <message>
        <source>Drover does not follow this link.</source>
        <translation>Drover folgt diesem Link nicht.</translation>
    </message>
    <message>
        <source>This is no invitation that Drover understands.</source>
        <translation>Das ist keine Einladung, die Drover versteht.</translation>
    </message>
    <message>
        <source>Open an invitation</source>
        <translation>Einladung öffnen</translation>
    </message>
    <message>
        <source>Invitations (*.pooljoin *.env *.yaml *.yml *.json *.txt)</source>
        <translation>Einladungen (*.pooljoin *.env *.yaml *.yml *.json *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>The invitation to %1 has a code, which my Drover cannot trade for a key there. Could you send me the server&apos;s address and a key?</source>
        <translation>Die Einladung zu %1 hat einen Code, den mein Drover dort nicht gegen einen Schlüssel tauschen kann. Kannst du mir die Adresse des Servers und einen Schlüssel schicken?</translation>
    </message>
    <message>
        <source>My invitation to %1 has expired or was used already. Could you send me a new one?</source>
        <translation>Meine Einladung zu %1 ist abgelaufen oder wurde schon benutzt. Kannst du mir eine neue schicken?</translation>
    </message>
    <message>
        <source>Let %1 use this machine?</source>
        <translation>%1 diesen Rechner benutzen lassen?</translation>
    </message>
    <message>
        <source>Joined %1</source>
        <translation>%1 beigetreten</translation>
    </message>
    <message>
        <source>Not joined</source>
        <translation>Nicht beigetreten</translation>
    </message>
    <message>
        <source>Look for the pool</source>
        <translation>Pool suchen</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>What it can ask</source>
        <translation>Was er fragen kann</translation>
    </message>
    <message>
        <source>What it can see</source>
        <translation>Was er sehen kann</translation>
    </message>
    <message>
        <source>What you must know</source>
        <translation>Was Sie wissen müssen</translation>
    </message>
</context>
<context>
    <name>drover::app::JoinWords</name>
    <message>
        <source>Mind:</source>
        <translation>Achtung:</translation>
    </message>
    <message>
        <source>%1 min ahead</source>
        <translation>%1 min vor</translation>
    </message>
    <message>
        <source>%1 min behind</source>
        <translation>%1 min nach</translation>
    </message>
    <message>
        <source>This is no invitation that Drover understands: %1.</source>
        <translation>Das ist keine Einladung, die Drover versteht: %1.</translation>
    </message>
    <message>
        <source>A pool called %1 is there already.</source>
        <translation>Einen Pool namens %1 gibt es schon.</translation>
    </message>
    <message>
        <source>The name must be letters, digits, dots, - and _, 48 at most.</source>
        <translation>Der Name darf aus Buchstaben, Ziffern, Punkten, - und _ bestehen, höchstens 48.</translation>
    </message>
    <message>
        <source>The key must be one line of letters, digits and signs, without spaces.</source>
        <translation>Der Schlüssel muss eine Zeile aus Buchstaben, Ziffern und Zeichen sein, ohne Leerzeichen.</translation>
    </message>
    <message>
        <source>There is no server called %1.</source>
        <translation>Es gibt keinen Server namens %1.</translation>
    </message>
    <message>
        <source>%1 does not answer (%2).</source>
        <translation>%1 antwortet nicht (%2).</translation>
    </message>
    <message>
        <source>Something answers at %1, but it is no pool.</source>
        <translation>Auf %1 antwortet etwas, aber es ist kein Pool.</translation>
    </message>
    <message>
        <source>The answer of %1 leads to %2: this network may want you to sign in first.</source>
        <translation>Die Antwort von %1 führt zu %2: Vielleicht will dieses Netz, dass Sie sich erst anmelden.</translation>
    </message>
    <message>
        <source>%1 takes no machines at the moment.</source>
        <translation>%1 nimmt zurzeit keine Rechner auf.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted: %2</source>
        <translation>Dem Zertifikat von %1 wird nicht vertraut: %2</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid today: this machine&apos;s clock may be wrong.</source>
        <translation>Das Zertifikat von %1 gilt heute nicht: Vielleicht geht die Uhr dieses Rechners falsch.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not the one that the invitation names.</source>
        <translation>Das Zertifikat von %1 ist nicht das, das die Einladung nennt.</translation>
    </message>
    <message>
        <source>The code is not taken: it has expired, or was used already.</source>
        <translation>Der Code wird nicht angenommen: Er ist abgelaufen oder wurde schon benutzt.</translation>
    </message>
    <message>
        <source>%1 does not hand out keys for codes.</source>
        <translation>%1 gibt keine Schlüssel gegen Codes aus.</translation>
    </message>
    <message>
        <source>The key could not be kept: %1</source>
        <translation>Der Schlüssel konnte nicht aufbewahrt werden: %1</translation>
    </message>
    <message>
        <source>The settings could not be written: %1</source>
        <translation>Die Einstellungen konnten nicht geschrieben werden: %1</translation>
    </message>
    <message>
        <source>The pool refuses the key.</source>
        <translation>Der Pool lehnt den Schlüssel ab.</translation>
    </message>
    <message>
        <source>The pool wants a key.</source>
        <translation>Der Pool verlangt einen Schlüssel.</translation>
    </message>
    <message>
        <source>The pool does not take this machine: %1</source>
        <translation>Der Pool nimmt diesen Rechner nicht auf: %1</translation>
    </message>
    <message>
        <source>%1 is joined, but not connected yet. %2</source>
        <translation>%1 ist eingerichtet, aber noch nicht verbunden. %2</translation>
    </message>
    <message>
        <source>%1 is joined, but there is no model on this machine to share.</source>
        <translation>%1 ist eingerichtet, aber auf diesem Rechner gibt es kein Modell zum Teilen.</translation>
    </message>
    <message>
        <source>%1 is connected, but a request on this machine failed: %2</source>
        <translation>%1 ist verbunden, aber eine Anfrage auf diesem Rechner ist gescheitert: %2</translation>
    </message>
    <message>
        <source>Paste the whole invitation, or type the server&apos;s address and the key.</source>
        <translation>Fügen Sie die ganze Einladung ein, oder geben Sie Adresse und Schlüssel des Servers ein.</translation>
    </message>
    <message>
        <source>Choose another one, such as %1.</source>
        <translation>Wählen Sie einen anderen, zum Beispiel %1.</translation>
    </message>
    <message>
        <source>Look for a slip in the address, and whether this machine is online.</source>
        <translation>Suchen Sie nach einem Tippfehler in der Adresse, und prüfen Sie, ob dieser Rechner online ist.</translation>
    </message>
    <message>
        <source>Ask whoever runs the pool whether it is up, and about its port.</source>
        <translation>Fragen Sie den Betreiber des Pools, ob er läuft, und nach seinem Port.</translation>
    </message>
    <message>
        <source>Ask for the address where workers connect; it often ends in /workers/connect or /api/llm/connect.</source>
        <translation>Fragen Sie nach der Adresse, unter der sich Worker verbinden; sie endet oft auf /workers/connect oder /api/llm/connect.</translation>
    </message>
    <message>
        <source>Open a web page in the browser, sign in, then try again.</source>
        <translation>Öffnen Sie eine Webseite im Browser, melden Sie sich an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>It may be about to restart. Try again in a minute.</source>
        <translation>Vielleicht startet er gerade neu. Versuchen Sie es in einer Minute erneut.</translation>
    </message>
    <message>
        <source>A program between you and the pool may be reading along. With a certificate of the pool&apos;s own, name its authority in ca_file.</source>
        <translation>Vielleicht liest ein Programm zwischen Ihnen und dem Pool mit. Hat der Pool ein eigenes Zertifikat, nennen Sie dessen Zertifizierungsstelle in ca_file.</translation>
    </message>
    <message>
        <source>Set date and time in the system&apos;s settings, then try again.</source>
        <translation>Stellen Sie Datum und Uhrzeit in den Einstellungen des Systems, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Do not join. Ask whoever invited you whether the certificate was changed.</source>
        <translation>Treten Sie nicht bei. Fragen Sie, wer Sie eingeladen hat, ob das Zertifikat gewechselt wurde.</translation>
    </message>
    <message>
        <source>Ask for a new invitation.</source>
        <translation>Bitten Sie um eine neue Einladung.</translation>
    </message>
    <message>
        <source>Ask for the server&apos;s address and a key instead.</source>
        <translation>Bitten Sie stattdessen um die Adresse des Servers und einen Schlüssel.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Ask for the key that the pool&apos;s workers use. Nothing was kept.</source>
        <translation>Fragen Sie nach dem Schlüssel, den die Worker des Pools benutzen. Nichts wurde aufbewahrt.</translation>
    </message>
    <message>
        <source>Nothing was kept.</source>
        <translation>Nichts wurde aufbewahrt.</translation>
    </message>
    <message>
        <source>Drover goes on trying by itself.</source>
        <translation>Drover versucht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Get one on the page Models; it is offered at once.</source>
        <translation>Holen Sie eines auf der Seite Modelle; es wird sofort angeboten.</translation>
    </message>
    <message>
        <source>The pool&apos;s requests would fail the same way.</source>
        <translation>Die Anfragen des Pools würden genauso scheitern.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Change the address</source>
        <translation>Adresse ändern</translation>
    </message>
    <message>
        <source>Change the key</source>
        <translation>Schlüssel ändern</translation>
    </message>
    <message>
        <source>Change the name</source>
        <translation>Namen ändern</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>Ollama starten</translation>
    </message>
    <message>
        <source>Copy a message that asks for one</source>
        <translation>Eine Nachricht kopieren, die darum bittet</translation>
    </message>
    <message>
        <source>Keep trying</source>
        <translation>Weiter versuchen</translation>
    </message>
    <message>
        <source>Looking for a pool at %1…</source>
        <translation>Auf %1 wird ein Pool gesucht …</translation>
    </message>
    <message>
        <source>Trading the code for a key…</source>
        <translation>Der Code wird gegen einen Schlüssel getauscht …</translation>
    </message>
    <message>
        <source>Keeping the key…</source>
        <translation>Der Schlüssel wird aufbewahrt …</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbindung zu %1 …</translation>
    </message>
    <message>
        <source>Connected. Running a small request on this machine…</source>
        <translation>Verbunden. Auf diesem Rechner läuft eine kleine Anfrage …</translation>
    </message>
    <message>
        <source>Connected. Running a small request with %1…</source>
        <translation>Verbunden. Mit %1 läuft eine kleine Anfrage …</translation>
    </message>
    <message>
        <source>Joined %1. Drover connects to it when it starts.</source>
        <translation>%1 beigetreten. Drover verbindet sich, wenn es startet.</translation>
    </message>
    <message>
        <source>Sharing with %1. This machine makes %2 tokens a second with %3.</source>
        <translation>Geteilt wird mit %1. Dieser Rechner schafft %2 Token in der Sekunde mit %3.</translation>
    </message>
    <message>
        <source>Sharing with %1.</source>
        <translation>Geteilt wird mit %1.</translation>
    </message>
    <message>
        <source>Answers from the models that are installed here; there is none at the moment.</source>
        <translation>Antworten der hier installierten Modelle; zurzeit gibt es keines.</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <comment>some models and a number</comment>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>Answers from the models that are installed here: %1.</source>
        <translation>Antworten der hier installierten Modelle: %1.</translation>
    </message>
    <message>
        <source>Jobs at once: %1 at most, and only while your own apps leave room.</source>
        <translation>Aufträge zugleich: höchstens %1, und nur solange Ihre eigenen Apps Platz lassen.</translation>
    </message>
    <message>
        <source>As many jobs at once as this machine runs, and only while your own apps leave room.</source>
        <translation>So viele Aufträge zugleich, wie dieser Rechner schafft, und nur solange Ihre eigenen Apps Platz lassen.</translation>
    </message>
    <message>
        <source>It cannot load, download or delete models by itself, and no port is opened.</source>
        <translation>Er kann selbst keine Modelle laden, herunterladen oder löschen, und es wird kein Port geöffnet.</translation>
    </message>
    <message>
        <source>The name “%1” for this machine.</source>
        <translation>Den Namen „%1“ für diesen Rechner.</translation>
    </message>
    <message>
        <source>The names of your models, how fast the answers come, when this machine is busy, and its network address.</source>
        <translation>Die Namen Ihrer Modelle, wie schnell die Antworten kommen, wann dieser Rechner beschäftigt ist, und seine Netzwerkadresse.</translation>
    </message>
    <message>
        <source>Prompts of other people pass through this machine; they are not stored.</source>
        <translation>Eingaben anderer Menschen laufen durch diesen Rechner; sie werden nicht gespeichert.</translation>
    </message>
    <message>
        <source>The requests of your own apps come first.</source>
        <translation>Die Anfragen Ihrer eigenen Apps kommen zuerst.</translation>
    </message>
    <message>
        <source>You can pause sharing at any time, and leave the pool with one click.</source>
        <translation>Sie können das Teilen jederzeit anhalten und den Pool mit einem Klick verlassen.</translation>
    </message>
    <message>
        <source>The connection is not encrypted: the key and every prompt can be read on the way.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Der Schlüssel und jede Eingabe können unterwegs mitgelesen werden.</translation>
    </message>
    <message>
        <source>The connection is not encrypted: every prompt can be read on the way.</source>
        <translation>Die Verbindung ist nicht verschlüsselt: Jede Eingabe kann unterwegs mitgelesen werden.</translation>
    </message>
    <message>
        <source>This machine&apos;s clock is %1 of the server&apos;s.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der des Servers %1.</translation>
    </message>
</context>
<context>
    <name>drover::app::Joining</name>
    <message>
        <source>no answer in %1 min</source>
        <translation>keine Antwort in %1 min</translation>
    </message>
</context>
<context>
    <name>drover::app::KeysDialog</name>
    <message>
        <source>Not since Drover&apos;s start</source>
        <translation>Nicht seit Drovers Start</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>On this machine no app needs a key. One gives an app a name of its own, and lets apps on other machines in. Drover keeps only its hash.</source>
        <translation>Auf diesem Rechner braucht keine App einen Schlüssel. Mit einem bekommt eine App einen eigenen Namen, und Apps auf anderen Rechnern erhalten Zugang. Drover behält nur seinen Hash.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Name of the app or machine</source>
        <translation>Name der App oder Maschine</translation>
    </message>
    <message>
        <source>Create key</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>The new key</source>
        <translation>Der neue Schlüssel</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the new key</source>
        <translation>Den neuen Schlüssel kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Angelegt</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>The key for %1. It is shown only until this window is closed.</source>
        <translation>Der Schlüssel für %1. Er ist nur zu sehen, bis dieses Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Revoke a key</source>
        <translation>Schlüssel widerrufen</translation>
    </message>
    <message>
        <source>Revoke the key of %1?</source>
        <translation>Den Schlüssel von %1 widerrufen?</translation>
    </message>
    <message>
        <source>What uses it is refused from other machines at once. This cannot be undone.</source>
        <translation>Was ihn benutzt, wird von anderen Rechnern sofort abgewiesen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Revoke it</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>drover::app::LeavingWords</name>
    <message>
        <source>There is no pool called %1.</source>
        <translation>Es gibt keinen Pool namens %1.</translation>
    </message>
    <message>
        <source>%1 is still joined: %2.</source>
        <translation>%1 ist noch eingerichtet: %2.</translation>
    </message>
    <message>
        <source>Left %1: its settings and its key are removed. The ledger stays.</source>
        <translation>%1 verlassen: Einstellungen und Schlüssel sind entfernt. Die Abrechnung bleibt.</translation>
    </message>
    <message>
        <source>Left %1: its settings are removed. Its key is yours and stays in %2. The ledger stays.</source>
        <translation>%1 verlassen: Die Einstellungen sind entfernt. Der Schlüssel gehört Ihnen und bleibt in %2. Die Abrechnung bleibt.</translation>
    </message>
    <message>
        <source>Left %1: its settings are removed. The ledger stays.</source>
        <translation>%1 verlassen: Die Einstellungen sind entfernt. Die Abrechnung bleibt.</translation>
    </message>
</context>
<context>
    <name>drover::app::LedgerModel</name>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>drover::app::LinkSheet</name>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours</comment>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Link to Drover</source>
        <translation>Link zu Drover</translation>
    </message>
    <message>
        <source>The link came from outside Drover: from a web page, a message or another program. Go on only if you clicked it yourself.</source>
        <translation>Der Link kommt von außerhalb: von einer Webseite, aus einer Nachricht oder einem anderen Programm. Fahren Sie nur fort, wenn Sie selbst darauf geklickt haben.</translation>
    </message>
    <message>
        <source>A link asks to let waiting jobs start again.</source>
        <translation>Ein Link möchte wartende Aufträge wieder beginnen lassen.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Drover does not follow this link.</source>
        <translation>Drover folgt diesem Link nicht.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>A link asks to pause the queue for %1.</source>
        <translation>Ein Link möchte die Warteschlange für %1 anhalten.</translation>
    </message>
    <message>
        <source>A link asks to pause the queue until you resume.</source>
        <translation>Ein Link möchte die Warteschlange anhalten, bis Sie fortsetzen.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>A link is about job %1, which is not in the queue.</source>
        <translation>Ein Link betrifft Auftrag %1, der nicht in der Warteschlange ist.</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>Warteschlange zeigen</translation>
    </message>
    <message>
        <source>A link is about job %1: %2, %3 (%4).</source>
        <comment>number, app, model, state</comment>
        <translation>Ein Link betrifft Auftrag %1: %2, %3 (%4).</translation>
    </message>
    <message>
        <source>Show in the queue</source>
        <translation>In der Schlange zeigen</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>Auftrag abbrechen</translation>
    </message>
</context>
<context>
    <name>drover::app::LogModel</name>
    <message>
        <source>Debug</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1, %2, %3: %4</source>
        <translation>%1, %2, %3: %4</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
</context>
<context>
    <name>drover::app::LoginItemRow</name>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Drover then waits in the tray and your apps reach it from the start.</source>
        <translation>Drover wartet dann im Infobereich, und Ihre Apps erreichen es von Anfang an.</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>There is no drover-tray beside this program that could start at login.</source>
        <translation>Neben diesem Programm liegt kein drover-tray, das beim Anmelden starten könnte.</translation>
    </message>
    <message>
        <source>Switched off by the system, in %1; switch it on there.</source>
        <translation>Vom System ausgeschaltet, in %1; schalten Sie es dort ein.</translation>
    </message>
    <message>
        <source>The program that should start is not there any more. Switch it off and on to renew it.</source>
        <translation>Das Programm, das starten soll, ist nicht mehr da. Schalten Sie aus und wieder ein, um es zu erneuern.</translation>
    </message>
    <message>
        <source>Another Drover starts at login. Switch it off and on to start this one.</source>
        <translation>Ein anderes Drover startet beim Anmelden. Schalten Sie aus und wieder ein, um dieses zu starten.</translation>
    </message>
    <message>
        <source>drover login-item %1</source>
        <translation>drover login-item %1</translation>
    </message>
</context>
<context>
    <name>drover::app::LoginStep</name>
    <message>
        <source>Start at login?</source>
        <translation>Beim Anmelden starten?</translation>
    </message>
    <message>
        <source>Apps that start early find the queue only when Drover runs. This is off until you switch it on, and it can be changed any time in Settings.</source>
        <translation>Apps, die früh starten, finden die Warteschlange nur, wenn Drover läuft. Dies ist aus, bis Sie es einschalten, und lässt sich in den Einstellungen jederzeit ändern.</translation>
    </message>
</context>
<context>
    <name>drover::app::LogsPage</name>
    <message>
        <source>Logs</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Go on to the newest line as it comes</source>
        <translation>Zur neuesten Zeile gehen, sobald sie kommt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected lines, or all that are shown</source>
        <translation>Die gewählten Zeilen kopieren, sonst alle gezeigten</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save the lines that are shown as a file</source>
        <translation>Die gezeigten Zeilen als Datei speichern</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>Info and above</source>
        <translation>Hinweise und darüber</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Drover and Ollama</source>
        <translation>Drover und Ollama</translation>
    </message>
    <message>
        <source>Ollama&apos;s lines are here when Drover started it</source>
        <translation>Ollamas Zeilen stehen hier, wenn Drover es gestartet hat</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Protokoll durchsuchen</translation>
    </message>
    <message>
        <source>Search (%1)</source>
        <translation>Suchen (%1)</translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>Protokollzeilen</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Log files (*.log *.txt)</source>
        <translation>Protokolldateien (*.log *.txt)</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 ist nicht beschreibbar.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n line(s)</source>
        <translation>
            <numerusform>%1 von %n Zeile</numerusform>
            <numerusform>%1 von %n Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::MachinePage</name>
    <message>
        <source>Machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Share again</source>
        <translation>Wieder teilen</translation>
    </message>
    <message>
        <source>Ends the pause of sharing</source>
        <translation>Beendet die Pause des Teilens</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Teilen anhalten</translation>
    </message>
    <message>
        <source>Pools get nothing meanwhile; the apps of this machine go on</source>
        <translation>Pools bekommen solange nichts; die Apps dieses Rechners arbeiten weiter</translation>
    </message>
    <message>
        <source>Manners</source>
        <translation>Manieren</translation>
    </message>
    <message>
        <source>Leaves off while you game, work hard or run on battery.</source>
        <translation>Hört auf, solange Sie spielen, den Rechner fordern oder im Akkubetrieb sind.</translation>
    </message>
    <message>
        <source>Shares only while nobody uses the machine.</source>
        <translation>Teilt nur, solange niemand den Rechner benutzt.</translation>
    </message>
    <message>
        <source>Always shares; only looks at battery, network, hours, heat, space and limits.</source>
        <translation>Teilt immer; achtet nur auf Akku, Netz, Zeiten, Hitze, Platz und Grenzen.</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Rules of sharing and how each stands</source>
        <translation>Regeln des Teilens und ihr Stand</translation>
    </message>
    <message>
        <source>Change rules…</source>
        <translation>Regeln ändern …</translation>
    </message>
    <message>
        <source>The settings of sharing</source>
        <translation>Die Einstellungen des Teilens</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Nights and weekends</source>
        <translation>Nachts und am Wochenende</translation>
    </message>
    <message>
        <source>Limits of a day, for all pools</source>
        <translation>Grenzen am Tag, für alle Pools</translation>
    </message>
    <message>
        <source>The apps of this machine wait, too.</source>
        <translation>Auch die Apps dieses Rechners warten.</translation>
    </message>
    <message>
        <source>It may change at %1.</source>
        <translation>Das kann sich um %1 ändern.</translation>
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
    <message>
        <source>Doctor…</source>
        <translation>Diagnose …</translation>
    </message>
    <message>
        <source>Check that everything is in order (F1)</source>
        <translation>Prüfen, ob alles in Ordnung ist (F1)</translation>
    </message>
</context>
<context>
    <name>drover::app::ModelPull</name>
    <message>
        <source>There is no model %1 to download.</source>
        <translation>Ein Modell %1 gibt es nicht zum Herunterladen.</translation>
    </message>
    <message>
        <source>%1 cannot be downloaded: %2</source>
        <translation>%1 lässt sich nicht herunterladen: %2</translation>
    </message>
    <message>
        <source>%1 broke off the download of %2.</source>
        <translation>%1 hat das Herunterladen von %2 abgebrochen.</translation>
    </message>
    <message>
        <source>%1 needs %2 more, and only %3 are free in %4, of which %5 must stay free.</source>
        <translation>%1 braucht noch %2, und nur %3 sind frei in %4, wovon %5 frei bleiben müssen.</translation>
    </message>
</context>
<context>
    <name>drover::app::ModelShelf</name>
    <message>
        <source>%1 is no Ollama of the settings.</source>
        <translation>%1 ist kein Ollama aus den Einstellungen.</translation>
    </message>
    <message>
        <source>That is no name of a model.</source>
        <translation>Das ist kein Modellname.</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) are in the list already: clear some away first.</source>
        <translation>
            <numerusform>%n Download steht schon in der Liste: räumen Sie erst auf.</numerusform>
            <numerusform>%n Downloads stehen schon in der Liste: räumen Sie erst auf.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::ModelsModel</name>
    <message>
        <source>loaded</source>
        <translation>geladen</translation>
    </message>
    <message>
        <source>%1 (GPU)</source>
        <translation>%1 (GPU)</translation>
    </message>
    <message>
        <source>%1 (CPU)</source>
        <translation>%1 (CPU)</translation>
    </message>
    <message>
        <source>%1 (%2 % GPU)</source>
        <translation>%1 (%2 % GPU)</translation>
    </message>
    <message>
        <source>%1k</source>
        <comment>tokens, in units of 1024</comment>
        <translation>%1k</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>after its jobs</source>
        <translation>nach seinen Aufträgen</translation>
    </message>
    <message>
        <source>within a minute</source>
        <translation>binnen einer Minute</translation>
    </message>
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
            <numerusform>%1 und %n weitere</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>Im Speicher</translation>
    </message>
    <message>
        <source>Unloads</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>unloads: %1</source>
        <translation>wird entladen: %1</translation>
    </message>
</context>
<context>
    <name>drover::app::ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Models (%1)</source>
        <translation>Modelle (%1)</translation>
    </message>
    <message>
        <source>Unload every model; jobs that run finish first</source>
        <translation>Alle Modelle entladen; laufende Aufträge enden zuerst</translation>
    </message>
    <message>
        <source>A model to download, such as llama3.2:3b</source>
        <translation>Modell zum Herunterladen, etwa llama3.2:3b</translation>
    </message>
    <message>
        <source>Name of a model to download</source>
        <translation>Name eines Modells zum Herunterladen</translation>
    </message>
    <message>
        <source>Machine to download to</source>
        <translation>Maschine, auf die heruntergeladen wird</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Type the name of one above and download it. Names are on ollama.com; a small one to begin with is llama3.2:1b.</source>
        <translation>Geben Sie oben den Namen eines Modells ein und laden Sie es herunter. Namen stehen auf ollama.com; ein kleines für den Anfang ist llama3.2:1b.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Read the selected models into memory (Enter)</source>
        <translation>Die gewählten Modelle in den Speicher laden (Eingabe)</translation>
    </message>
    <message>
        <source>Keep loaded</source>
        <translation>Geladen halten</translation>
    </message>
    <message>
        <source>Load the selected models until somebody unloads them</source>
        <translation>Die gewählten Modelle laden, bis jemand sie entlädt</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Take the selected models out of memory; jobs that run finish first</source>
        <translation>Die gewählten Modelle aus dem Speicher nehmen; laufende Aufträge enden zuerst</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Delete the selected models from the disk (Delete)</source>
        <translation>Die gewählten Modelle vom Datenträger löschen (Entf)</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 frei</translation>
    </message>
    <message numerus="yes">
        <source>%n installed</source>
        <translation>
            <numerusform>%n installiert</numerusform>
            <numerusform>%n installiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n loaded</source>
        <translation>
            <numerusform>%n geladen</numerusform>
            <numerusform>%n geladen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, %2, %3 in memory</source>
        <translation>%1, %2, %3 im Speicher</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>wird geladen</translation>
    </message>
    <message>
        <source>unloading</source>
        <translation>wird entladen</translation>
    </message>
    <message>
        <source>deleting</source>
        <translation>wird gelöscht</translation>
    </message>
    <message>
        <source>Delete models</source>
        <translation>Modelle löschen</translation>
    </message>
    <message>
        <source>Delete %1 from the disk?</source>
        <translation>%1 vom Datenträger löschen?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n model(s) from the disk?</source>
        <translation>
            <numerusform>%n Modell vom Datenträger löschen?</numerusform>
            <numerusform>%n Modelle vom Datenträger löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>They would have to be downloaded again.</source>
        <translation>Sie müssten neu heruntergeladen werden.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Free GPU memory</source>
        <translation>GPU-Speicher freigeben</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Free GPU memory (%1)</source>
        <translation>GPU-Speicher freigeben (%1)</translation>
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
    <name>drover::app::OllamaClient</name>
    <message>
        <source>There is no model %1 on %2.</source>
        <translation>Auf %2 gibt es kein Modell %1.</translation>
    </message>
    <message>
        <source>%1 refuses this program (status %2).</source>
        <translation>%1 weist dieses Programm ab (Status %2).</translation>
    </message>
    <message>
        <source>%1 answers with status %2.</source>
        <translation>%1 antwortet mit Status %2.</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 meldet: %2</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>%1 does not answer. Is Ollama running?</source>
        <translation>%1 antwortet nicht. Läuft Ollama?</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted.</source>
        <translation>Dem Zertifikat von %1 ist nicht zu trauen.</translation>
    </message>
    <message>
        <source>The connection to %1 broke off.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen.</translation>
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
    <message>
        <source>New jobs wait until %1. Let them start now</source>
        <translation>Neue Aufträge warten bis %1. Jetzt beginnen lassen</translation>
    </message>
</context>
<context>
    <name>drover::app::PercentileStrip</name>
    <message>
        <source>Figures of the requests below</source>
        <translation>Kennzahlen der Anfragen unten</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>First token after</source>
        <translation>Erstes Token nach</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>slowest 5 %: %1</source>
        <translation>langsamste 5 %: %1</translation>
    </message>
    <message>
        <source>none failed or refused</source>
        <translation>keine gescheitert oder abgewiesen</translation>
    </message>
    <message numerus="yes">
        <source>%n failed or refused</source>
        <translation>
            <numerusform>%n gescheitert oder abgewiesen</numerusform>
            <numerusform>%n gescheitert oder abgewiesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::PoolsModel</name>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Angeboten</translation>
    </message>
    <message>
        <source>Jobs today</source>
        <translation>Aufträge heute</translation>
    </message>
    <message>
        <source>Tokens today</source>
        <translation>Token heute</translation>
    </message>
    <message>
        <source>Tokens in all</source>
        <translation>Token insgesamt</translation>
    </message>
    <message>
        <source>waits for its key</source>
        <translation>wartet auf seinen Schlüssel</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>connecting, again in %1</source>
        <translation>verbindet, wieder in %1</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message numerus="yes">
        <source>connected, %n running</source>
        <translation>
            <numerusform>verbunden, %n läuft</numerusform>
            <numerusform>verbunden, %n laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>nothing offered</source>
        <translation>nichts angeboten</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>beendet Laufendes</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgewiesen</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>models, jobs</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n at once</source>
        <translation>
            <numerusform>%n zugleich</numerusform>
            <numerusform>%n zugleich</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2, %3 jobs and %4 tokens today</source>
        <translation>%1: %2, heute %3 Aufträge und %4 Token</translation>
    </message>
</context>
<context>
    <name>drover::app::PoolsPage</name>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Pools (%1)</source>
        <translation>Pools (%1)</translation>
    </message>
    <message>
        <source>Join a pool…</source>
        <translation>Einem Pool beitreten …</translation>
    </message>
    <message>
        <source>Share this machine with a pool</source>
        <translation>Diesen Rechner mit einem Pool teilen</translation>
    </message>
    <message>
        <source>A pool is a server that hands questions of its members to machines like this one. Drover connects to it by itself, no port is opened here, and your own apps always come first. It works with llamapool and nfrx servers.</source>
        <translation>Ein Pool ist ein Server, der Fragen seiner Mitglieder an Rechner wie diesen weitergibt. Drover verbindet sich von selbst, hier wird kein Port geöffnet, und Ihre eigenen Apps kommen immer zuerst. Das geht mit Servern von llamapool und nfrx.</translation>
    </message>
    <message>
        <source>Paste an invitation…</source>
        <translation>Einladung einfügen …</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Type an address…</source>
        <translation>Adresse eingeben …</translation>
    </message>
    <message>
        <source>A link drover://join… opens this too, and a file can be dropped here.</source>
        <translation>Auch ein Link drover://join… öffnet das, und eine Datei kann hier abgelegt werden.</translation>
    </message>
    <message>
        <source>Pools that this machine works for</source>
        <translation>Pools, für die dieser Rechner arbeitet</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>What is known of the selected pool, without its key (Ctrl+C)</source>
        <translation>Was über den gewählten Pool bekannt ist, ohne seinen Schlüssel (Strg+C)</translation>
    </message>
    <message>
        <source>Change the key…</source>
        <translation>Schlüssel ändern …</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Verlassen …</translation>
    </message>
    <message>
        <source>Take this machine out of the selected pool (Delete)</source>
        <translation>Diesen Rechner aus dem gewählten Pool nehmen (Entf)</translation>
    </message>
    <message numerus="yes">
        <source>Given, last %n day(s)</source>
        <translation>
            <numerusform>Gegeben am letzten Tag</numerusform>
            <numerusform>Gegeben in den letzten %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>What pools were given per day</source>
        <translation>Was Pools am Tag bekommen haben</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern …</translation>
    </message>
    <message>
        <source>This machine works for no pool</source>
        <translation>Dieser Rechner arbeitet für keinen Pool</translation>
    </message>
    <message>
        <source>%1 of %2 connected; %3 jobs and %4 tokens given today</source>
        <translation>%1 von %2 verbunden; heute %3 Aufträge und %4 Token gegeben</translation>
    </message>
    <message>
        <source>The key of %1 is not there: the keyring is locked, or has lost it.</source>
        <translation>Der Schlüssel von %1 ist nicht da: Der Schlüsselbund ist gesperrt oder hat ihn verloren.</translation>
    </message>
    <message>
        <source>Unlock the keyring, or set the key again.</source>
        <translation>Entsperren Sie den Schlüsselbund, oder setzen Sie den Schlüssel neu.</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running for %1</source>
        <translation>
            <numerusform>%n Auftrag läuft für %1</numerusform>
            <numerusform>%n Aufträge laufen für %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready for jobs of %1</source>
        <translation>Bereit für Aufträge von %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>known there as %1</source>
        <translation>dort bekannt als %1</translation>
    </message>
    <message>
        <source>last sign of life sent %1</source>
        <translation>letztes Lebenszeichen gesendet: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) given in all</source>
        <translation>
            <numerusform>%n Auftrag insgesamt gegeben</numerusform>
            <numerusform>%n Aufträge insgesamt gegeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) failed since the start</source>
        <translation>
            <numerusform>%n Auftrag seit dem Start gescheitert</numerusform>
            <numerusform>%n Aufträge seit dem Start gescheitert</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Key of %1</source>
        <translation>Schlüssel von %1</translation>
    </message>
    <message>
        <source>The key that this pool&apos;s workers use:</source>
        <translation>Der Schlüssel, den die Worker dieses Pools benutzen:</translation>
    </message>
    <message>
        <source>The key must be one line of letters, digits and signs, without spaces.</source>
        <translation>Der Schlüssel muss eine Zeile aus Buchstaben, Ziffern und Zeichen sein, ohne Leerzeichen.</translation>
    </message>
    <message>
        <source>The key could not be kept: %1</source>
        <translation>Der Schlüssel konnte nicht aufbewahrt werden: %1</translation>
    </message>
    <message>
        <source>Leave a pool</source>
        <translation>Einen Pool verlassen</translation>
    </message>
    <message>
        <source>Leave %1?</source>
        <translation>%1 verlassen?</translation>
    </message>
    <message>
        <source>Its settings and its key are removed from this machine. What it was given stays in the ledger.</source>
        <translation>Seine Einstellungen und sein Schlüssel werden von diesem Rechner entfernt. Was er bekommen hat, bleibt in der Abrechnung.</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) run for it.</source>
        <translation>
            <numerusform>%n Auftrag läuft für ihn.</numerusform>
            <numerusform>%n Aufträge laufen für ihn.</numerusform>
        </translation>
    </message>
    <message>
        <source>Finish, then leave</source>
        <translation>Beenden, dann verlassen</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Stop them and leave</source>
        <translation>Abbrechen und verlassen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save the ledger</source>
        <translation>Abrechnung speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>Show as chart</source>
        <translation>Als Diagramm</translation>
    </message>
</context>
<context>
    <name>drover::app::PullList</name>
    <message>
        <source>waits for the one before</source>
        <translation>wartet auf den vorigen</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>ist da</translation>
    </message>
    <message>
        <source>stopped; what came is kept, and it can go on from there</source>
        <translation>angehalten; was schon da ist, bleibt, und es kann von dort weitergehen</translation>
    </message>
    <message>
        <source>is checked, which takes a while for a large one</source>
        <translation>wird geprüft, was bei einem großen eine Weile dauert</translation>
    </message>
    <message>
        <source>nearly done</source>
        <translation>fast fertig</translation>
    </message>
    <message>
        <source>asks for its parts</source>
        <translation>fragt nach seinen Teilen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>nothing comes; Ollama goes on trying</source>
        <translation>nichts kommt; Ollama versucht es weiter</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Download of %1</source>
        <translation>Download von %1</translation>
    </message>
    <message>
        <source>Stop the download of %1</source>
        <translation>Das Herunterladen von %1 anhalten</translation>
    </message>
    <message>
        <source>Go on with the download of %1</source>
        <translation>Das Herunterladen von %1 fortsetzen</translation>
    </message>
    <message>
        <source>Take %1 from the list of downloads</source>
        <translation>%1 aus der Liste der Downloads entfernen</translation>
    </message>
</context>
<context>
    <name>drover::app::PurposeStep</name>
    <message>
        <source>One fair queue for your apps</source>
        <translation>Gerechte Warteschlange für Ihre Apps</translation>
    </message>
    <message>
        <source>Give an app Drover&apos;s address instead of Ollama&apos;s. Drover recognises it, lets it take its fair turn, and shows what runs and what waits. Nothing else about the app changes.</source>
        <translation>Geben Sie einer App Drovers Adresse statt der von Ollama. Drover erkennt sie, lässt sie gerecht an die Reihe kommen und zeigt, was läuft und was wartet. Sonst ändert sich an der App nichts.</translation>
    </message>
    <message>
        <source>Address for your apps</source>
        <translation>Adresse für Ihre Apps</translation>
    </message>
    <message>
        <source>• Who had least is next, so nobody waits for one busy app.
• Ollama, OpenAI and Anthropic clients all work.
• Without Drover, apps can still use Ollama itself.</source>
        <translation>• Wer am wenigsten hatte, ist der Nächste; so wartet niemand auf eine einzelne eifrige App.
• Clients für Ollama, OpenAI und Anthropic funktionieren alle.
• Ohne Drover können Apps weiter Ollama selbst benutzen.</translation>
    </message>
    <message>
        <source>Drover does not listen yet</source>
        <translation>Drover lauscht noch nicht</translation>
    </message>
    <message>
        <source>Share this machine with a pool?</source>
        <translation>Diesen Rechner mit einem Pool teilen?</translation>
    </message>
    <message>
        <source>Join a pool…</source>
        <translation>Einem Pool beitreten …</translation>
    </message>
    <message>
        <source>Only if you want: while your own apps leave room, a pool may ask your models.</source>
        <translation>Nur wenn Sie wollen: Solange Ihre eigenen Apps Platz lassen, darf ein Pool Ihre Modelle fragen.</translation>
    </message>
    <message numerus="yes">
        <source>This machine works for %n pool(s).</source>
        <translation>
            <numerusform>Dieser Rechner arbeitet für %n Pool.</numerusform>
            <numerusform>Dieser Rechner arbeitet für %n Pools.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::QrPicture</name>
    <message>
        <source>The invitation as a QR code</source>
        <translation>Die Einladung als QR-Code</translation>
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
    <message>
        <source>The queue is paused until %1: running jobs finish, the others wait.</source>
        <translation>Die Warteschlange ist bis %1 angehalten: laufende Aufträge enden, die anderen warten.</translation>
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
    <name>drover::app::RulePanel</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Cancel its jobs</source>
        <translation>Aufträge abbrechen</translation>
    </message>
    <message>
        <source>Take away every rule of this app</source>
        <translation>Alle Regeln dieser App entfernen</translation>
    </message>
    <message>
        <source>Cancel everything that this app has running and waiting</source>
        <translation>Alles abbrechen, was diese App laufen und warten hat</translation>
    </message>
    <message>
        <source>2 gets twice as much of the machine as others</source>
        <translation>2 bekommt doppelt so viel von der Maschine wie andere</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Unbegrenzt</translation>
    </message>
    <message>
        <source>Jobs that may run at once</source>
        <translation>Aufträge, die zugleich laufen dürfen</translation>
    </message>
    <message>
        <source>As others</source>
        <translation>Wie andere</translation>
    </message>
    <message>
        <source>Jobs that may wait; more are refused</source>
        <translation>Aufträge, die warten dürfen; weitere werden abgewiesen</translation>
    </message>
    <message>
        <source>Such as 100k; prompts and answers, until midnight</source>
        <translation>Etwa 100k; Eingaben und Antworten, bis Mitternacht</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Interactive</source>
        <translation>Interaktiv</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>Alle Modelle</translation>
    </message>
    <message>
        <source>Names with commas between, * is any text: llama*, qwen3</source>
        <translation>Namen mit Kommas dazwischen, * steht für beliebigen Text: llama*, qwen3</translation>
    </message>
    <message>
        <source>Block it</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Refuse everything that it asks for</source>
        <translation>Alles abweisen, was sie anfragt</translation>
    </message>
    <message>
        <source>&amp;Weight</source>
        <translation>&amp;Gewicht</translation>
    </message>
    <message>
        <source>At &amp;once</source>
        <translation>&amp;Zugleich</translation>
    </message>
    <message>
        <source>W&amp;aiting</source>
        <translation>&amp;Wartend</translation>
    </message>
    <message>
        <source>&amp;Tokens a day</source>
        <translation>&amp;Token pro Tag</translation>
    </message>
    <message>
        <source>&amp;Lane</source>
        <translation>&amp;Spur</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>&amp;Modelle</translation>
    </message>
    <message>
        <source>Has not asked since Drover&apos;s start</source>
        <translation>Hat seit Drovers Start nicht angefragt</translation>
    </message>
    <message>
        <source>Known by: %1. API: %2. Refused: %3.</source>
        <translation>Erkannt an: %1. API: %2. Abgewiesen: %3.</translation>
    </message>
</context>
<context>
    <name>drover::app::RulesModel</name>
    <message>
        <source>%1 %2</source>
        <comment>sign, word</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Enter opens the setting: %1</source>
        <translation>Eingabe öffnet die Einstellung: %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>drover::app::SettingEditor</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>One entry on each line</source>
        <translation>Ein Eintrag je Zeile</translation>
    </message>
</context>
<context>
    <name>drover::app::SettingRow</name>
    <message>
        <source>Restart to apply</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Open Apps</source>
        <translation>Apps öffnen</translation>
    </message>
    <message>
        <source>%1: restart to apply</source>
        <translation>%1: zum Anwenden neu starten</translation>
    </message>
    <message>
        <source>%1: reset to the default</source>
        <translation>%1: auf die Vorgabe zurücksetzen</translation>
    </message>
    <message>
        <source>%1: copy the command</source>
        <translation>%1: den Befehl kopieren</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>The default is: %1</source>
        <translation>Die Vorgabe ist: %1</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Nothing was changed: %1.</source>
        <translation>Nichts wurde geändert: %1.</translation>
    </message>
</context>
<context>
    <name>drover::app::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search (%1)</source>
        <translation>Suchen (%1)</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Set up again</source>
        <translation>Neu einrichten</translation>
    </message>
    <message>
        <source>Go through the first steps again (drover-tray --setup)</source>
        <translation>Die ersten Schritte noch einmal gehen (drover-tray --setup)</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Restart Drover</source>
        <translation>Drover neu starten</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>The settings are not right, so the old ones stay in force: %1</source>
        <translation>Die Einstellungen stimmen nicht, daher gelten die alten weiter: %1</translation>
    </message>
    <message>
        <source>The settings file cannot be written, so nothing can be changed here: %1</source>
        <translation>Die Einstellungsdatei ist nicht beschreibbar, daher lässt sich hier nichts ändern: %1</translation>
    </message>
    <message>
        <source>Some changes count after a restart of Drover.</source>
        <translation>Einige Änderungen gelten erst nach einem Neustart von Drover.</translation>
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
    <message>
        <source>%1 %2 %</source>
        <comment>app, share</comment>
        <translation>%1 %2 %</translation>
    </message>
    <message>
        <source>Last ten minutes: %1.</source>
        <translation>Letzte zehn Minuten: %1.</translation>
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
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Resume the queue – paused until %1</source>
        <translation>Warteschlange fortsetzen – angehalten bis %1</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Teilen anhalten</translation>
    </message>
    <message>
        <source>Share again</source>
        <translation>Wieder teilen</translation>
    </message>
    <message>
        <source>Join a pool…</source>
        <translation>Einem Pool beitreten …</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Join another pool…</source>
        <translation>Weiterem Pool beitreten …</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Verlassen …</translation>
    </message>
    <message>
        <source>Pool %1</source>
        <translation>Pool %1</translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s)</source>
        <translation>
            <numerusform>%n Pool</numerusform>
            <numerusform>%n Pools</numerusform>
        </translation>
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
    <message>
        <source>Paused until %1</source>
        <translation>Angehalten bis %1</translation>
    </message>
    <message>
        <source>Paused until %1: %2</source>
        <comment>time, jobs</comment>
        <translation>Angehalten bis %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>Free GPU memory (%n model(s))</source>
        <translation>
            <numerusform>Grafikspeicher freigeben (%n Modell)</numerusform>
            <numerusform>Grafikspeicher freigeben (%n Modelle)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Free GPU memory (%1 in %n model(s))</source>
        <translation>
            <numerusform>Grafikspeicher freigeben (%1 in %n Modell)</numerusform>
            <numerusform>Grafikspeicher freigeben (%1 in %n Modellen)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>pool, reason</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindet mit %1</translation>
    </message>
    <message>
        <source>Pool %1 is not open</source>
        <translation>Pool %1 ist nicht offen</translation>
    </message>
    <message>
        <source>Hosting %1: %2, %3 running</source>
        <comment>pool, machines, requests</comment>
        <translation>Bietet %1 an: %2, %3 laufend</translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s)</source>
        <translation>
            <numerusform>%n Rechner</numerusform>
            <numerusform>%n Rechner</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drover::app::Trial</name>
    <message>
        <source>Say hello in five words.</source>
        <translation>Sag Hallo in fünf Worten.</translation>
    </message>
    <message>
        <source>The answer is longer than was asked for.</source>
        <translation>Die Antwort ist länger als verlangt.</translation>
    </message>
    <message>
        <source>The answer broke off.</source>
        <translation>Die Antwort ist abgebrochen.</translation>
    </message>
</context>
<context>
    <name>drover::app::TryStep</name>
    <message>
        <source>Sends “Say hello in five words.” to your smallest model.</source>
        <translation>Sendet „Sag Hallo in fünf Worten.“ an Ihr kleinstes Modell.</translation>
    </message>
    <message>
        <source>Looking for a model…</source>
        <translation>Ein Modell wird gesucht …</translation>
    </message>
    <message>
        <source>Waiting in the queue, place %1 (%2)…</source>
        <translation>Wartet in der Schlange, Platz %1 (%2) …</translation>
    </message>
    <message>
        <source>Waiting in the queue (%1)…</source>
        <translation>Wartet in der Schlange (%1) …</translation>
    </message>
    <message>
        <source>%1 is loading or thinking (%2)…</source>
        <translation>%1 lädt oder denkt nach (%2) …</translation>
    </message>
    <message>
        <source>%1 answers (%2)…</source>
        <translation>%1 antwortet (%2) …</translation>
    </message>
    <message>
        <source>%1 answered through the queue in %2. Everything works.</source>
        <translation>%1 hat durch die Warteschlange in %2 geantwortet. Alles funktioniert.</translation>
    </message>
    <message>
        <source>It did not work: %1</source>
        <translation>Es hat nicht geklappt: %1</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>A real request, through Drover&apos;s own address and its queue.</source>
        <translation>Eine echte Anfrage, über Drovers eigene Adresse und Warteschlange.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open Models</source>
        <translation>Modelle öffnen</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>Erste Worte</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Then give your apps the address:</source>
        <translation>Geben Sie dann Ihren Apps die Adresse:</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Erneut senden</translation>
    </message>
    <message>
        <source>No model is installed yet. Download one first, then try again.</source>
        <translation>Noch ist kein Modell installiert. Laden Sie erst eines herunter und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Downloading %1…</source>
        <translation>%1 wird heruntergeladen …</translation>
    </message>
    <message>
        <source>Downloading %1: %2 %…</source>
        <translation>%1 wird heruntergeladen: %2 % …</translation>
    </message>
    <message>
        <source>The download is stopped; what is here of it stays.</source>
        <translation>Das Herunterladen ist angehalten; was schon da ist, bleibt.</translation>
    </message>
    <message>
        <source>The download did not work: %1</source>
        <translation>Das Herunterladen hat nicht geklappt: %1</translation>
    </message>
    <message>
        <source>%1 is here.</source>
        <translation>%1 ist da.</translation>
    </message>
    <message>
        <source>Download %1 (%2)</source>
        <translation>%1 herunterladen (%2)</translation>
    </message>
</context>
<context>
    <name>drover::app::WeeklySummary</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n Anfrage</numerusform>
            <numerusform>%n Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2 tokens, all for %3.</source>
        <translation>%1 und %2 Token, alle für %3.</translation>
    </message>
    <message>
        <source>%1 and %2 tokens, most of them for %3.</source>
        <translation>%1 und %2 Token, die meisten für %3.</translation>
    </message>
</context>
<context>
    <name>drover::app::WelcomeStep</name>
    <message>
        <source>Welcome to Drover</source>
        <translation>Willkommen bei Drover</translation>
    </message>
    <message>
        <source>Drover puts a fair queue in front of your local Ollama, so that several apps share it without getting in each other&apos;s way. Nothing leaves this machine.</source>
        <translation>Drover stellt eine gerechte Warteschlange vor Ihr lokales Ollama, damit mehrere Apps es gemeinsam nutzen, ohne einander zu stören. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>The language counts from the next start of Drover.</source>
        <translation>Die Sprache gilt ab dem nächsten Start von Drover.</translation>
    </message>
    <message>
        <source>Nothing was changed: %1.</source>
        <translation>Nichts wurde geändert: %1.</translation>
    </message>
</context>
<context>
    <name>drover::app::WhyPanel</name>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>setting</name>
    <message>
        <source>The window, the tray and this program as a whole.</source>
        <translation>Das Fenster, der Infobereich und dieses Programm als Ganzes.</translation>
    </message>
    <message>
        <source>The icon in the panel, taskbar or menu bar.</source>
        <translation>Das Symbol in Leiste, Taskleiste oder Menüleiste.</translation>
    </message>
    <message>
        <source>What you are told although no window is open.</source>
        <translation>Was Ihnen mitgeteilt wird, auch wenn kein Fenster offen ist.</translation>
    </message>
    <message>
        <source>Where apps connect, and what one of them may do.</source>
        <translation>Wo Apps sich verbinden und was jede von ihnen darf.</translation>
    </message>
    <message>
        <source>Who is next, and how long the queue may grow.</source>
        <translation>Wer als Nächstes kommt und wie lang die Warteschlange werden darf.</translation>
    </message>
    <message>
        <source>The Ollama on this machine: whether Drover starts it, and how.</source>
        <translation>Das Ollama auf diesem Rechner: ob Drover es startet, und wie.</translation>
    </message>
    <message>
        <source>What is kept on disk of requests that ended. Never what they said.</source>
        <translation>Was von beendeten Anfragen auf dem Datenträger bleibt. Nie ihr Inhalt.</translation>
    </message>
    <message>
        <source>For people, monitoring and the drover command.</source>
        <translation>Für Menschen, Überwachung und den Befehl drover.</translation>
    </message>
    <message>
        <source>What is written down. Never a prompt, an answer or a key.</source>
        <translation>Was mitgeschrieben wird. Nie eine Eingabe, eine Antwort oder ein Schlüssel.</translation>
    </message>
    <message>
        <source>Drover without a window: drover serve.</source>
        <translation>Drover ohne Fenster: drover serve.</translation>
    </message>
    <message>
        <source>Address and port that apps use instead of Ollama&apos;s 127.0.0.1:11434.</source>
        <translation>Adresse und Port, die Apps statt Ollamas 127.0.0.1:11434 benutzen.</translation>
    </message>
    <message>
        <source>Port that apps use instead of Ollama&apos;s 11434; 0 is any free one.</source>
        <translation>Port, den Apps statt Ollamas 11434 benutzen; 0 ist irgendein freier.</translation>
    </message>
    <message>
        <source>Address to listen on; 0.0.0.0 lets other machines in.</source>
        <translation>Adresse, auf der Drover lauscht; 0.0.0.0 lässt andere Rechner zu.</translation>
    </message>
    <message>
        <source>Address and port for status, metrics and the drover command; &quot;off&quot; for none.</source>
        <translation>Adresse und Port für Status, Messwerte und den Befehl drover; &quot;off&quot; für keine.</translation>
    </message>
    <message>
        <source>What answers: one block per Ollama or OpenAI-compatible server.</source>
        <translation>Was antwortet: ein Block je Ollama oder OpenAI-kompatiblem Server.</translation>
    </message>
    <message>
        <source>Ollama to queue in front of; give it more than once for several.</source>
        <translation>Ollama, vor dem die Warteschlange steht; für mehrere mehrmals angeben.</translation>
    </message>
    <message>
        <source>Longest silence of a backend, first byte included. Never a limit on waiting or on a healthy stream.</source>
        <translation>Längstes Schweigen eines Backends, auch vor dem ersten Byte. Begrenzt nie das Warten oder eine gesunde Ausgabe.</translation>
    </message>
    <message>
        <source>Answer from a simulated model inside Drover instead of the backends, to try it out.</source>
        <translation>Zum Ausprobieren antwortet ein simuliertes Modell in Drover statt der Backends.</translation>
    </message>
    <message>
        <source>Web pages that may use the queue besides this machine&apos;s own, such as &quot;https://chat.example.org&quot;; * is a wildcard.</source>
        <translation>Webseiten, die außer denen dieses Rechners die Warteschlange benutzen dürfen, etwa &quot;https://chat.example.org&quot;; * steht für beliebigen Text.</translation>
    </message>
    <message>
        <source>Let programs on this machine pull, push, create, copy and delete models.</source>
        <translation>Programme auf diesem Rechner dürfen Modelle holen, hochladen, anlegen, kopieren und löschen.</translation>
    </message>
    <message>
        <source>Name users after the program that calls, where nothing else tells who it is.</source>
        <translation>Benutzer nach dem aufrufenden Programm benennen, wo sonst nichts sagt, wer es ist.</translation>
    </message>
    <message>
        <source>Send a sign of life to clients that wait, in a form that their libraries skip.</source>
        <translation>Wartenden Clients ein Lebenszeichen senden, in einer Form, die ihre Bibliotheken übergehen.</translation>
    </message>
    <message>
        <source>Silence before a waiting stream is begun and kept alive.</source>
        <translation>Stille, nach der eine wartende Ausgabe begonnen und am Leben gehalten wird.</translation>
    </message>
    <message>
        <source>The same for answers that are not streamed.</source>
        <translation>Dasselbe für Antworten am Stück.</translation>
    </message>
    <message>
        <source>Time between two signs of life.</source>
        <translation>Zeit zwischen zwei Lebenszeichen.</translation>
    </message>
    <message>
        <source>Largest body of one request; a 64 MB image is 86 MB in it.</source>
        <translation>Größter Inhalt einer Anfrage; ein Bild von 64 MB belegt darin 86 MB.</translation>
    </message>
    <message>
        <source>Largest head of one request.</source>
        <translation>Größter Kopf einer Anfrage.</translation>
    </message>
    <message>
        <source>Longest time from a request&apos;s first byte to the end of its head.</source>
        <translation>Längste Zeit vom ersten Byte einer Anfrage bis zum Ende ihres Kopfes.</translation>
    </message>
    <message>
        <source>Longest time from the end of a request&apos;s head to the end of its body.</source>
        <translation>Längste Zeit vom Ende des Kopfes einer Anfrage bis zum Ende ihres Inhalts.</translation>
    </message>
    <message>
        <source>Longest pause between two requests of a connection.</source>
        <translation>Längste Pause zwischen zwei Anfragen einer Verbindung.</translation>
    </message>
    <message>
        <source>Longest time that a client may take nothing of its answer.</source>
        <translation>Längste Zeit, in der ein Client nichts von seiner Antwort abnimmt.</translation>
    </message>
    <message>
        <source>Clients connected at once; &quot;auto&quot; is what the system&apos;s limit on open files allows.</source>
        <translation>Clients, die zugleich verbunden sind; &quot;auto&quot; ist, was die Grenze des Systems für offene Dateien erlaubt.</translation>
    </message>
    <message>
        <source>Jobs that run at once on each backend that names no slots; &quot;auto&quot; asks the backend, else 1.</source>
        <translation>Aufträge, die auf jedem Backend ohne eigene Slots zugleich laufen; &quot;auto&quot; fragt das Backend, sonst 1.</translation>
    </message>
    <message>
        <source>What a user is charged for, the least charged being next: tokens, time (of a slot) or requests.</source>
        <translation>Was einem Benutzer angerechnet wird; wer am wenigsten hat, kommt als Nächstes: tokens, time (eines Slots) oder requests.</translation>
    </message>
    <message>
        <source>Jobs that may wait in all.</source>
        <translation>Aufträge, die insgesamt warten dürfen.</translation>
    </message>
    <message>
        <source>Jobs of one user that may wait.</source>
        <translation>Aufträge eines Benutzers, die warten dürfen.</translation>
    </message>
    <message>
        <source>Memory that waiting jobs may hold in all.</source>
        <translation>Speicher, den wartende Aufträge insgesamt belegen dürfen.</translation>
    </message>
    <message>
        <source>Longest wait of interactive and normal jobs, then they are refused; &quot;forever&quot; for none.</source>
        <translation>Längste Wartezeit interaktiver und normaler Aufträge, danach werden sie abgewiesen; &quot;forever&quot; für keine Grenze.</translation>
    </message>
    <message>
        <source>Longest wait of batch jobs; &quot;forever&quot; for none.</source>
        <translation>Längste Wartezeit von Stapelaufträgen; &quot;forever&quot; für keine Grenze.</translation>
    </message>
    <message>
        <source>Refuse jobs before their wait is over: none, or codel when the queue has stood for too long.</source>
        <translation>Aufträge vor Ablauf ihrer Wartezeit abweisen: none für nie, codel wenn die Warteschlange zu lange steht.</translation>
    </message>
    <message>
        <source>With codel: a wait that is fine.</source>
        <translation>Mit codel: eine Wartezeit, die in Ordnung ist.</translation>
    </message>
    <message>
        <source>With codel: how long waits may all be above it.</source>
        <translation>Mit codel: wie lange alle Wartezeiten darüber liegen dürfen.</translation>
    </message>
    <message>
        <source>Longest time that a job waits behind each more urgent lane.</source>
        <translation>Längste Zeit, die ein Auftrag hinter jeder dringenderen Spur wartet.</translation>
    </message>
    <message>
        <source>Users kept with their totals after they left.</source>
        <translation>Benutzer, deren Summen bleiben, nachdem sie gegangen sind.</translation>
    </message>
    <message>
        <source>The local Ollama: adopt uses the one that runs, supervise also starts one where none runs and keeps it running, remote leaves it alone.</source>
        <translation>Das Ollama auf diesem Rechner: adopt benutzt das laufende, supervise startet auch eines, wo keines läuft, und hält es am Laufen, remote lässt es in Ruhe.</translation>
    </message>
    <message>
        <source>Program to start for it; empty is the ollama of PATH or of the usual places.</source>
        <translation>Programm, das dafür gestartet wird; leer ist das ollama aus PATH oder von den üblichen Orten.</translation>
    </message>
    <message>
        <source>Variables for an Ollama that Drover starts, such as &quot;OLLAMA_KEEP_ALIVE=30m&quot;.</source>
        <translation>Variablen für ein Ollama, das Drover startet, etwa &quot;OLLAMA_KEEP_ALIVE=30m&quot;.</translation>
    </message>
    <message>
        <source>With supervise: silence after which Ollama is ended and started again.</source>
        <translation>Mit supervise: Schweigen, nach dem Ollama beendet und neu gestartet wird.</translation>
    </message>
    <message>
        <source>Language of the window and the tray: the system&apos;s, English or German.</source>
        <translation>Sprache von Fenster und Infobereich: die des Systems, Englisch oder Deutsch.</translation>
    </message>
    <message>
        <source>Colours of the window: as the system&apos;s, light or dark.</source>
        <translation>Farben des Fensters: wie das System, hell oder dunkel.</translation>
    </message>
    <message>
        <source>Start without the window where there is a tray; at login it always does.</source>
        <translation>Ohne Fenster starten, wo es einen Infobereich gibt; beim Anmelden immer.</translation>
    </message>
    <message>
        <source>Ask before quitting while jobs run or wait; without it they have serve.drain_timeout to finish.</source>
        <translation>Vor dem Beenden fragen, solange Aufträge laufen oder warten; sonst haben sie serve.drain_timeout, um zu enden.</translation>
    </message>
    <message>
        <source>How long the record of each request is kept, such as &quot;30d&quot;; what was said is never kept. &quot;off&quot; keeps none.</source>
        <translation>Wie lange der Eintrag jeder Anfrage bleibt, etwa &quot;30d&quot;; ihr Inhalt bleibt nie. &quot;off&quot; behält keine.</translation>
    </message>
    <message>
        <source>How long the sums per day, app and model are kept; &quot;off&quot; keeps none, so that daily caps begin again with a restart.</source>
        <translation>Wie lange die Summen je Tag, App und Modell bleiben; &quot;off&quot; behält keine, dann beginnen Tagesgrenzen nach einem Neustart von vorn.</translation>
    </message>
    <message>
        <source>Marks in the tray: auto fits the panel, light and dark do not look at it, colour shows the state by colour too.</source>
        <translation>Zeichen im Infobereich: auto passt zur Leiste, light und dark beachten sie nicht, colour zeigt den Zustand auch durch Farbe.</translation>
    </message>
    <message>
        <source>Show notifications: at most three an hour, and those chosen below.</source>
        <translation>Mitteilungen zeigen: höchstens drei je Stunde, und nur die unten gewählten.</translation>
    </message>
    <message>
        <source>When Ollama ended too often and is not started again.</source>
        <translation>Wenn Ollama zu oft abgebrochen ist und nicht neu gestartet wird.</translation>
    </message>
    <message>
        <source>When Ollama ended by itself and was started again.</source>
        <translation>Wenn Ollama von selbst abgebrochen ist und neu gestartet wurde.</translation>
    </message>
    <message>
        <source>When an app is refused because of its own limits, once a day for each.</source>
        <translation>Wenn eine App wegen ihrer eigenen Grenzen abgewiesen wird, für jede einmal am Tag.</translation>
    </message>
    <message>
        <source>When a model was downloaded.</source>
        <translation>Wenn ein Modell heruntergeladen wurde.</translation>
    </message>
    <message>
        <source>When less than 1 GB is left on the disk of Drover&apos;s files.</source>
        <translation>Wenn auf dem Datenträger mit Drovers Dateien weniger als 1 GB frei ist.</translation>
    </message>
    <message>
        <source>When the queue has been long for a while, as the next two say.</source>
        <translation>Wenn die Warteschlange eine Weile lang ist, wie die nächsten beiden bestimmen.</translation>
    </message>
    <message>
        <source>Waiting jobs beyond which the queue is long.</source>
        <translation>Zahl wartender Aufträge, ab der die Warteschlange lang ist.</translation>
    </message>
    <message>
        <source>How long it has to be so long.</source>
        <translation>Wie lange sie so lang sein muss.</translation>
    </message>
    <message>
        <source>File with the token for control calls, made when missing; empty is Drover&apos;s own, &quot;off&quot; for no control.</source>
        <translation>Datei mit dem Token für Steueraufrufe, bei Bedarf angelegt; leer ist Drovers eigene, &quot;off&quot; für keine Steuerung.</translation>
    </message>
    <message>
        <source>Least important lines to write.</source>
        <translation>Unwichtigste Zeilen, die geschrieben werden.</translation>
    </message>
    <message>
        <source>File to write the log to, kept below 20 MB; empty is standard error.</source>
        <translation>Datei für das Protokoll, unter 20 MB gehalten; leer ist die Standardfehlerausgabe.</translation>
    </message>
    <message>
        <source>When told to stop, how long running and waiting jobs may take to finish; 0 ends them at once.</source>
        <translation>Wie lange laufende und wartende Aufträge beim Beenden noch haben, um zu enden; 0 bricht sie sofort ab.</translation>
    </message>
    <message>
        <source>What one user (an app) may do, and how much it gets; others have the defaults.</source>
        <translation>Was ein einzelner Benutzer (eine App) darf und wie viel er bekommt; für andere gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>Keys that apps may send. Only their SHA-256 is here: printf %s KEY | sha256sum</source>
        <translation>Schlüssel, die Apps senden dürfen. Hier steht nur ihr SHA-256: printf %s KEY | sha256sum</translation>
    </message>
    <message>
        <source>The user, as the window shows it.</source>
        <translation>Der Benutzer, wie das Fenster ihn zeigt.</translation>
    </message>
    <message>
        <source>Its share: 2 gets twice as much as others.</source>
        <translation>Sein Anteil: 2 bekommt doppelt so viel wie andere.</translation>
    </message>
    <message>
        <source>Jobs at once.</source>
        <translation>Aufträge zugleich.</translation>
    </message>
    <message>
        <source>Jobs that may wait; &quot;default&quot; is queue.waiting_per_user_max.</source>
        <translation>Aufträge, die warten dürfen; &quot;default&quot; ist queue.waiting_per_user_max.</translation>
    </message>
    <message>
        <source>Tokens of prompts and answers, from midnight to midnight.</source>
        <translation>Token der Eingaben und Antworten, von Mitternacht bis Mitternacht.</translation>
    </message>
    <message>
        <source>How urgent its jobs are; automatic is what each request asks for.</source>
        <translation>Wie dringend seine Aufträge sind; automatic ist, was jede Anfrage verlangt.</translation>
    </message>
    <message>
        <source>Models that it may use, * is any text; empty is all.</source>
        <translation>Modelle, die er benutzen darf, * steht für beliebigen Text; leer sind alle.</translation>
    </message>
    <message>
        <source>Refuse all it asks for.</source>
        <translation>Alles abweisen, was er anfragt.</translation>
    </message>
    <message>
        <source>Shown to people and in X-Served-By; empty is host:port.</source>
        <translation>Name für Menschen und in X-Served-By; leer ist Host:Port.</translation>
    </message>
    <message>
        <source>http or https; a path is put before every forwarded path.</source>
        <translation>http oder https; ein Pfad wird jedem weitergeleiteten Pfad vorangestellt.</translation>
    </message>
    <message>
        <source>ollama, or openai for LM Studio, llama.cpp server and vLLM.</source>
        <translation>ollama, oder openai für LM Studio, den Server von llama.cpp und vLLM.</translation>
    </message>
    <message>
        <source>Jobs at once; &quot;auto&quot; is queue.concurrency.</source>
        <translation>Aufträge zugleich; &quot;auto&quot; ist queue.concurrency.</translation>
    </message>
    <message>
        <source>PEM file of an authority to trust for https besides the system&apos;s.</source>
        <translation>PEM-Datei einer Zertifizierungsstelle, der für https außer denen des Systems vertraut wird.</translation>
    </message>
    <message>
        <source>Name of the environment variable that holds the backend&apos;s key.</source>
        <translation>Name der Umgebungsvariablen mit dem Schlüssel des Backends.</translation>
    </message>
    <message>
        <source>Or a file that only you can read, with the key on its first line.</source>
        <translation>Oder eine Datei, die nur Sie lesen können, mit dem Schlüssel in der ersten Zeile.</translation>
    </message>
    <message>
        <source>Or the name of a secret: drover secret set NAME keeps it in the keyring.</source>
        <translation>Oder der Name eines Geheimnisses: drover secret set NAME legt es in den Schlüsselbund.</translation>
    </message>
    <message>
        <source>The user that the key stands for.</source>
        <translation>Der Benutzer, für den der Schlüssel steht.</translation>
    </message>
    <message>
        <source>SHA-256 of the key, 64 hexadecimal digits.</source>
        <translation>SHA-256 des Schlüssels, 64 hexadezimale Ziffern.</translation>
    </message>
    <message>
        <source>The first characters of the key, for people; may be left out.</source>
        <translation>Die ersten Zeichen des Schlüssels, für Menschen; darf fehlen.</translation>
    </message>
    <message>
        <source>The day on which it was made; may be left out.</source>
        <translation>Der Tag, an dem er angelegt wurde; darf fehlen.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Start in the tray</source>
        <translation>Im Infobereich starten</translation>
    </message>
    <message>
        <source>Ask before quitting</source>
        <translation>Vor dem Beenden fragen</translation>
    </message>
    <message>
        <source>Address for apps</source>
        <translation>Adresse für Apps</translation>
    </message>
    <message>
        <source>Backend&apos;s silence at most</source>
        <translation>Backend schweigt höchstens</translation>
    </message>
    <message>
        <source>Simulated model</source>
        <translation>Simuliertes Modell</translation>
    </message>
    <message>
        <source>Web pages allowed</source>
        <translation>Erlaubte Webseiten</translation>
    </message>
    <message>
        <source>Apps may manage models</source>
        <translation>Apps dürfen Modelle verwalten</translation>
    </message>
    <message>
        <source>Recognise apps by their program</source>
        <translation>Apps am Programm erkennen</translation>
    </message>
    <message>
        <source>Signs of life while waiting</source>
        <translation>Lebenszeichen beim Warten</translation>
    </message>
    <message>
        <source>First sign of life after</source>
        <translation>Erstes Lebenszeichen nach</translation>
    </message>
    <message>
        <source>First sign of life, not streamed</source>
        <translation>Erstes Lebenszeichen, am Stück</translation>
    </message>
    <message>
        <source>Then a sign of life every</source>
        <translation>Danach ein Lebenszeichen alle</translation>
    </message>
    <message>
        <source>Request body at most</source>
        <translation>Inhalt einer Anfrage bis</translation>
    </message>
    <message>
        <source>Request head at most</source>
        <translation>Kopf einer Anfrage bis</translation>
    </message>
    <message>
        <source>Time for a request&apos;s head</source>
        <translation>Zeit für den Kopf einer Anfrage</translation>
    </message>
    <message>
        <source>Time for a request&apos;s body</source>
        <translation>Zeit für den Inhalt einer Anfrage</translation>
    </message>
    <message>
        <source>Idle connections end after</source>
        <translation>Ruhende Verbindungen enden nach</translation>
    </message>
    <message>
        <source>Clients that take nothing end after</source>
        <translation>Clients, die nichts abnehmen, enden nach</translation>
    </message>
    <message>
        <source>Connections at most</source>
        <translation>Verbindungen höchstens</translation>
    </message>
    <message>
        <source>Jobs at once</source>
        <translation>Aufträge zugleich</translation>
    </message>
    <message>
        <source>Fair by</source>
        <translation>Gerecht nach</translation>
    </message>
    <message>
        <source>Jobs waiting at most</source>
        <translation>Wartende Aufträge höchstens</translation>
    </message>
    <message>
        <source>Jobs waiting at most, per app</source>
        <translation>Wartende Aufträge höchstens, je App</translation>
    </message>
    <message>
        <source>Memory of waiting jobs at most</source>
        <translation>Speicher wartender Aufträge bis</translation>
    </message>
    <message>
        <source>Wait at most, interactive and normal</source>
        <translation>Wartezeit bis, interaktiv und normal</translation>
    </message>
    <message>
        <source>Wait at most, batch</source>
        <translation>Wartezeit bis, Stapel</translation>
    </message>
    <message>
        <source>Refuse early</source>
        <translation>Früh abweisen</translation>
    </message>
    <message>
        <source>CoDel: a wait that is fine</source>
        <translation>CoDel: annehmbare Wartezeit</translation>
    </message>
    <message>
        <source>CoDel: patience above it</source>
        <translation>CoDel: Geduld darüber hinaus</translation>
    </message>
    <message>
        <source>Ageing between lanes</source>
        <translation>Aufrücken zwischen Spuren</translation>
    </message>
    <message>
        <source>Apps remembered</source>
        <translation>Gemerkte Apps</translation>
    </message>
    <message>
        <source>Local Ollama</source>
        <translation>Lokales Ollama</translation>
    </message>
    <message>
        <source>Ollama&apos;s program</source>
        <translation>Ollamas Programm</translation>
    </message>
    <message>
        <source>Ollama&apos;s environment</source>
        <translation>Ollamas Umgebung</translation>
    </message>
    <message>
        <source>Ollama hangs after</source>
        <translation>Ollama hängt nach</translation>
    </message>
    <message>
        <source>Address for status</source>
        <translation>Adresse für den Status</translation>
    </message>
    <message>
        <source>File with the control token</source>
        <translation>Datei mit dem Steuertoken</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>Protokollstufe</translation>
    </message>
    <message>
        <source>Log file</source>
        <translation>Protokolldatei</translation>
    </message>
    <message>
        <source>Time to finish when stopped</source>
        <translation>Frist beim Beenden</translation>
    </message>
    <message>
        <source>Rules of apps</source>
        <translation>Regeln der Apps</translation>
    </message>
    <message>
        <source>Keep requests for</source>
        <translation>Anfragen behalten</translation>
    </message>
    <message>
        <source>Keep figures per day for</source>
        <translation>Tageswerte behalten</translation>
    </message>
    <message>
        <source>Backends</source>
        <translation>Backends</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Authority file</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Key from variable</source>
        <translation>Schlüssel aus Variable</translation>
    </message>
    <message>
        <source>Key from file</source>
        <translation>Schlüssel aus Datei</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Without a window</source>
        <translation>Ohne Fenster</translation>
    </message>
    <message>
        <source>Tray</source>
        <translation>Infobereich</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Use the one that runs</source>
        <translation>Das laufende benutzen</translation>
    </message>
    <message>
        <source>Start it and keep it running</source>
        <translation>Starten und am Laufen halten</translation>
    </message>
    <message>
        <source>Leave it alone</source>
        <translation>In Ruhe lassen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>When the queue stands (CoDel)</source>
        <translation>Wenn die Schlange steht (CoDel)</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>OpenAI-compatible</source>
        <translation>OpenAI-kompatibel</translation>
    </message>
    <message>
        <source>From the file, line %1</source>
        <translation>Aus der Datei, Zeile %1</translation>
    </message>
    <message>
        <source>From the file</source>
        <translation>Aus der Datei</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>From the variable %1</source>
        <translation>Aus der Variablen %1</translation>
    </message>
    <message>
        <source>From the command line: %1</source>
        <translation>Von der Befehlszeile: %1</translation>
    </message>
    <message>
        <source>The environment variable %1 decides this and is stronger than the file.</source>
        <translation>Die Umgebungsvariable %1 bestimmt dies und geht der Datei vor.</translation>
    </message>
    <message>
        <source>Drover was started with %1, which is stronger than the file.</source>
        <translation>Drover wurde mit %1 gestartet; das geht der Datei vor.</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Symbol im Infobereich</translation>
    </message>
    <message>
        <source>Show notifications</source>
        <translation>Mitteilungen zeigen</translation>
    </message>
    <message>
        <source>Ollama was given up</source>
        <translation>Ollama wurde aufgegeben</translation>
    </message>
    <message>
        <source>Ollama was started again</source>
        <translation>Ollama wurde neu gestartet</translation>
    </message>
    <message>
        <source>An app is at its limit</source>
        <translation>Eine App ist an ihrer Grenze</translation>
    </message>
    <message>
        <source>A download is finished</source>
        <translation>Ein Download ist fertig</translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation>Der Datenträger ist fast voll</translation>
    </message>
    <message>
        <source>The queue is long</source>
        <translation>Die Warteschlange ist lang</translation>
    </message>
    <message>
        <source>Long means more jobs than</source>
        <translation>Lang heißt, mehr Aufträge als</translation>
    </message>
    <message>
        <source>For at least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Fits the panel</source>
        <translation>Passend zur Leiste</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>In Farbe</translation>
    </message>
    <message>
        <source>Pools that this machine works for: their jobs come after the apps&apos; own. drover join adds one.</source>
        <translation>Pools, für die dieser Rechner arbeitet: Ihre Aufträge kommen nach denen der eigenen Apps. drover join fügt einen hinzu.</translation>
    </message>
    <message>
        <source>When a pause for a time is over.</source>
        <translation>Wenn eine Pause auf Zeit vorbei ist.</translation>
    </message>
    <message>
        <source>Once a week, what the last one brought: requests, tokens, the busiest app.</source>
        <translation>Einmal in der Woche, was die letzte gebracht hat: Anfragen, Token, die fleißigste App.</translation>
    </message>
    <message>
        <source>Shown to people; its jobs are of user &quot;pool NAME&quot;.</source>
        <translation>So wird er angezeigt; seine Aufträge gehören dem Nutzer „pool NAME“.</translation>
    </message>
    <message>
        <source>ws or wss address where the server takes workers; without a path it is /api/llm/connect.</source>
        <translation>Adresse (ws oder wss), unter der der Server Worker aufnimmt; ohne Pfad ist es /api/llm/connect.</translation>
    </message>
    <message>
        <source>File that only you can read, with the pool&apos;s key on its first line.</source>
        <translation>Datei, die nur Sie lesen können, mit dem Schlüssel des Pools in der ersten Zeile.</translation>
    </message>
    <message>
        <source>Or the name of the environment variable that holds it.</source>
        <translation>Oder der Name der Umgebungsvariablen, die ihn enthält.</translation>
    </message>
    <message>
        <source>Its jobs at once; &quot;auto&quot; is as many as the backends run.</source>
        <translation>Seine Aufträge zugleich; „auto“ heißt so viele, wie die Backends schaffen.</translation>
    </message>
    <message>
        <source>What the pool is told; empty is the name of this machine.</source>
        <translation>Was der Pool erfährt; leer heißt: der Name dieses Rechners.</translation>
    </message>
    <message>
        <source>PEM file of an authority to trust for wss besides the system&apos;s.</source>
        <translation>PEM-Datei einer Zertifizierungsstelle, der für wss neben denen des Systems vertraut wird.</translation>
    </message>
    <message>
        <source>A pause is over</source>
        <translation>Eine Pause ist vorbei</translation>
    </message>
    <message>
        <source>Summary of the week</source>
        <translation>Wochenübersicht</translation>
    </message>
    <message>
        <source>When this machine works for pools: you first.</source>
        <translation>Wann dieser Rechner für Pools arbeitet: Sie zuerst.</translation>
    </message>
    <message>
        <source>Address and port for metrics alone; they are at status.listen in any case. &quot;off&quot; for none.</source>
        <translation>Adresse und Port allein für Metriken; unter status.listen gibt es sie ohnehin. „off“ für keine.</translation>
    </message>
    <message>
        <source>Hand a pool&apos;s running job back to it when one of your own would have to wait.</source>
        <translation>Einen laufenden Auftrag eines Pools zurückgeben, wenn einer Ihrer eigenen warten müsste.</translation>
    </message>
    <message>
        <source>Hours of the week in which it may share, local time: &quot;always&quot;, &quot;never&quot;, or such as &quot;mon-fri 18-24,0-8; sat,sun 0-24&quot;.</source>
        <translation>Stunden der Woche, in denen geteilt werden darf, in Ortszeit: „always“, „never“ oder etwa „mon-fri 18-24,0-8; sat,sun 0-24“.</translation>
    </message>
    <message>
        <source>polite leaves off while you need the machine, away shares only while nobody uses it, dedicated only looks at battery, network, hours, heat, space and the limits per day.</source>
        <translation>polite hört auf, während Sie den Rechner brauchen; away teilt nur, wenn niemand ihn benutzt; dedicated achtet nur auf Akku, Netz, Zeiten, Hitze, Platz und die Grenzen am Tag.</translation>
    </message>
    <message>
        <source>Share nothing while the machine runs on battery.</source>
        <translation>Im Akkubetrieb nichts teilen.</translation>
    </message>
    <message>
        <source>Share nothing while a game or another app fills the screen, and free the GPU&apos;s memory.</source>
        <translation>Nichts teilen, solange ein Spiel oder eine andere App den Bildschirm füllt, und den GPU-Speicher freigeben.</translation>
    </message>
    <message>
        <source>Programs that get the machine to themselves while they run, such as &quot;blender&quot;; the GPU&apos;s memory is freed.</source>
        <translation>Programme, die den Rechner für sich haben, solange sie laufen, etwa „blender“; der GPU-Speicher wird freigegeben.</translation>
    </message>
    <message>
        <source>Percent of the GPU that others may use: above it for 20 s nothing is shared, until it was below half of it for 60 s.</source>
        <translation>Prozent der GPU, die andere benutzen dürfen: Liegt es 20 s darüber, wird nichts geteilt, bis es 60 s unter der Hälfte lag.</translation>
    </message>
    <message>
        <source>The same for the processor, in percent of all of its cores.</source>
        <translation>Dasselbe für den Prozessor, in Prozent aller seiner Kerne.</translation>
    </message>
    <message>
        <source>With away: how long nobody must have touched keyboard and mouse.</source>
        <translation>Bei away: wie lange niemand Tastatur und Maus berührt haben darf.</translation>
    </message>
    <message>
        <source>Share nothing on a network that is paid for by volume; local work goes on.</source>
        <translation>In einem Netz, das nach Volumen bezahlt wird, nichts teilen; lokale Arbeit geht weiter.</translation>
    </message>
    <message>
        <source>Degrees Celsius at which it rests until the machine is 10 degrees cooler for a minute.</source>
        <translation>Grad Celsius, bei denen es ruht, bis der Rechner eine Minute lang 10 Grad kühler ist.</translation>
    </message>
    <message>
        <source>Free space on the disk below which nothing is shared.</source>
        <translation>Freier Platz auf dem Datenträger, unter dem nichts geteilt wird.</translation>
    </message>
    <message>
        <source>Free main memory below which nothing is shared and the models are unloaded.</source>
        <translation>Freier Arbeitsspeicher, unter dem nichts geteilt wird und die Modelle entladen werden.</translation>
    </message>
    <message>
        <source>Tokens of prompts and answers for all pools, from midnight to midnight.</source>
        <translation>Token von Eingaben und Antworten für alle Pools, von Mitternacht bis Mitternacht.</translation>
    </message>
    <message>
        <source>Jobs for all pools, from midnight to midnight.</source>
        <translation>Aufträge für alle Pools, von Mitternacht bis Mitternacht.</translation>
    </message>
    <message>
        <source>Time that jobs for pools may run, from midnight to midnight, such as &quot;4h&quot;; two at once count twice.</source>
        <translation>Zeit, die Aufträge für Pools laufen dürfen, von Mitternacht bis Mitternacht, etwa „4h“; zwei zugleich zählen doppelt.</translation>
    </message>
    <message>
        <source>Hold back this machine&apos;s own apps, too, while these rules share nothing.</source>
        <translation>Auch die eigenen Apps dieses Rechners zurückhalten, solange diese Regeln nichts teilen.</translation>
    </message>
    <message>
        <source>How long the ledger is kept: the jobs, tokens and time that each pool was given per day. &quot;off&quot; keeps none.</source>
        <translation>Wie lange die Abrechnung aufbewahrt wird: Aufträge, Token und Zeit, die jeder Pool am Tag bekommen hat. „off“ bewahrt keine auf.</translation>
    </message>
    <message>
        <source>When a pool refuses this machine, or has not been connected for five minutes.</source>
        <translation>Wenn ein Pool diesen Rechner abweist oder fünf Minuten nicht verbunden war.</translation>
    </message>
    <message>
        <source>Folder to write drover.log into.</source>
        <translation>Ordner, in den drover.log geschrieben wird.</translation>
    </message>
    <message>
        <source>&quot;sha256//BASE64&quot; of the server&apos;s public key, if only that one may be trusted.</source>
        <translation>„sha256//BASE64“ des öffentlichen Schlüssels des Servers, wenn nur diesem vertraut werden darf.</translation>
    </message>
    <message>
        <source>Address for metrics alone</source>
        <translation>Adresse allein für Metriken</translation>
    </message>
    <message>
        <source>Pools&apos; jobs give way</source>
        <translation>Pool-Aufträge weichen</translation>
    </message>
    <message>
        <source>Manners</source>
        <translation>Manieren</translation>
    </message>
    <message>
        <source>Pause on battery</source>
        <translation>Pause im Akkubetrieb</translation>
    </message>
    <message>
        <source>Pause for full-screen apps</source>
        <translation>Pause bei Vollbild-Apps</translation>
    </message>
    <message>
        <source>Pause for these programs</source>
        <translation>Pause bei diesen Programmen</translation>
    </message>
    <message>
        <source>GPU used by others at most, %</source>
        <translation>GPU-Nutzung anderer höchstens, %</translation>
    </message>
    <message>
        <source>Processor used by others at most, %</source>
        <translation>Prozessornutzung anderer höchstens, %</translation>
    </message>
    <message>
        <source>You are away after</source>
        <translation>Sie sind abwesend nach</translation>
    </message>
    <message>
        <source>Pause on metered networks</source>
        <translation>Pause in getakteten Netzen</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Temperature at most, °C</source>
        <translation>Temperatur höchstens, °C</translation>
    </message>
    <message>
        <source>Disk space that stays free</source>
        <translation>Platz, der frei bleibt</translation>
    </message>
    <message>
        <source>Memory that stays free</source>
        <translation>Arbeitsspeicher, der frei bleibt</translation>
    </message>
    <message>
        <source>Tokens a day at most</source>
        <translation>Token am Tag höchstens</translation>
    </message>
    <message>
        <source>Jobs a day at most</source>
        <translation>Aufträge am Tag höchstens</translation>
    </message>
    <message>
        <source>Time a day at most</source>
        <translation>Zeit am Tag höchstens</translation>
    </message>
    <message>
        <source>The rules count for my apps, too</source>
        <translation>Die Regeln gelten auch für meine Apps</translation>
    </message>
    <message>
        <source>A pool is lost</source>
        <translation>Ein Pool ist weg</translation>
    </message>
    <message>
        <source>Keep the ledger of pools for</source>
        <translation>Abrechnung der Pools aufbewahren für</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Polite</source>
        <translation>Höflich</translation>
    </message>
    <message>
        <source>Only when I am away</source>
        <translation>Nur wenn ich weg bin</translation>
    </message>
    <message>
        <source>Dedicated</source>
        <translation>Ganz fürs Teilen</translation>
    </message>
    <message>
        <source>Address and port where workers and clients connect. Beyond 127.0.0.1 it wants TLS and keys, see host.insecure.</source>
        <translation>Adresse und Port, mit denen sich Worker und Clients verbinden. Über 127.0.0.1 hinaus sind TLS und Schlüssel nötig, siehe host.insecure.</translation>
    </message>
    <message>
        <source>Host a pool on this port, for this machine alone.</source>
        <translation>Auf diesem Port einen Pool anbieten, nur für diesen Rechner.</translation>
    </message>
    <message>
        <source>Host a pool on this address and port; 0.0.0.0 lets other machines in.</source>
        <translation>Unter dieser Adresse und diesem Port einen Pool anbieten; 0.0.0.0 lässt andere Rechner ein.</translation>
    </message>
    <message>
        <source>Host a pool: other machines join it, clients ask it.</source>
        <translation>Einen Pool anbieten: Andere Rechner treten ihm bei, Clients fragen ihn.</translation>
    </message>
    <message>
        <source>What the pool is called in invitations; empty is this machine&apos;s name.</source>
        <translation>Wie der Pool in Einladungen heißt; leer heißt: der Name dieses Rechners.</translation>
    </message>
    <message>
        <source>Where others reach the pool when that is not its address, such as &quot;https://pool.example.org&quot;.</source>
        <translation>Wo andere den Pool erreichen, wenn das nicht seine Adresse ist, etwa „https://pool.example.org“.</translation>
    </message>
    <message>
        <source>PEM file of the certificate and those between it and its authority; read again when it is renewed.</source>
        <translation>PEM-Datei des Zertifikats und derer bis zu seiner Zertifizierungsstelle; wird neu gelesen, wenn es erneuert wurde.</translation>
    </message>
    <message>
        <source>PEM file of its private key.</source>
        <translation>PEM-Datei seines privaten Schlüssels.</translation>
    </message>
    <message>
        <source>Let other machines in without TLS or without keys: for a network where you trust everybody.</source>
        <translation>Andere Rechner ohne TLS oder ohne Schlüssel einlassen: für ein Netz, in dem Sie allen vertrauen.</translation>
    </message>
    <message>
        <source>Reverse proxies whose X-Forwarded-For is believed: addresses, or networks such as &quot;10.0.0.0/8&quot;.</source>
        <translation>Reverse-Proxys, deren X-Forwarded-For geglaubt wird: Adressen oder Netze wie „10.0.0.0/8“.</translation>
    </message>
    <message>
        <source>One more path where workers connect, besides /workers/connect, /api/workers/connect and /api/llm/connect.</source>
        <translation>Ein weiterer Pfad, unter dem sich Worker verbinden, neben /workers/connect, /api/workers/connect und /api/llm/connect.</translation>
    </message>
    <message>
        <source>File of the pool&apos;s keys and invitations, made when missing; empty is Drover&apos;s own, &quot;off&quot; for none.</source>
        <translation>Datei der Schlüssel und Einladungen des Pools, wird angelegt, wenn sie fehlt; leer heißt: die von Drover, „off“ für keine.</translation>
    </message>
    <message>
        <source>File that only you can read, with one key for every client on its first line; or the variable API_KEY.</source>
        <translation>Datei, die nur Sie lesen können, mit einem Schlüssel für alle Clients in der ersten Zeile; oder die Variable API_KEY.</translation>
    </message>
    <message>
        <source>The same with one key for every worker; or the variable WORKER_KEY.</source>
        <translation>Dasselbe mit einem Schlüssel für alle Worker; oder die Variable WORKER_KEY.</translation>
    </message>
    <message>
        <source>This machine answers the pool&apos;s clients, too, after its own apps.</source>
        <translation>Dieser Rechner antwortet auch den Clients des Pools, nach seinen eigenen Apps.</translation>
    </message>
    <message>
        <source>The machines of the pool answer the apps of this one, too.</source>
        <translation>Die Rechner des Pools antworten auch den Apps von diesem.</translation>
    </message>
    <message>
        <source>Longest silence of a worker within a request, first byte included; &quot;forever&quot; for no limit.</source>
        <translation>Längstes Schweigen eines Workers während einer Anfrage, das erste Byte eingeschlossen; „forever“ für keine Grenze.</translation>
    </message>
    <message>
        <source>Workers connected at once.</source>
        <translation>Zugleich verbundene Worker.</translation>
    </message>
    <message>
        <source>Models of one worker; those beyond are left out.</source>
        <translation>Modelle eines Workers; weitere werden weggelassen.</translation>
    </message>
    <message>
        <source>Bytes of a worker&apos;s name, its id, or a model.</source>
        <translation>Bytes des Namens eines Workers, seiner Kennung oder eines Modells.</translation>
    </message>
    <message>
        <source>Requests at once of one worker; one that claims more gets these.</source>
        <translation>Gleichzeitige Anfragen eines Workers; wer mehr angibt, bekommt so viele.</translation>
    </message>
    <message>
        <source>Largest message of a worker; a larger one ends its connection.</source>
        <translation>Größte Nachricht eines Workers; eine größere beendet seine Verbindung.</translation>
    </message>
    <message>
        <source>Of one answer, what its client may leave unread; beyond it is cancelled.</source>
        <translation>Was ein Client von einer Antwort ungelesen lassen darf; darüber wird sie abgebrochen.</translation>
    </message>
    <message>
        <source>The same of all together; beyond the one with most is cancelled.</source>
        <translation>Dasselbe von allen zusammen; darüber wird die mit dem meisten abgebrochen.</translation>
    </message>
    <message>
        <source>Workers remembered after they left.</source>
        <translation>Worker, die man sich merkt, nachdem sie gegangen sind.</translation>
    </message>
    <message>
        <source>Models told apart in the pool&apos;s metrics; the others count as one.</source>
        <translation>Modelle, die in den Metriken des Pools unterschieden werden; die anderen zählen als eines.</translation>
    </message>
    <message>
        <source>A pool on this machine: others join it and ask it.</source>
        <translation>Ein Pool auf diesem Rechner: Andere treten ihm bei und fragen ihn.</translation>
    </message>
    <message>
        <source>The same on 127.0.0.1, or where it is.</source>
        <translation>Dasselbe auf 127.0.0.1 oder dort, wo es schon ist.</translation>
    </message>
    <message>
        <source>Host a pool</source>
        <translation>Einen Pool anbieten</translation>
    </message>
    <message>
        <source>Name of the pool</source>
        <translation>Name des Pools</translation>
    </message>
    <message>
        <source>Address of the pool</source>
        <translation>Adresse des Pools</translation>
    </message>
    <message>
        <source>Address for others</source>
        <translation>Adresse für andere</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>Schlüssel des Zertifikats</translation>
    </message>
    <message>
        <source>Let others in without TLS or keys</source>
        <translation>Andere ohne TLS oder Schlüssel einlassen</translation>
    </message>
    <message>
        <source>Reverse proxies trusted</source>
        <translation>Vertraute Reverse-Proxys</translation>
    </message>
    <message>
        <source>One more path for workers</source>
        <translation>Weiterer Pfad für Worker</translation>
    </message>
    <message>
        <source>File of keys</source>
        <translation>Datei der Schlüssel</translation>
    </message>
    <message>
        <source>File of the clients&apos; key</source>
        <translation>Datei des Schlüssels der Clients</translation>
    </message>
    <message>
        <source>Secret of the clients&apos; key</source>
        <translation>Geheimnis des Schlüssels der Clients</translation>
    </message>
    <message>
        <source>File of the workers&apos; key</source>
        <translation>Datei des Schlüssels der Worker</translation>
    </message>
    <message>
        <source>Secret of the workers&apos; key</source>
        <translation>Geheimnis des Schlüssels der Worker</translation>
    </message>
    <message>
        <source>This machine answers too</source>
        <translation>Dieser Rechner antwortet auch</translation>
    </message>
    <message>
        <source>The pool answers my apps too</source>
        <translation>Der Pool antwortet auch meinen Apps</translation>
    </message>
    <message>
        <source>Worker&apos;s silence at most</source>
        <translation>Schweigen eines Workers höchstens</translation>
    </message>
    <message>
        <source>Workers at most</source>
        <translation>Worker höchstens</translation>
    </message>
    <message>
        <source>Models of a worker at most</source>
        <translation>Modelle eines Workers höchstens</translation>
    </message>
    <message>
        <source>Names at most, bytes</source>
        <translation>Namen höchstens, Bytes</translation>
    </message>
    <message>
        <source>Requests of a worker at most</source>
        <translation>Anfragen eines Workers höchstens</translation>
    </message>
    <message>
        <source>Message of a worker at most</source>
        <translation>Nachricht eines Workers höchstens</translation>
    </message>
    <message>
        <source>Unread of an answer at most</source>
        <translation>Ungelesen je Antwort höchstens</translation>
    </message>
    <message>
        <source>Unread of all answers at most</source>
        <translation>Ungelesen aller Antworten höchstens</translation>
    </message>
    <message>
        <source>Workers remembered</source>
        <translation>Gemerkte Worker</translation>
    </message>
    <message>
        <source>Models told apart in metrics</source>
        <translation>In Metriken unterschiedene Modelle</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
</context>
</TS>
