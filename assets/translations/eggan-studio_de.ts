<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About EGGAN Studio</source>
            <translation>Über EGGAN Studio</translation>
        </message>
        <message>
            <source>Parts of this window</source>
            <translation>Teile dieses Fensters</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>EGGAN Studio {}</source>
            <translation>EGGAN Studio {}</translation>
        </message>
        <message>
            <source>Changes facial expressions by FACS action units. After “Fine-Grained Expression Manipulation via Structured Latent Space” (Tang, Shao and Ma, ICME 2020). Free software under the Apache License 2.0.</source>
            <translation>Verändert Gesichtsausdrücke durch FACS-Action-Units. Nach „Fine-Grained Expression Manipulation via Structured Latent Space“ (Tang, Shao und Ma, ICME 2020). Freie Software unter der Apache-Lizenz 2.0.</translation>
        </message>
    </context>
    <context>
        <name>Action</name>
        <message>
            <source>New Project</source>
            <translation>Neues Projekt</translation>
        </message>
        <message>
            <source>Open…</source>
            <translation>Öffnen…</translation>
        </message>
        <message>
            <source>Open a project, a photo or a video</source>
            <translation>Ein Projekt, ein Foto oder ein Video öffnen</translation>
        </message>
        <message>
            <source>Replace Medium…</source>
            <translation>Medium ersetzen…</translation>
        </message>
        <message>
            <source>Take another photo or video, and keep all edits</source>
            <translation>Ein anderes Foto oder Video nehmen und alle Änderungen behalten</translation>
        </message>
        <message>
            <source>Find Medium…</source>
            <translation>Medium suchen…</translation>
        </message>
        <message>
            <source>Say where a photo or video that has moved is now</source>
            <translation>Sagen, wo ein verschobenes Foto oder Video jetzt ist</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Save As…</source>
            <translation>Speichern unter…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Write the edited photo or video to a file</source>
            <translation>Das bearbeitete Foto oder Video in eine Datei schreiben</translation>
        </message>
        <message>
            <source>Clear List</source>
            <translation>Liste leeren</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Cut Keyframes</source>
            <translation>Keyframes ausschneiden</translation>
        </message>
        <message>
            <source>Copy Keyframes</source>
            <translation>Keyframes kopieren</translation>
        </message>
        <message>
            <source>Paste at Playhead</source>
            <translation>Am Abspielkopf einfügen</translation>
        </message>
        <message>
            <source>Delete Keyframes</source>
            <translation>Keyframes löschen</translation>
        </message>
        <message>
            <source>Select All Keyframes</source>
            <translation>Alle Keyframes auswählen</translation>
        </message>
        <message>
            <source>Select None</source>
            <translation>Auswahl aufheben</translation>
        </message>
        <message>
            <source>Copy Expression</source>
            <translation>Ausdruck kopieren</translation>
        </message>
        <message>
            <source>Copy what every track shows at the playhead, to paste it elsewhere</source>
            <translation>Kopieren, was jede Spur am Abspielkopf zeigt, um es anderswo einzufügen</translation>
        </message>
        <message>
            <source>Play / Pause</source>
            <translation>Abspielen / Pause</translation>
        </message>
        <message>
            <source>Play Backwards, Faster</source>
            <translation>Rückwärts abspielen, schneller</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play Forwards, Faster</source>
            <translation>Vorwärts abspielen, schneller</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <source>Start again at the in point</source>
            <translation>Am In-Punkt wieder beginnen</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <source>Play without sound</source>
            <translation>Ohne Ton abspielen</translation>
        </message>
        <message>
            <source>Previous Frame</source>
            <translation>Voriges Bild</translation>
        </message>
        <message>
            <source>Next Frame</source>
            <translation>Nächstes Bild</translation>
        </message>
        <message>
            <source>One Second Back</source>
            <translation>Eine Sekunde zurück</translation>
        </message>
        <message>
            <source>One Second Ahead</source>
            <translation>Eine Sekunde weiter</translation>
        </message>
        <message>
            <source>Go to Start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <source>Go to End</source>
            <translation>Zum Ende</translation>
        </message>
        <message>
            <source>Previous Keyframe</source>
            <translation>Voriges Keyframe</translation>
        </message>
        <message>
            <source>Next Keyframe</source>
            <translation>Nächstes Keyframe</translation>
        </message>
        <message>
            <source>Set In Point</source>
            <translation>In-Punkt setzen</translation>
        </message>
        <message>
            <source>Set Out Point</source>
            <translation>Out-Punkt setzen</translation>
        </message>
        <message>
            <source>Clear In and Out</source>
            <translation>In und Out löschen</translation>
        </message>
        <message>
            <source>Add Keyframe</source>
            <translation>Keyframe hinzufügen</translation>
        </message>
        <message>
            <source>Add a keyframe at the playhead to the track</source>
            <translation>In der Spur ein Keyframe am Abspielkopf hinzufügen</translation>
        </message>
        <message>
            <source>Move One Frame Earlier</source>
            <translation>Ein Bild früher</translation>
        </message>
        <message>
            <source>Move the selected keyframes</source>
            <translation>Die ausgewählten Keyframes verschieben</translation>
        </message>
        <message>
            <source>Move One Frame Later</source>
            <translation>Ein Bild später</translation>
        </message>
        <message>
            <source>Raise Value</source>
            <translation>Wert erhöhen</translation>
        </message>
        <message>
            <source>Raise the selected keyframes by a tenth</source>
            <translation>Die ausgewählten Keyframes um ein Zehntel erhöhen</translation>
        </message>
        <message>
            <source>Lower Value</source>
            <translation>Wert senken</translation>
        </message>
        <message>
            <source>Lower the selected keyframes by a tenth</source>
            <translation>Die ausgewählten Keyframes um ein Zehntel senken</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>Linear</translation>
        </message>
        <message>
            <source>Travel evenly to the next keyframe</source>
            <translation>Gleichmäßig zum nächsten Keyframe gehen</translation>
        </message>
        <message>
            <source>Ease In</source>
            <translation>Sanft beginnen</translation>
        </message>
        <message>
            <source>Start slowly</source>
            <translation>Langsam beginnen</translation>
        </message>
        <message>
            <source>Ease Out</source>
            <translation>Sanft enden</translation>
        </message>
        <message>
            <source>Arrive slowly</source>
            <translation>Langsam ankommen</translation>
        </message>
        <message>
            <source>Ease In and Out</source>
            <translation>Sanft beginnen und enden</translation>
        </message>
        <message>
            <source>Start and arrive slowly</source>
            <translation>Langsam beginnen und ankommen</translation>
        </message>
        <message>
            <source>Hold</source>
            <translation>Halten</translation>
        </message>
        <message>
            <source>Keep the value up to the next keyframe</source>
            <translation>Den Wert bis zum nächsten Keyframe behalten</translation>
        </message>
        <message>
            <source>Bézier</source>
            <translation>Bézier</translation>
        </message>
        <message>
            <source>Shape the curve with handles in the curve view</source>
            <translation>Die Kurve in der Kurvenansicht mit Anfassern formen</translation>
        </message>
        <message>
            <source>Snap</source>
            <translation>Einrasten</translation>
        </message>
        <message>
            <source>Snap to frames, keyframes and the playhead</source>
            <translation>An Bildern, Keyframes und am Abspielkopf einrasten</translation>
        </message>
        <message>
            <source>Curve View</source>
            <translation>Kurvenansicht</translation>
        </message>
        <message>
            <source>Show the values as curves</source>
            <translation>Die Werte als Kurven zeigen</translation>
        </message>
        <message>
            <source>Zoom In</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <source>Zoom Out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <source>Fit Timeline</source>
            <translation>Zeitleiste einpassen</translation>
        </message>
        <message>
            <source>Show the whole length</source>
            <translation>Die ganze Länge zeigen</translation>
        </message>
        <message>
            <source>Record Performance</source>
            <translation>Darbietung aufnehmen</translation>
        </message>
        <message>
            <source>Write what the sliders do while playing into keyframes</source>
            <translation>In Keyframes schreiben, was die Regler während des Abspielens tun</translation>
        </message>
        <message>
            <source>Measure Expressions</source>
            <translation>Ausdruck messen</translation>
        </message>
        <message>
            <source>Measure the action units in every frame, and show them behind the tracks</source>
            <translation>Die Action Units in jedem Bild messen und hinter den Spuren zeigen</translation>
        </message>
        <message>
            <source>Keyframes from Measured Expressions</source>
            <translation>Keyframes aus dem gemessenen Ausdruck</translation>
        </message>
        <message>
            <source>Make keyframes of what was measured: in the active tracks, or in all</source>
            <translation>Aus dem Gemessenen Keyframes machen: in den aktiven Spuren oder in allen</translation>
        </message>
        <message>
            <source>Import AU Curves…</source>
            <translation>AU-Kurven importieren…</translation>
        </message>
        <message>
            <source>Read keyframes from a CSV file</source>
            <translation>Keyframes aus einer CSV-Datei lesen</translation>
        </message>
        <message>
            <source>Export AU Curves…</source>
            <translation>AU-Kurven exportieren…</translation>
        </message>
        <message>
            <source>Write every frame's values to CSV</source>
            <translation>Die Werte jedes Bildes als CSV schreiben</translation>
        </message>
        <message>
            <source>Save Preset…</source>
            <translation>Vorgabe speichern…</translation>
        </message>
        <message>
            <source>Keep what shows at the playhead as a preset</source>
            <translation>Was am Abspielkopf zu sehen ist, als Vorgabe behalten</translation>
        </message>
        <message>
            <source>Edit the Largest Face</source>
            <translation>Das größte Gesicht bearbeiten</translation>
        </message>
        <message>
            <source>Edit All Faces</source>
            <translation>Alle Gesichter bearbeiten</translation>
        </message>
        <message>
            <source>This Is My Neutral</source>
            <translation>So sehe ich neutral aus</translation>
        </message>
        <message>
            <source>Measure expressions against the face at the playhead: the person is at rest there</source>
            <translation>Den Ausdruck am Gesicht beim Abspielkopf messen: dort ist die Person in Ruhe</translation>
        </message>
        <message>
            <source>Forget Neutral</source>
            <translation>Neutrales Gesicht vergessen</translation>
        </message>
        <message>
            <source>Learn the face at rest by itself again</source>
            <translation>Das Gesicht in Ruhe wieder von selbst lernen</translation>
        </message>
        <message>
            <source>Start Live</source>
            <translation>Live starten</translation>
        </message>
        <message>
            <source>Start or stop what the live page shows</source>
            <translation>Starten oder anhalten, was die Live-Seite zeigt</translation>
        </message>
        <message>
            <source>Pause Live</source>
            <translation>Live anhalten</translation>
        </message>
        <message>
            <source>Keep the frame; sliders still change it</source>
            <translation>Das Bild bleibt stehen; die Regler ändern es weiterhin</translation>
        </message>
        <message>
            <source>Record Live</source>
            <translation>Live aufnehmen</translation>
        </message>
        <message>
            <source>Write the live result to a file</source>
            <translation>Das Live-Ergebnis in eine Datei schreiben</translation>
        </message>
        <message>
            <source>Virtual Camera</source>
            <translation>Virtuelle Kamera</translation>
        </message>
        <message>
            <source>Let other programs see the live result as a camera</source>
            <translation>Andere Programme das Live-Ergebnis als Kamera sehen lassen</translation>
        </message>
        <message>
            <source>Take the face as it is now for the person at rest</source>
            <translation>Das Gesicht, wie es jetzt ist, für die Person in Ruhe nehmen</translation>
        </message>
        <message>
            <source>Learn anew how the person looks at rest</source>
            <translation>Neu lernen, wie die Person in Ruhe aussieht</translation>
        </message>
        <message>
            <source>Fit Picture</source>
            <translation>Bild einpassen</translation>
        </message>
        <message>
            <source>Show the whole picture</source>
            <translation>Das ganze Bild zeigen</translation>
        </message>
        <message>
            <source>Actual Size</source>
            <translation>Originalgröße</translation>
        </message>
        <message>
            <source>Show every pixel of the picture</source>
            <translation>Jedes Pixel des Bildes zeigen</translation>
        </message>
        <message>
            <source>Enlarge Picture</source>
            <translation>Bild vergrößern</translation>
        </message>
        <message>
            <source>Shrink Picture</source>
            <translation>Bild verkleinern</translation>
        </message>
        <message>
            <source>Before / After Wipe</source>
            <translation>Vorher / Nachher mit Linie</translation>
        </message>
        <message>
            <source>Compare under a line</source>
            <translation>Unter einer Linie vergleichen</translation>
        </message>
        <message>
            <source>Side by Side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>Original beside the edit</source>
            <translation>Das Original neben dem Ergebnis</translation>
        </message>
        <message>
            <source>Faces and Landmarks</source>
            <translation>Gesichter und Landmarken</translation>
        </message>
        <message>
            <source>Show what was found</source>
            <translation>Zeigen, was gefunden wurde</translation>
        </message>
        <message>
            <source>Reset Layout</source>
            <translation>Anordnung zurücksetzen</translation>
        </message>
        <message>
            <source>Put all panels where they stood at first</source>
            <translation>Alle Bereiche dorthin bringen, wo sie anfangs waren</translation>
        </message>
        <message>
            <source>Full Screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Theme, language, shortcuts, folders</source>
            <translation>Aussehen, Sprache, Tastenkürzel, Ordner</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
        <message>
            <source>Show the start page, with the note on consent</source>
            <translation>Die Startseite mit dem Hinweis zum Einverständnis zeigen</translation>
        </message>
        <message>
            <source>Note on Consent</source>
            <translation>Hinweis zum Einverständnis</translation>
        </message>
        <message>
            <source>Whose faces may be changed</source>
            <translation>Wessen Gesicht verändert werden darf</translation>
        </message>
        <message>
            <source>Open the Demo Project</source>
            <translation>Demoprojekt öffnen</translation>
        </message>
        <message>
            <source>A portrait with a finished animation</source>
            <translation>Ein Porträt mit einer fertigen Animation</translation>
        </message>
        <message>
            <source>User Guide</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <source>How to work with the program</source>
            <translation>Wie man mit dem Programm arbeitet</translation>
        </message>
        <message>
            <source>Keyboard Shortcuts…</source>
            <translation>Tastenkürzel…</translation>
        </message>
        <message>
            <source>Look keys up, and change them</source>
            <translation>Tasten nachschlagen und ändern</translation>
        </message>
        <message>
            <source>About EGGAN Studio</source>
            <translation>Über EGGAN Studio</translation>
        </message>
        <message>
            <source>Version, system, licences</source>
            <translation>Version, System, Lizenzen</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
    </context>
    <context>
        <name>Chart</name>
        <message>
            <source>Show or hide: {}</source>
            <translation>Zeigen oder verbergen: {}</translation>
        </message>
        <message>
            <source>step {}</source>
            <translation>Schritt {}</translation>
        </message>
    </context>
    <context>
        <name>ComputingPage</name>
        <message>
            <source>Automatic: the fastest that works</source>
            <translation>Automatisch: das schnellste, das funktioniert</translation>
        </message>
        <message>
            <source>Software</source>
            <translation>Software</translation>
        </message>
        <message>
            <source>ONNX Runtime starts sooner; PyTorch is needed for models without ONNX files.</source>
            <translation>ONNX Runtime startet schneller; PyTorch wird für Modelle ohne ONNX-Dateien gebraucht.</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Threads on the CPU</source>
            <translation>Threads auf der CPU</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>More are not always faster: video needs some too.</source>
            <translation>Mehr sind nicht immer schneller: auch das Video braucht welche.</translation>
        </message>
        <message>
            <source>Try It</source>
            <translation>Ausprobieren</translation>
        </message>
        <message>
            <source>Load the project's model with these settings</source>
            <translation>Das Modell des Projekts mit diesen Einstellungen laden</translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation>Wird geladen…</translation>
        </message>
        <message>
            <source>Works: {}</source>
            <translation>Funktioniert: {}</translation>
        </message>
    </context>
    <context>
        <name>ConsentNote</name>
        <message>
            <source>Change the faces only of people who agree to it, and do not pass the result off as something that happened. Exports say in their metadata that a model edited them; Settings can add a visible mark. Everything is computed on this computer: no picture leaves it.</source>
            <translation>Verändern Sie nur die Gesichter von Menschen, die damit einverstanden sind, und geben Sie das Ergebnis nicht als etwas aus, das geschehen ist. Exporte sagen in ihren Metadaten, dass ein Modell sie bearbeitet hat; in den Einstellungen kommt ein sichtbares Zeichen dazu. Alles wird auf diesem Rechner berechnet: kein Bild verlässt ihn.</translation>
        </message>
        <message>
            <source>I Understand</source>
            <translation>Verstanden</translation>
        </message>
        <message>
            <source>Faces belong to people</source>
            <translation>Gesichter gehören Menschen</translation>
        </message>
    </context>
    <context>
        <name>CurveFiles</name>
        <message>
            <source>Import AU curves</source>
            <translation>AU-Kurven importieren</translation>
        </message>
        <message>
            <source>Export AU curves</source>
            <translation>AU-Kurven exportieren</translation>
        </message>
        <message>
            <source>Import AU Curves</source>
            <translation>AU-Kurven importieren</translation>
        </message>
        <message>
            <source>Keyframes from Measured Expressions</source>
            <translation>Keyframes aus dem gemessenen Ausdruck</translation>
        </message>
        <message>
            <source>Wrote {}</source>
            <translation>{} geschrieben</translation>
        </message>
        <message>
            <source>{0} keyframes from {1}</source>
            <translation>{0} Keyframes aus {1}</translation>
        </message>
    </context>
    <context>
        <name>DatasetTable</name>
        <message>
            <source>To train on</source>
            <translation>Zum Trainieren</translation>
        </message>
        <message>
            <source>To test with</source>
            <translation>Zum Prüfen</translation>
        </message>
        <message>
            <source>of {} people</source>
            <translation>von {} Personen</translation>
        </message>
        <message>
            <source>of 1 person</source>
            <translation>von 1 Person</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>ausgelassen</translation>
        </message>
        <message>
            <source>No face</source>
            <translation>Kein Gesicht</translation>
        </message>
        <message>
            <source>Several faces</source>
            <translation>Mehrere Gesichter</translation>
        </message>
        <message>
            <source>Face too small</source>
            <translation>Gesicht zu klein</translation>
        </message>
        <message>
            <source>Turned too far away</source>
            <translation>Zu weit abgewandt</translation>
        </message>
        <message>
            <source>Covered or cut off</source>
            <translation>Verdeckt oder abgeschnitten</translation>
        </message>
        <message>
            <source>Blurred</source>
            <translation>Unscharf</translation>
        </message>
        <message>
            <source>Nearly the same as another</source>
            <translation>Fast gleich wie ein anderes</translation>
        </message>
        <message>
            <source>Put aside by hand</source>
            <translation>Von Hand beiseitegelegt</translation>
        </message>
        <message>
            <source>Damaged files</source>
            <translation>Beschädigte Dateien</translation>
        </message>
    </context>
    <context>
        <name>Examination</name>
        <message>
            <source>The examination could not be started: {}</source>
            <translation>Die Untersuchung konnte nicht gestartet werden: {}</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>FFV1, lossless</source>
            <translation>FFV1, verlustfrei</translation>
        </message>
        <message>
            <source>PNG pictures in a folder</source>
            <translation>PNG-Bilder in einem Ordner</translation>
        </message>
        <message>
            <source>Detail: the picture's own pixels move</source>
            <translation>Detail: die Pixel des Bildes selbst bewegen sich</translation>
        </message>
        <message>
            <source>Replace: the generated face is pasted</source>
            <translation>Ersetzen: das erzeugte Gesicht wird eingesetzt</translation>
        </message>
        <message>
            <source>The result</source>
            <translation>Das Ergebnis</translation>
        </message>
        <message>
            <source>Original and result, side by side</source>
            <translation>Original und Ergebnis nebeneinander</translation>
        </message>
        <message>
            <source>Both of these, in two files</source>
            <translation>Beides, in zwei Dateien</translation>
        </message>
    </context>
    <context>
        <name>ExportDesk</name>
        <message>
            <source>An export is not finished.</source>
            <translation>Ein Export ist nicht fertig.</translation>
        </message>
        <message>
            <source>Leaving cancels it; no unfinished file is left.</source>
            <translation>Beim Verlassen wird er abgebrochen; keine unfertige Datei bleibt zurück.</translation>
        </message>
        <message>
            <source>Cancel Exports and Leave</source>
            <translation>Exporte abbrechen und verlassen</translation>
        </message>
        <message>
            <source>Stay</source>
            <translation>Bleiben</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Keep the sound</source>
            <translation>Den Ton behalten</translation>
        </message>
        <message>
            <source>Say it in the file's metadata</source>
            <translation>In den Metadaten der Datei sagen</translation>
        </message>
        <message>
            <source>Show it in the picture's lower right corner</source>
            <translation>In der rechten unteren Ecke des Bildes zeigen</translation>
        </message>
        <message>
            <source>The folder {} does not exist.</source>
            <translation>Den Ordner {} gibt es nicht.</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen…</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Ausschnitt</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Compositing</source>
            <translation>Einsetzen</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>AI-edited</source>
            <translation>KI-bearbeitet</translation>
        </message>
        <message>
            <source>Add to Queue</source>
            <translation>In die Warteschlange</translation>
        </message>
        <message>
            <source>Change faces only of people who agree to it, and say so where viewers could be misled.</source>
            <translation>Verändern Sie nur Gesichter von Menschen, die damit einverstanden sind, und sagen Sie es, wo Betrachter getäuscht werden könnten.</translation>
        </message>
        <message>
            <source>{}, {} frames a second, {} frames, {:.2f} s</source>
            <translation>{}, {} Bilder pro Sekunde, {} Bilder, {:.2f} s</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>Exportieren nach</translation>
        </message>
        <message>
            <source>Replace {}?</source>
            <translation>{} ersetzen?</translation>
        </message>
    </context>
    <context>
        <name>ExportPage</name>
        <message>
            <source>Honesty</source>
            <translation>Ehrlichkeit</translation>
        </message>
        <message>
            <source>Say in the file's metadata that a model edited it</source>
            <translation>In den Metadaten der Datei sagen, dass ein Modell sie bearbeitet hat</translation>
        </message>
        <message>
            <source>Other programs can then tell that the picture was changed. Recommended.</source>
            <translation>Andere Programme erkennen dann, dass das Bild verändert wurde. Empfohlen.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Zeichen</translation>
        </message>
        <message>
            <source>Show “AI-edited” in a corner of the picture</source>
            <translation>„KI-bearbeitet“ in einer Ecke des Bildes zeigen</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>Of videos: 0 is smallest, 100 is best. A new project starts with it.</source>
            <translation>Bei Videos: 0 ist am kleinsten, 100 am besten. Ein neues Projekt beginnt damit.</translation>
        </message>
        <message>
            <source>Compositing</source>
            <translation>Einsetzen</translation>
        </message>
        <message>
            <source>Detail: the picture's own pixels move</source>
            <translation>Detail: die Pixel des Bildes selbst bewegen sich</translation>
        </message>
        <message>
            <source>Replace: the generated face is pasted</source>
            <translation>Ersetzen: das erzeugte Gesicht wird eingesetzt</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Take the sound along</source>
            <translation>Den Ton mitnehmen</translation>
        </message>
        <message>
            <source>Each export can still choose otherwise.</source>
            <translation>Jeder Export kann noch anders entscheiden.</translation>
        </message>
    </context>
    <context>
        <name>ExportPanel</name>
        <message>
            <source>No exports yet</source>
            <translation>Noch keine Exporte</translation>
        </message>
        <message>
            <source>They run here one after another while you go on.</source>
            <translation>Sie laufen hier nacheinander, während Sie weiterarbeiten.</translation>
        </message>
        <message>
            <source>Clear finished</source>
            <translation>Fertige entfernen</translation>
        </message>
        <message>
            <source>Exported {}</source>
            <translation>{} exportiert</translation>
        </message>
    </context>
    <context>
        <name>ExportStep</name>
        <message>
            <source>Writes the model: weights, ONNX files and a card that says where it comes from.</source>
            <translation>Schreibt das Modell: Gewichte, ONNX-Dateien und eine Karte, die sagt, woher es kommt.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>who may do what with the model, as: private use only</source>
            <translation>wer was mit dem Modell tun darf, etwa: nur privat</translation>
        </message>
        <message>
            <source>whose pictures it was trained on</source>
            <translation>mit wessen Bildern es trainiert wurde</translation>
        </message>
        <message>
            <source>whom to name, a line each; may stay empty</source>
            <translation>wer zu nennen ist, je eine Zeile; darf leer bleiben</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trainiert mit</translation>
        </message>
        <message>
            <source>Attribution</source>
            <translation>Namensnennung</translation>
        </message>
        <message>
            <source>Name the licence and the pictures first</source>
            <translation>Nennen Sie zuerst die Lizenz und die Bilder</translation>
        </message>
    </context>
    <context>
        <name>ExpressionPanel</name>
        <message>
            <source>Upper face</source>
            <translation>Obere Gesichtshälfte</translation>
        </message>
        <message>
            <source>Lower face</source>
            <translation>Untere Gesichtshälfte</translation>
        </message>
        <message>
            <source>Reset all</source>
            <translation>Alle zurücksetzen</translation>
        </message>
        <message>
            <source>Let every action unit follow the source again</source>
            <translation>Jede Action Unit wieder der Quelle folgen lassen</translation>
        </message>
    </context>
    <context>
        <name>FaceDesk</name>
        <message>
            <source>Choose Faces</source>
            <translation>Gesichter wählen</translation>
        </message>
        <message>
            <source>This Is My Neutral</source>
            <translation>So sehe ich neutral aus</translation>
        </message>
        <message>
            <source>Expressions are measured against the face at the playhead.</source>
            <translation>Der Ausdruck wird am Gesicht beim Abspielkopf gemessen.</translation>
        </message>
        <message>
            <source>Forget Neutral</source>
            <translation>Neutrales Gesicht vergessen</translation>
        </message>
    </context>
    <context>
        <name>FaceOutline</name>
        <message>
            <source>Face {} · edited</source>
            <translation>Gesicht {} · bearbeitet</translation>
        </message>
        <message>
            <source>Face {}</source>
            <translation>Gesicht {}</translation>
        </message>
    </context>
    <context>
        <name>FacesPanel</name>
        <message>
            <source>Which face is edited</source>
            <translation>Welches Gesicht bearbeitet wird</translation>
        </message>
        <message>
            <source>Brows</source>
            <translation>Brauen</translation>
        </message>
        <message>
            <source>Eyes</source>
            <translation>Augen</translation>
        </message>
        <message>
            <source>Cheeks</source>
            <translation>Wangen</translation>
        </message>
        <message>
            <source>Mouth</source>
            <translation>Mund</translation>
        </message>
        <message>
            <source>Show the whole edit everywhere</source>
            <translation>Die ganze Änderung überall zeigen</translation>
        </message>
        <message>
            <source>Edited face</source>
            <translation>Bearbeitetes Gesicht</translation>
        </message>
        <message>
            <source>Face at rest</source>
            <translation>Gesicht in Ruhe</translation>
        </message>
        <message>
            <source>Where the edit shows</source>
            <translation>Wo die Änderung zu sehen ist</translation>
        </message>
        <message>
            <source>Learnt by itself from the calmest frames.</source>
            <translation>Von selbst aus den ruhigsten Bildern gelernt.</translation>
        </message>
        <message>
            <source>As at {}.</source>
            <translation>Wie bei {}.</translation>
        </message>
        <message>
            <source>Largest face</source>
            <translation>Größtes Gesicht</translation>
        </message>
        <message>
            <source>Leftmost face</source>
            <translation>Gesicht ganz links</translation>
        </message>
        <message>
            <source>Rightmost face</source>
            <translation>Gesicht ganz rechts</translation>
        </message>
        <message>
            <source>All faces</source>
            <translation>Alle Gesichter</translation>
        </message>
        <message>
            <source>Face picked in the picture</source>
            <translation>Im Bild gewähltes Gesicht</translation>
        </message>
        <message>
            <source>Faces by number: {}</source>
            <translation>Gesichter nach Nummer: {}</translation>
        </message>
        <message>
            <source>Choose Faces</source>
            <translation>Gesichter wählen</translation>
        </message>
        <message>
            <source>Limit Edit</source>
            <translation>Änderung begrenzen</translation>
        </message>
        <message>
            <source>Show Edit Everywhere</source>
            <translation>Änderung überall zeigen</translation>
        </message>
        <message>
            <source>No face in this frame.</source>
            <translation>Kein Gesicht in diesem Bild.</translation>
        </message>
        <message>
            <source>One face in this frame.</source>
            <translation>Ein Gesicht in diesem Bild.</translation>
        </message>
        <message>
            <source>{} faces in this frame, {} edited. Click one in the picture to edit it.</source>
            <translation>{} Gesichter in diesem Bild, {} bearbeitet. Klicken Sie eines im Bild an, um es zu bearbeiten.</translation>
        </message>
    </context>
    <context>
        <name>FileDesk</name>
        <message>
            <source>Open a project, a photo or a video</source>
            <translation>Ein Projekt, ein Foto oder ein Video öffnen</translation>
        </message>
        <message>
            <source>Projects, photos and videos</source>
            <translation>Projekte, Fotos und Videos</translation>
        </message>
        <message>
            <source>Save the project</source>
            <translation>Das Projekt speichern</translation>
        </message>
        <message>
            <source>EGGAN Studio projects</source>
            <translation>EGGAN-Studio-Projekte</translation>
        </message>
        <message>
            <source>this project</source>
            <translation>dieses Projekt</translation>
        </message>
        <message>
            <source>Save the changes to {}?</source>
            <translation>Die Änderungen an {} speichern?</translation>
        </message>
        <message>
            <source>They are lost otherwise.</source>
            <translation>Sonst gehen sie verloren.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>an unsaved project</source>
            <translation>ein nicht gespeichertes Projekt</translation>
        </message>
        <message>
            <source>The program did not end properly. Restore the changes to {}?</source>
            <translation>Das Programm wurde nicht ordentlich beendet. Die Änderungen an {} wiederherstellen?</translation>
        </message>
        <message>
            <source>They were stored on {}.</source>
            <translation>Sie wurden am {} gesichert.</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>Open Media</source>
            <translation>Medium öffnen</translation>
        </message>
        <message>
            <source>Saved {}</source>
            <translation>{} gespeichert</translation>
        </message>
    </context>
    <context>
        <name>FolderField</name>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen…</translation>
        </message>
        <message>
            <source>Browse for: {}</source>
            <translation>Durchsuchen für: {}</translation>
        </message>
        <message>
            <source>The folder {} does not exist. Make it first, or choose another.</source>
            <translation>Den Ordner {} gibt es nicht. Legen Sie ihn an oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Einen Ordner wählen</translation>
        </message>
    </context>
    <context>
        <name>FoldersPage</name>
        <message>
            <source>Exports</source>
            <translation>Exporte</translation>
        </message>
        <message>
            <source>Where the last one went</source>
            <translation>Wohin der letzte ging</translation>
        </message>
        <message>
            <source>Proposed for photos and videos that are exported.</source>
            <translation>Wird für exportierte Fotos und Videos vorgeschlagen.</translation>
        </message>
        <message>
            <source>Projects</source>
            <translation>Projekte</translation>
        </message>
        <message>
            <source>Where the last file was</source>
            <translation>Wo die letzte Datei war</translation>
        </message>
        <message>
            <source>Proposed for a project that is saved for the first time.</source>
            <translation>Wird für ein Projekt vorgeschlagen, das zum ersten Mal gespeichert wird.</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models that you train or install; those that come with the program need none.</source>
            <translation>Modelle, die Sie trainieren oder installieren; die mitgelieferten brauchen keinen.</translation>
        </message>
        <message>
            <source>Recovery</source>
            <translation>Wiederherstellung</translation>
        </message>
        <message>
            <source>What is kept against a crash. Another folder holds from the next start on.</source>
            <translation>Was gegen einen Absturz gesichert wird. Ein anderer Ordner gilt ab dem nächsten Start.</translation>
        </message>
    </context>
    <context>
        <name>FootageList</name>
        <message>
            <source>Footage</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <source>Add Files…</source>
            <translation>Dateien hinzufügen…</translation>
        </message>
        <message>
            <source>Add Folder…</source>
            <translation>Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Drop videos, photos or folders here</source>
            <translation>Legen Sie Videos, Fotos oder Ordner hier ab</translation>
        </message>
        <message>
            <source>Choose videos and photos</source>
            <translation>Videos und Fotos wählen</translation>
        </message>
        <message>
            <source>Choose a folder of footage</source>
            <translation>Einen Ordner mit Aufnahmen wählen</translation>
        </message>
    </context>
    <context>
        <name>FormatField</name>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Codec</source>
            <translation>Codec</translation>
        </message>
        <message>
            <source>How the video is compressed</source>
            <translation>Wie das Video komprimiert wird</translation>
        </message>
    </context>
    <context>
        <name>GeneralPage</name>
        <message>
            <source>Theme</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Holds from the next start on.</source>
            <translation>Gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>Keep unsaved edits every</source>
            <translation>Ungespeichertes sichern alle</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>After a crash, the program offers what it kept. It is not in your project until you save.</source>
            <translation>Nach einem Absturz bietet das Programm an, was es gesichert hat. In Ihrem Projekt ist es erst, wenn Sie speichern.</translation>
        </message>
    </context>
    <context>
        <name>GuideWindow</name>
        <message>
            <source>User Guide</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <source>User guide</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Vor</translation>
        </message>
        <message>
            <source>Contents</source>
            <translation>Inhalt</translation>
        </message>
    </context>
    <context>
        <name>InstallStep</name>
        <message>
            <source>Replace the model of this name</source>
            <translation>Das Modell dieses Namens ersetzen</translation>
        </message>
        <message>
            <source>Install Model</source>
            <translation>Modell installieren</translation>
        </message>
        <message>
            <source>Use in This Project</source>
            <translation>In diesem Projekt verwenden</translation>
        </message>
        <message>
            <source>Show in Its Folder</source>
            <translation>In seinem Ordner zeigen</translation>
        </message>
        <message>
            <source>Checks the model's files and copies it to your models, so that projects can choose it.</source>
            <translation>Prüft die Dateien des Modells und kopiert es zu Ihren Modellen, sodass Projekte es wählen können.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>The model is not made yet; finish the steps before.</source>
            <translation>Das Modell ist noch nicht fertig; beenden Sie die Schritte davor.</translation>
        </message>
        <message>
            <source>Installed. Projects choose it in the panel Models.</source>
            <translation>Installiert. Projekte wählen es im Bereich Modell.</translation>
        </message>
        <message>
            <source>You have a model of this name already.</source>
            <translation>Sie haben schon ein Modell dieses Namens.</translation>
        </message>
        <message>
            <source>{} is installed.</source>
            <translation>{} ist installiert.</translation>
        </message>
        <message>
            <source>Choose Model</source>
            <translation>Modell wählen</translation>
        </message>
        <message>
            <source>This project uses {} now.</source>
            <translation>Dieses Projekt verwendet jetzt {}.</translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>Progress of {}</source>
            <translation>Fortschritt von {}</translation>
        </message>
        <message>
            <source>Hold</source>
            <translation>Halten</translation>
        </message>
        <message>
            <source>Cancel; no file is left</source>
            <translation>Abbrechen; keine Datei bleibt zurück</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Show in its folder</source>
            <translation>In seinem Ordner zeigen</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>Done in {}, {} frames</source>
            <translation>Fertig in {}, {} Bilder</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Gescheitert</translation>
        </message>
        <message>
            <source>Held</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Beginnt…</translation>
        </message>
        <message>
            <source>, {} left</source>
            <translation>, noch {}</translation>
        </message>
        <message>
            <source>{} frames, {:.1f} a second{}</source>
            <translation>{} Bilder, {:.1f} pro Sekunde{}</translation>
        </message>
    </context>
    <context>
        <name>KeyframeCommands</name>
        <message>
            <source>Cut Keyframes</source>
            <translation>Keyframes ausschneiden</translation>
        </message>
        <message>
            <source>Paste Keyframes</source>
            <translation>Keyframes einfügen</translation>
        </message>
        <message>
            <source>There are no keyframes on the clipboard.</source>
            <translation>In der Zwischenablage sind keine Keyframes.</translation>
        </message>
        <message>
            <source>The expression at the playhead is on the clipboard.</source>
            <translation>Der Ausdruck am Abspielkopf ist in der Zwischenablage.</translation>
        </message>
        <message>
            <source>No track has a keyframe yet, so there is no expression to copy.</source>
            <translation>Noch hat keine Spur ein Keyframe, also gibt es keinen Ausdruck zu kopieren.</translation>
        </message>
        <message>
            <source>Delete Keyframes</source>
            <translation>Keyframes löschen</translation>
        </message>
        <message>
            <source>Change Easing</source>
            <translation>Übergang ändern</translation>
        </message>
        <message>
            <source>Move Keyframes</source>
            <translation>Keyframes verschieben</translation>
        </message>
        <message>
            <source>Choose a track first: click its name.</source>
            <translation>Wählen Sie zuerst eine Spur: klicken Sie auf ihren Namen.</translation>
        </message>
        <message>
            <source>Add Keyframe</source>
            <translation>Keyframe hinzufügen</translation>
        </message>
        <message>
            <source>Delete Keyframe</source>
            <translation>Keyframe löschen</translation>
        </message>
        <message>
            <source>Change Value</source>
            <translation>Wert ändern</translation>
        </message>
    </context>
    <context>
        <name>KeysEditor</name>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Give this action its first keys again</source>
            <translation>Dieser Aktion wieder ihre ersten Tasten geben</translation>
        </message>
        <message>
            <source>Take It Over</source>
            <translation>Übernehmen</translation>
        </message>
        <message>
            <source>The other action loses the key</source>
            <translation>Die andere Aktion verliert die Taste</translation>
        </message>
        <message>
            <source>Shortcut {}</source>
            <translation>Tastenkürzel {}</translation>
        </message>
        <message>
            <source>Press the keys</source>
            <translation>Drücken Sie die Tasten</translation>
        </message>
        <message>
            <source>Remove shortcut {}</source>
            <translation>Tastenkürzel {} entfernen</translation>
        </message>
        <message>
            <source>{} is the shortcut of “{}”.</source>
            <translation>{} ist das Tastenkürzel von „{}“.</translation>
        </message>
    </context>
    <context>
        <name>LabelStep</name>
        <message>
            <source>Gives every picture the intensities of its 17 action units. They are estimated, or read from OpenFace's files or a table of your own. Labels that exist stay.</source>
            <translation>Gibt jedem Bild die Stärken seiner 17 Action Units. Sie werden geschätzt oder aus Dateien von OpenFace oder einer eigenen Tabelle gelesen. Vorhandene Angaben bleiben.</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Beschriften</translation>
        </message>
        <message>
            <source>Use a File…</source>
            <translation>Eine Datei verwenden…</translation>
        </message>
        <message>
            <source>Estimate Instead</source>
            <translation>Stattdessen schätzen</translation>
        </message>
        <message>
            <source>How often each action unit occurs shows here.</source>
            <translation>Wie oft jede Action Unit vorkommt, steht hier.</translation>
        </message>
        <message>
            <source>Intensities: {}</source>
            <translation>Stärken: {}</translation>
        </message>
        <message>
            <source>estimated</source>
            <translation>geschätzt</translation>
        </message>
        <message>
            <source>Choose a table of intensities</source>
            <translation>Eine Tabelle der Stärken wählen</translation>
        </message>
    </context>
    <context>
        <name>LicencesTab</name>
        <message>
            <source>Program and libraries</source>
            <translation>Programm und Bibliotheken</translation>
        </message>
        <message>
            <source>Text of the licence</source>
            <translation>Text der Lizenz</translation>
        </message>
    </context>
    <context>
        <name>LiveBar</name>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Virtual camera</source>
            <translation>Virtuelle Kamera</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Starten</translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>Wird geöffnet…</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pausiert</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Wird angehalten…</translation>
        </message>
        <message>
            <source>{} fps   {} ms   {} dropped</source>
            <translation>{} fps   {} ms   {} ausgelassen</translation>
        </message>
    </context>
    <context>
        <name>LiveDesk</name>
        <message>
            <source>Other programs see the live result.</source>
            <translation>Andere Programme sehen das Live-Ergebnis.</translation>
        </message>
        <message>
            <source>Leaving takes the virtual camera away from them.</source>
            <translation>Beim Verlassen verlieren sie die virtuelle Kamera.</translation>
        </message>
        <message>
            <source>A live recording is under way.</source>
            <translation>Eine Live-Aufnahme läuft.</translation>
        </message>
        <message>
            <source>Leaving ends it; {} is then complete.</source>
            <translation>Beim Verlassen endet sie; {} ist dann vollständig.</translation>
        </message>
        <message>
            <source>Stop and Leave</source>
            <translation>Anhalten und verlassen</translation>
        </message>
        <message>
            <source>Stay</source>
            <translation>Bleiben</translation>
        </message>
        <message>
            <source>The folder {} does not exist.</source>
            <translation>Den Ordner {} gibt es nicht.</translation>
        </message>
        <message>
            <source>Choose another file.</source>
            <translation>Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <source>Replace {}?</source>
            <translation>{} ersetzen?</translation>
        </message>
        <message>
            <source>Record Live</source>
            <translation>Live aufnehmen</translation>
        </message>
        <message>
            <source>Stop Live</source>
            <translation>Live anhalten</translation>
        </message>
        <message>
            <source>Start Live</source>
            <translation>Live starten</translation>
        </message>
    </context>
    <context>
        <name>LiveDocks</name>
        <message>
            <source>Click to ease into</source>
            <translation>Klicken, um sanft überzugehen</translation>
        </message>
    </context>
    <context>
        <name>LiveExpression</name>
        <message>
            <source>On the live face</source>
            <translation>Auf dem Live-Gesicht</translation>
        </message>
    </context>
    <context>
        <name>LivePanel</name>
        <message>
            <source>Nothing is live</source>
            <translation>Nichts ist live</translation>
        </message>
        <message>
            <source>Choose a camera, a video or a photo as the source, or drop a file here. Then start.</source>
            <translation>Wählen Sie eine Kamera, ein Video oder ein Foto als Quelle oder legen Sie eine Datei hier ab. Dann starten Sie.</translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>Wird geöffnet…</translation>
        </message>
        <message>
            <source>The camera and the model are being made ready.</source>
            <translation>Kamera und Modell werden vorbereitet.</translation>
        </message>
        <message>
            <source>Show in Folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Play Again</source>
            <translation>Noch einmal abspielen</translation>
        </message>
        <message>
            <source>No face in this frame</source>
            <translation>Kein Gesicht in diesem Bild</translation>
        </message>
        <message>
            <source>It comes back by itself.</source>
            <translation>Sie kommt von selbst wieder.</translation>
        </message>
        <message>
            <source>Its last frame stays.</source>
            <translation>Ihr letztes Bild bleibt.</translation>
        </message>
    </context>
    <context>
        <name>LogView</name>
        <message>
            <source>Nothing was printed yet.</source>
            <translation>Noch nichts ausgegeben.</translation>
        </message>
        <message>
            <source>Log of the trainer</source>
            <translation>Protokoll des Trainers</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
    </context>
    <context>
        <name>MediaDesk</name>
        <message>
            <source>Find {}</source>
            <translation>{} suchen</translation>
        </message>
        <message>
            <source>Replace {}</source>
            <translation>{} ersetzen</translation>
        </message>
        <message>
            <source>Photos and videos</source>
            <translation>Fotos und Videos</translation>
        </message>
        <message>
            <source>Find Medium</source>
            <translation>Medium suchen</translation>
        </message>
        <message>
            <source>Replace Medium</source>
            <translation>Medium ersetzen</translation>
        </message>
    </context>
    <context>
        <name>MediumCard</name>
        <message>
            <source>Replace…</source>
            <translation>Ersetzen…</translation>
        </message>
        <message>
            <source>Find the File…</source>
            <translation>Die Datei suchen…</translation>
        </message>
        <message>
            <source>Nothing open yet</source>
            <translation>Noch nichts geöffnet</translation>
        </message>
        <message>
            <source>Drop a photo or a video anywhere in the window.</source>
            <translation>Legen Sie ein Foto oder ein Video irgendwo im Fenster ab.</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Numbered pictures</source>
            <translation>Nummerierte Bilder</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>silent</source>
            <translation>ohne Ton</translation>
        </message>
    </context>
    <context>
        <name>Menu</name>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Timeline</source>
            <translation>&amp;Zeitleiste</translation>
        </message>
        <message>
            <source>Fa&amp;ces</source>
            <translation>&amp;Gesichter</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>&amp;Wiedergabe</translation>
        </message>
        <message>
            <source>&amp;Live</source>
            <translation>&amp;Live</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
    </context>
    <context>
        <name>ModelCard</name>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Resolution</source>
            <translation>Auflösung</translation>
        </message>
        <message>
            <source>Trained</source>
            <translation>Trainiert</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Auf</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>How</source>
            <translation>Wie</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
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
            <source>Detail: moves the picture's own pixels</source>
            <translation>Detail: bewegt die Pixel des Bildes selbst</translation>
        </message>
        <message>
            <source>Latent: draws the face, as in the paper</source>
            <translation>Latent: zeichnet das Gesicht, wie in der Veröffentlichung</translation>
        </message>
        <message>
            <source>Attribution</source>
            <translation>Namensnennung</translation>
        </message>
        <message>
            <source>{:,} steps, {:g} hours</source>
            <translation>{:,} Schritte, {:g} Stunden</translation>
        </message>
        <message>
            <source>{:.1f} MB, weights in {}</source>
            <translation>{:.1f} MB, Gewichte in {}</translation>
        </message>
    </context>
    <context>
        <name>ModelsPanel</name>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Model card</source>
            <translation>Modellkarte</translation>
        </message>
        <message>
            <source>Use This Model</source>
            <translation>Dieses Modell verwenden</translation>
        </message>
        <message>
            <source>Software</source>
            <translation>Software</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Choose Model</source>
            <translation>Modell wählen</translation>
        </message>
        <message>
            <source>The project's model</source>
            <translation>Das Modell des Projekts</translation>
        </message>
        <message>
            <source>Look for models again</source>
            <translation>Noch einmal nach Modellen suchen</translation>
        </message>
        <message>
            <source>Open the folder of your own models</source>
            <translation>Den Ordner Ihrer eigenen Modelle öffnen</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>Läuft auf</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>one of your own</source>
            <translation>ein eigenes</translation>
        </message>
        <message>
            <source>comes with the program</source>
            <translation>mitgeliefert</translation>
        </message>
        <message>
            <source>cannot be used</source>
            <translation>nicht verwendbar</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>In Use</source>
            <translation>In Gebrauch</translation>
        </message>
        <message>
            <source>The folder {} cannot be made: {}.</source>
            <translation>Der Ordner {} kann nicht angelegt werden: {}.</translation>
        </message>
        <message>
            <source>Choose another one in the settings.</source>
            <translation>Wählen Sie in den Einstellungen einen anderen.</translation>
        </message>
        <message>
            <source>Now: {}</source>
            <translation>Jetzt: {}</translation>
        </message>
    </context>
    <context>
        <name>ModelsTab</name>
        <message>
            <source>Models and whom they are owed to</source>
            <translation>Modelle und wem sie zu verdanken sind</translation>
        </message>
        <message>
            <source>Licence: {}</source>
            <translation>Lizenz: {}</translation>
        </message>
        <message>
            <source>Trained on: {}</source>
            <translation>Trainiert mit: {}</translation>
        </message>
        <message>
            <source>There are no models.</source>
            <translation>Es gibt keine Modelle.</translation>
        </message>
    </context>
    <context>
        <name>Monitor</name>
        <message>
            <source>Losses on training pictures</source>
            <translation>Verluste auf Trainingsbildern</translation>
        </message>
        <message>
            <source>Critics and readers</source>
            <translation>Kritiker und Leser</translation>
        </message>
        <message>
            <source>Figures on test pictures</source>
            <translation>Werte auf Prüfbildern</translation>
        </message>
        <message>
            <source>Samples appear with the first steps.</source>
            <translation>Proben erscheinen mit den ersten Schritten.</translation>
        </message>
        <message>
            <source>Samples of the test split</source>
            <translation>Proben des Prüfteils</translation>
        </message>
        <message>
            <source>Samples: people of the test split under every expression</source>
            <translation>Proben: Personen des Prüfteils mit jedem Ausdruck</translation>
        </message>
        <message>
            <source>Nothing to see yet</source>
            <translation>Noch nichts zu sehen</translation>
        </message>
        <message>
            <source>Losses and samples appear here with the first steps.</source>
            <translation>Verluste und Proben erscheinen hier mit den ersten Schritten.</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Restzeit</translation>
        </message>
        <message>
            <source>Pictures a second</source>
            <translation>Bilder pro Sekunde</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Last checkpoint</source>
            <translation>Letzter Sicherungspunkt</translation>
        </message>
        <message>
            <source>{} of {}</source>
            <translation>{} von {}</translation>
        </message>
        <message>
            <source>step {}</source>
            <translation>Schritt {}</translation>
        </message>
    </context>
    <context>
        <name>NewTraining</name>
        <message>
            <source>Personal model from a clip</source>
            <translation>Persönliches Modell aus einem Clip</translation>
        </message>
        <message>
            <source>One person's looks, from a video or photos of them. Minutes to an hour.</source>
            <translation>Das Aussehen einer Person, aus einem Video oder Fotos von ihr. Minuten bis zu einer Stunde.</translation>
        </message>
        <message>
            <source>From a dataset</source>
            <translation>Aus einem Datensatz</translation>
        </message>
        <message>
            <source>Many people, step by step: prepare, label, train. Hours to days, on a GPU.</source>
            <translation>Viele Personen, Schritt für Schritt: vorbereiten, beschriften, trainieren. Stunden bis Tage, auf einer GPU.</translation>
        </message>
        <message>
            <source>as models are listed</source>
            <translation>wie Modelle aufgelistet werden</translation>
        </message>
        <message>
            <source>Name of the model</source>
            <translation>Name des Modells</translation>
        </message>
        <message>
            <source>Starts from</source>
            <translation>Beginnt mit</translation>
        </message>
        <message>
            <source>Steps of training</source>
            <translation>Trainingsschritte</translation>
        </message>
        <message>
            <source>Arranged as</source>
            <translation>Geordnet als</translation>
        </message>
        <message>
            <source>Train a model</source>
            <translation>Ein Modell trainieren</translation>
        </message>
        <message>
            <source>Recognised by itself</source>
            <translation>Von selbst erkannt</translation>
        </message>
        <message>
            <source>A folder for each person</source>
            <translation>Ein Ordner für jede Person</translation>
        </message>
        <message>
            <source>All of one person</source>
            <translation>Alles von einer Person</translation>
        </message>
        <message>
            <source>Each video another person</source>
            <translation>Jedes Video eine andere Person</translation>
        </message>
        <message>
            <source>RaFD</source>
            <translation>RaFD</translation>
        </message>
        <message>
            <source>MMI</source>
            <translation>MMI</translation>
        </message>
        <message>
            <source>Dataset with metadata.csv</source>
            <translation>Datensatz mit metadata.csv</translation>
        </message>
        <message>
            <source>Training is not installed.</source>
            <translation>Das Training ist nicht installiert.</translation>
        </message>
        <message>
            <source>Add footage first.</source>
            <translation>Fügen Sie zuerst Aufnahmen hinzu.</translation>
        </message>
        <message>
            <source>Add footage of one person: a minute or two in good light, the face turned to the camera and as many expressions as possible. 400 steps are usual; more bring more likeness.</source>
            <translation>Fügen Sie Aufnahmen einer Person hinzu: ein, zwei Minuten bei gutem Licht, das Gesicht zur Kamera und mit möglichst vielen Ausdrücken. 400 Schritte sind üblich; mehr bringen mehr Ähnlichkeit.</translation>
        </message>
        <message>
            <source>Add a folder with a folder of photos or videos for each person, or RaFD or MMI as they come. A folder that is a dataset already is taken as it is. The footage is only read.</source>
            <translation>Fügen Sie einen Ordner hinzu, der für jede Person einen Ordner mit Fotos oder Videos enthält, oder RaFD oder MMI, wie sie kommen. Ein Ordner, der schon ein Datensatz ist, wird genommen, wie er ist. Die Aufnahmen werden nur gelesen.</translation>
        </message>
        <message>
            <source>Start Training</source>
            <translation>Training beginnen</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>Beginnen</translation>
        </message>
        <message>
            <source>Train only on people who have agreed to it. Everything stays on this computer.</source>
            <translation>Trainieren Sie nur mit Menschen, die damit einverstanden sind. Alles bleibt auf diesem Rechner.</translation>
        </message>
        <message>
            <source>This folder is a dataset already; preparing is skipped.</source>
            <translation>Dieser Ordner ist schon ein Datensatz; das Vorbereiten entfällt.</translation>
        </message>
    </context>
    <context>
        <name>NothingOpen</name>
        <message>
            <source>Drop a photo or a video here</source>
            <translation>Legen Sie ein Foto oder ein Video hier ab</translation>
        </message>
        <message>
            <source>Or open a project. Everything stays on this computer.</source>
            <translation>Oder öffnen Sie ein Projekt. Alles bleibt auf diesem Rechner.</translation>
        </message>
    </context>
    <context>
        <name>Panel</name>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Exports</source>
            <translation>Exporte</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Statistics</source>
            <translation>Statistik</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Quellen</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>Live Setup</source>
            <translation>Live-Einrichtung</translation>
        </message>
        <message>
            <source>Live Expression</source>
            <translation>Live-Ausdruck</translation>
        </message>
        <message>
            <source>Live Presets</source>
            <translation>Live-Vorgaben</translation>
        </message>
        <message>
            <source>Live Statistics</source>
            <translation>Live-Statistik</translation>
        </message>
    </context>
    <context>
        <name>PerformanceRecorder</name>
        <message>
            <source>Record Performance</source>
            <translation>Darbietung aufnehmen</translation>
        </message>
    </context>
    <context>
        <name>PersonalStep</name>
        <message>
            <source>Looks at the footage, estimates the expressions, fine-tunes the bundled model on the person and writes the new model. It can be stopped at any time and goes on later.</source>
            <translation>Sieht die Aufnahmen an, schätzt die Ausdrücke, stimmt das mitgelieferte Modell auf die Person ab und schreibt das neue Modell. Es kann jederzeit angehalten werden und geht später weiter.</translation>
        </message>
        <message>
            <source>Start Training</source>
            <translation>Training beginnen</translation>
        </message>
        <message>
            <source>Before and After</source>
            <translation>Vorher und nachher</translation>
        </message>
        <message>
            <source>Open the report in the browser</source>
            <translation>Den Bericht im Browser öffnen</translation>
        </message>
    </context>
    <context>
        <name>PictureTools</name>
        <message>
            <source>Hold to see the original  (C)</source>
            <translation>Halten, um das Original zu sehen  (C)</translation>
        </message>
        <message>
            <source>Hold to see the original</source>
            <translation>Halten, um das Original zu sehen</translation>
        </message>
    </context>
    <context>
        <name>PlayheadExpression</name>
        <message>
            <source>At the playhead</source>
            <translation>Am Abspielkopf</translation>
        </message>
        <message>
            <source>Set Strength</source>
            <translation>Stärke setzen</translation>
        </message>
        <message>
            <source>Set AU{}</source>
            <translation>AU{} setzen</translation>
        </message>
        <message>
            <source>Reset Strength</source>
            <translation>Stärke zurücksetzen</translation>
        </message>
        <message>
            <source>Reset AU{}</source>
            <translation>AU{} zurücksetzen</translation>
        </message>
        <message>
            <source>Reset Expression</source>
            <translation>Ausdruck zurücksetzen</translation>
        </message>
        <message>
            <source>Preset {}</source>
            <translation>Vorgabe {}</translation>
        </message>
    </context>
    <context>
        <name>Plot</name>
        <message>
            <source>No values yet</source>
            <translation>Noch keine Werte</translation>
        </message>
    </context>
    <context>
        <name>PrepareStep</name>
        <message>
            <source>Finds the faces, leaves out what is of no use (blurred, turned away, covered, repeated) and splits the pictures into those to train on and those to test with. Nothing is looked at twice.</source>
            <translation>Findet die Gesichter, lässt aus, was nichts taugt (unscharf, abgewandt, verdeckt, wiederholt), und teilt die Bilder in solche zum Trainieren und solche zum Prüfen. Nichts wird zweimal angesehen.</translation>
        </message>
        <message>
            <source>Prepare</source>
            <translation>Vorbereiten</translation>
        </message>
        <message>
            <source>Look at the Pictures</source>
            <translation>Die Bilder ansehen</translation>
        </message>
        <message>
            <source>Open the contact sheet in the browser: every picture, and why some are left out</source>
            <translation>Den Kontaktbogen im Browser öffnen: jedes Bild, und warum manche ausgelassen sind</translation>
        </message>
    </context>
    <context>
        <name>PresetsPanel</name>
        <message>
            <source>Presets</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>Click to apply at the playhead</source>
            <translation>Klicken, um es am Abspielkopf anzuwenden</translation>
        </message>
        <message>
            <source>Save Preset</source>
            <translation>Vorgabe speichern</translation>
        </message>
        <message>
            <source>Name of this expression</source>
            <translation>Name dieses Ausdrucks</translation>
        </message>
        <message>
            <source>Keep what is set as a preset</source>
            <translation>Was eingestellt ist, als Vorgabe behalten</translation>
        </message>
        <message>
            <source>Save preset</source>
            <translation>Vorgabe speichern</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
    </context>
    <context>
        <name>PreviewCanvas</name>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Wheel: zoom. Drag: move. Double click: fit. Click a face: edit it. Hold C: original.</source>
            <translation>Rad: Größe. Ziehen: verschieben. Doppelklick: einpassen. Klick auf ein Gesicht: bearbeiten. C halten: Original.</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <source>Edited</source>
            <translation>Bearbeitet</translation>
        </message>
    </context>
    <context>
        <name>PreviewPanel</name>
        <message>
            <source>The picture cannot be shown</source>
            <translation>Das Bild kann nicht gezeigt werden</translation>
        </message>
        <message>
            <source>Find the file where it is now, or take another one. All edits are kept.</source>
            <translation>Suchen Sie die Datei, wo sie jetzt ist, oder nehmen Sie eine andere. Alle Änderungen bleiben.</translation>
        </message>
        <message>
            <source>No face in this frame</source>
            <translation>Kein Gesicht in diesem Bild</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>Das Modell wird geladen…</translation>
        </message>
    </context>
    <context>
        <name>QualityField</name>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>lossless</source>
            <translation>verlustfrei</translation>
        </message>
        <message>
            <source>small file</source>
            <translation>kleine Datei</translation>
        </message>
        <message>
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <source>best</source>
            <translation>am besten</translation>
        </message>
    </context>
    <context>
        <name>RecentList</name>
        <message>
            <source>Recent files</source>
            <translation>Zuletzt geöffnete Dateien</translation>
        </message>
    </context>
    <context>
        <name>RecentMenu</name>
        <message>
            <source>Open &amp;Recent</source>
            <translation>Zuletzt &amp;geöffnet</translation>
        </message>
    </context>
    <context>
        <name>RunView</name>
        <message>
            <source>Install</source>
            <translation>Installieren</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Stop as Ctrl-C does: a training saves a checkpoint and goes on later</source>
            <translation>Wie mit Strg-C anhalten: ein Training sichert seinen Stand und geht später weiter</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Show what the trainer prints</source>
            <translation>Zeigen, was der Trainer ausgibt</translation>
        </message>
        <message>
            <source>Show the training's folder</source>
            <translation>Den Ordner des Trainings zeigen</translation>
        </message>
        <message>
            <source>Remove this training</source>
            <translation>Dieses Training entfernen</translation>
        </message>
        <message>
            <source>Remove the training {}?</source>
            <translation>Das Training {} entfernen?</translation>
        </message>
        <message>
            <source>Its pictures, checkpoints and model are deleted. Your footage and an installed model stay.</source>
            <translation>Seine Bilder, Sicherungspunkte und sein Modell werden gelöscht. Ihre Aufnahmen und ein installiertes Modell bleiben.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Wird angehalten…</translation>
        </message>
        <message>
            <source>End Now</source>
            <translation>Jetzt beenden</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Pages of settings</source>
            <translation>Seiten der Einstellungen</translation>
        </message>
        <message>
            <source>Reset This Page</source>
            <translation>Diese Seite zurücksetzen</translation>
        </message>
        <message>
            <source>Bring all settings of this page back to what they were at first</source>
            <translation>Alle Einstellungen dieser Seite auf den Anfang zurückbringen</translation>
        </message>
        <message>
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Computing</source>
            <translation>Berechnung</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
    </context>
    <context>
        <name>SetupPanel</name>
        <message>
            <source>Camera or file</source>
            <translation>Kamera oder Datei</translation>
        </message>
        <message>
            <source>Start again at the end</source>
            <translation>Am Ende wieder beginnen</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>The same face</source>
            <translation>Dasselbe Gesicht</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Menge</translation>
        </message>
        <message>
            <source>In place of the face's own</source>
            <translation>Anstelle des eigenen Ausdrucks</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>Glättung</translation>
        </message>
        <message>
            <source>Add to what the face does</source>
            <translation>Zu dem, was das Gesicht tut, hinzufügen</translation>
        </message>
        <message>
            <source>Ease presets</source>
            <translation>Übergang der Vorgaben</translation>
        </message>
        <message>
            <source>{} × {}, {} fps</source>
            <translation>{} × {}, {} fps</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>What the camera is asked for; it may give another one</source>
            <translation>Worum die Kamera gebeten wird; sie kann etwas anderes liefern</translation>
        </message>
        <message>
            <source>Driver</source>
            <translation>Antrieb</translation>
        </message>
        <message>
            <source>Whose face moves the face that is shown</source>
            <translation>Wessen Gesicht das gezeigte Gesicht bewegt</translation>
        </message>
        <message>
            <source>A file plays over and over</source>
            <translation>Eine Datei läuft immer wieder</translation>
        </message>
        <message>
            <source>How much the movement counts: 0 % holds the face still</source>
            <translation>Wie viel die Bewegung zählt: 0 % hält das Gesicht still</translation>
        </message>
        <message>
            <source>The driver's expression replaces the face's own; otherwise it is added to it</source>
            <translation>Der Ausdruck des Antriebs ersetzt den des Gesichts; sonst kommt er hinzu</translation>
        </message>
        <message>
            <source>Calms trembling marks; too much makes quick movements late</source>
            <translation>Beruhigt zitternde Marken; zu viel lässt schnelle Bewegungen zu spät kommen</translation>
        </message>
        <message>
            <source>How long a preset takes to be reached</source>
            <translation>Wie lange es dauert, bis eine Vorgabe erreicht ist</translation>
        </message>
        <message>
            <source>Sliders and presets are added, so that the face goes on blinking and talking</source>
            <translation>Regler und Vorgaben kommen hinzu, sodass das Gesicht weiter blinzelt und spricht</translation>
        </message>
        <message>
            <source>File of the recording</source>
            <translation>Datei der Aufnahme</translation>
        </message>
        <message>
            <source>Where the next recording goes</source>
            <translation>Wohin die nächste Aufnahme geht</translation>
        </message>
        <message>
            <source>Named by date and time</source>
            <translation>Nach Datum und Uhrzeit benannt</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Choose the file of the recording</source>
            <translation>Die Datei der Aufnahme wählen</translation>
        </message>
        <message>
            <source>Record to</source>
            <translation>Aufnehmen nach</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Videos</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsPage</name>
        <message>
            <source>Search by name or key</source>
            <translation>Nach Namen oder Taste suchen</translation>
        </message>
        <message>
            <source>Search shortcuts</source>
            <translation>Tastenkürzel suchen</translation>
        </message>
        <message>
            <source>Actions and their shortcuts</source>
            <translation>Aktionen und ihre Tastenkürzel</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Playback</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <source>Keyframes</source>
            <translation>Keyframes</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Vorgaben</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Quellen</translation>
        </message>
        <message>
            <source>Also the shortcut of: {}</source>
            <translation>Auch das Tastenkürzel von: {}</translation>
        </message>
    </context>
    <context>
        <name>SizeBox</name>
        <message>
            <source>Original</source>
            <translation>Original</translation>
        </message>
    </context>
    <context>
        <name>SourceBox</name>
        <message>
            <source>Show a video or a photo as a camera</source>
            <translation>Ein Video oder ein Foto als Kamera zeigen</translation>
        </message>
        <message>
            <source>Videos and photos</source>
            <translation>Videos und Fotos</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Eine Datei wählen…</translation>
        </message>
    </context>
    <context>
        <name>SourcesPanel</name>
        <message>
            <source>Cameras</source>
            <translation>Kameras</translation>
        </message>
        <message>
            <source>Recent files</source>
            <translation>Zuletzt geöffnete Dateien</translation>
        </message>
        <message>
            <source>No camera found.</source>
            <translation>Keine Kamera gefunden.</translation>
        </message>
        <message>
            <source>Nothing yet.</source>
            <translation>Noch nichts.</translation>
        </message>
        <message>
            <source>In this project</source>
            <translation>In diesem Projekt</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>Zuletzt</translation>
        </message>
        <message>
            <source>Look for cameras again</source>
            <translation>Noch einmal nach Kameras suchen</translation>
        </message>
        <message>
            <source>Show {} on the live page</source>
            <translation>{} auf der Live-Seite zeigen</translation>
        </message>
    </context>
    <context>
        <name>SpanField</name>
        <message>
            <source>Part</source>
            <translation>Ausschnitt</translation>
        </message>
        <message>
            <source>First frame of the part</source>
            <translation>Erstes Bild des Ausschnitts</translation>
        </message>
        <message>
            <source>End of the part; the frame that shows from then on is left out</source>
            <translation>Ende des Ausschnitts; das Bild, das ab dann zu sehen ist, bleibt weg</translation>
        </message>
        <message>
            <source>Whole clip</source>
            <translation>Ganzer Clip</translation>
        </message>
        <message>
            <source>In to out</source>
            <translation>In bis Out</translation>
        </message>
        <message>
            <source>From – to</source>
            <translation>Von – bis</translation>
        </message>
        <message>
            <source>The part ends before it begins.</source>
            <translation>Der Ausschnitt endet, bevor er beginnt.</translation>
        </message>
        <message>
            <source>Type a later timecode for its end.</source>
            <translation>Geben Sie für sein Ende einen späteren Timecode ein.</translation>
        </message>
    </context>
    <context>
        <name>StatisticsPanel</name>
        <message>
            <source>Milliseconds a frame</source>
            <translation>Millisekunden je Bild</translation>
        </message>
        <message>
            <source>{} fps</source>
            <translation>{} fps</translation>
        </message>
        <message>
            <source>{} ms, 95 % {}</source>
            <translation>{} ms, 95 % {}</translation>
        </message>
        <message>
            <source>{} ms</source>
            <translation>{} ms</translation>
        </message>
        <message>
            <source>seen as {}</source>
            <translation>zu sehen als {}</translation>
        </message>
        <message>
            <source>{} MiB</source>
            <translation>{} MiB</translation>
        </message>
        <message>
            <source>{} cores, {}</source>
            <translation>{} Kerne, {}</translation>
        </message>
        <message>
            <source>In</source>
            <translation>Eingang</translation>
        </message>
        <message>
            <source>What the camera or file gives</source>
            <translation>Was die Kamera oder die Datei liefert</translation>
        </message>
        <message>
            <source>Shown</source>
            <translation>Gezeigt</translation>
        </message>
        <message>
            <source>What is ready to be shown</source>
            <translation>Was zum Zeigen bereit ist</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>Ausgelassen</translation>
        </message>
        <message>
            <source>Frames that a newer one replaced before they were processed</source>
            <translation>Bilder, an deren Stelle ein neueres trat, bevor sie verarbeitet waren</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Alter</translation>
        </message>
        <message>
            <source>From capture until it can be shown: median and 95th percentile</source>
            <translation>Von der Aufnahme, bis es gezeigt werden kann: Median und 95. Perzentil</translation>
        </message>
        <message>
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <source>In the latest frame</source>
            <translation>Im letzten Bild</translation>
        </message>
        <message>
            <source>Driver lag</source>
            <translation>Verzug des Antriebs</translation>
        </message>
        <message>
            <source>How much later the driver's movement shows</source>
            <translation>Wie viel später die Bewegung des Antriebs zu sehen ist</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>Aufgenommen</translation>
        </message>
        <message>
            <source>Frames written to the recording</source>
            <translation>Bilder, die in die Aufnahme geschrieben sind</translation>
        </message>
        <message>
            <source>Find faces</source>
            <translation>Gesichter finden</translation>
        </message>
        <message>
            <source>Landmarks of every face</source>
            <translation>Landmarken jedes Gesichts</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Lesen</translation>
        </message>
        <message>
            <source>The action units that the faces show</source>
            <translation>Die Action Units, die die Gesichter zeigen</translation>
        </message>
        <message>
            <source>Align</source>
            <translation>Ausrichten</translation>
        </message>
        <message>
            <source>From the frame to the model's crop</source>
            <translation>Vom Bild zum Ausschnitt des Modells</translation>
        </message>
        <message>
            <source>Encode</source>
            <translation>Kodieren</translation>
        </message>
        <message>
            <source>The encoder E</source>
            <translation>Der Kodierer E</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Erzeugen</translation>
        </message>
        <message>
            <source>The generator G</source>
            <translation>Der Generator G</translation>
        </message>
        <message>
            <source>Composite</source>
            <translation>Einsetzen</translation>
        </message>
        <message>
            <source>Back into the frame, at its resolution</source>
            <translation>Zurück ins Bild, in dessen Auflösung</translation>
        </message>
        <message>
            <source>Slider to picture</source>
            <translation>Regler bis Bild</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>Läuft auf</translation>
        </message>
        <message>
            <source>Milliseconds per stage, median of {} frames</source>
            <translation>Millisekunden je Stufe, Median von {} Bildern</translation>
        </message>
        <message>
            <source>{} found, {} edited</source>
            <translation>{} gefunden, {} bearbeitet</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source>Faces in this frame, time from the request to the picture, and what computes</source>
            <translation>Gesichter in diesem Bild, Zeit von der Anfrage bis zum Bild, und was rechnet</translation>
        </message>
        <message>
            <source>Working…</source>
            <translation>Arbeitet…</translation>
        </message>
        <message>
            <source>● Recording</source>
            <translation>● Aufnahme</translation>
        </message>
        <message>
            <source>● Virtual camera</source>
            <translation>● Virtuelle Kamera</translation>
        </message>
        <message>
            <source>Measuring expressions: {}</source>
            <translation>Ausdruck wird gemessen: {}</translation>
        </message>
        <message>
            <source>1 face</source>
            <translation>1 Gesicht</translation>
        </message>
        <message>
            <source>{} faces</source>
            <translation>{} Gesichter</translation>
        </message>
    </context>
    <context>
        <name>StepView</name>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Do Again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Try Again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Writing the model and its report</source>
            <translation>Das Modell und sein Bericht werden geschrieben</translation>
        </message>
        <message>
            <source>, about {} left</source>
            <translation>, noch etwa {}</translation>
        </message>
        <message>
            <source>Step {} of {}</source>
            <translation>Schritt {} von {}</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Beginnt…</translation>
        </message>
    </context>
    <context>
        <name>SystemTab</name>
        <message>
            <source>System information</source>
            <translation>Angaben zum System</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy all of it, to paste it into a report</source>
            <translation>Alles kopieren, um es in einen Bericht einzufügen</translation>
        </message>
        <message>
            <source>Examine Installation</source>
            <translation>Installation untersuchen</translation>
        </message>
        <message>
            <source>Try every library, device, encoder and model; takes some seconds</source>
            <translation>Jede Bibliothek, jedes Gerät, jeden Kodierer und jedes Modell ausprobieren; dauert einige Sekunden</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Examining…</source>
            <translation>Wird untersucht…</translation>
        </message>
    </context>
    <context>
        <name>TimecodeField</name>
        <message>
            <source>Playhead: hours, minutes, seconds, frames</source>
            <translation>Abspielkopf: Stunden, Minuten, Sekunden, Bilder</translation>
        </message>
        <message>
            <source>Playhead</source>
            <translation>Abspielkopf</translation>
        </message>
    </context>
    <context>
        <name>TimelineCanvas</name>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
    </context>
    <context>
        <name>TimelinePanel</name>
        <message>
            <source>Easing</source>
            <translation>Übergang</translation>
        </message>
    </context>
    <context>
        <name>TimelineToolBar</name>
        <message>
            <source>Easing of the selected keyframes</source>
            <translation>Übergang der ausgewählten Keyframes</translation>
        </message>
    </context>
    <context>
        <name>Track</name>
        <message>
            <source>Upper face</source>
            <translation>Obere Gesichtshälfte</translation>
        </message>
        <message>
            <source>Lower face</source>
            <translation>Untere Gesichtshälfte</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Stärke</translation>
        </message>
    </context>
    <context>
        <name>TrackHeads</name>
        <message>
            <source>Tracks</source>
            <translation>Spuren</translation>
        </message>
        <message>
            <source>Add or remove a keyframe at the playhead</source>
            <translation>Am Abspielkopf ein Keyframe hinzufügen oder entfernen</translation>
        </message>
    </context>
    <context>
        <name>TrainStep</name>
        <message>
            <source>Trains the networks. It can be stopped at any time and goes on later, bit for bit on a CPU.</source>
            <translation>Trainiert die Netze. Es kann jederzeit angehalten werden und geht später weiter, auf einer CPU bitgenau.</translation>
        </message>
        <message>
            <source>Start Training</source>
            <translation>Training beginnen</translation>
        </message>
        <message>
            <source>A configuration file…</source>
            <translation>Eine Konfigurationsdatei…</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>as the settings say</source>
            <translation>wie in den Einstellungen</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <source>Estimate Time</source>
            <translation>Zeit schätzen</translation>
        </message>
        <message>
            <source>Take a few steps and tell how long all of them will take</source>
            <translation>Einige Schritte gehen und sagen, wie lange alle dauern werden</translation>
        </message>
        <message>
            <source>Taking a few steps to see how long they take…</source>
            <translation>Einige Schritte, um zu sehen, wie lange sie dauern…</translation>
        </message>
        <message>
            <source>Choose a configuration</source>
            <translation>Eine Konfiguration wählen</translation>
        </message>
        <message>
            <source>a quick try on any machine; pictures stay blurred</source>
            <translation>ein schneller Versuch auf jedem Rechner; Bilder bleiben unscharf</translation>
        </message>
        <message>
            <source>the paper's training in 40 epochs, for a GPU</source>
            <translation>das Training der Arbeit in 40 Epochen, für eine GPU</translation>
        </message>
        <message>
            <source>the paper's training in 400 epochs, for a GPU</source>
            <translation>das Training der Arbeit in 400 Epochen, für eine GPU</translation>
        </message>
        <message>
            <source>the detail variant, for a GPU and a dataset with before/after groups</source>
            <translation>die Detailvariante, für eine GPU und einen Datensatz mit Vorher-nachher-Gruppen</translation>
        </message>
    </context>
    <context>
        <name>Training</name>
        <message>
            <source>Total</source>
            <translation>Gesamt</translation>
        </message>
        <message>
            <source>Reconstruction</source>
            <translation>Rekonstruktion</translation>
        </message>
        <message>
            <source>Latent adversary</source>
            <translation>Latenter Gegner</translation>
        </message>
        <message>
            <source>Image adversary</source>
            <translation>Bildgegner</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Identity</source>
            <translation>Identität</translation>
        </message>
        <message>
            <source>Perceptual</source>
            <translation>Wahrnehmung</translation>
        </message>
        <message>
            <source>True pairs</source>
            <translation>Echte Paare</translation>
        </message>
        <message>
            <source>True change</source>
            <translation>Echte Änderung</translation>
        </message>
        <message>
            <source>Smoothness of flow</source>
            <translation>Glätte des Flusses</translation>
        </message>
        <message>
            <source>Sparsity of mask</source>
            <translation>Sparsamkeit der Maske</translation>
        </message>
        <message>
            <source>Latent critic</source>
            <translation>Latenter Kritiker</translation>
        </message>
        <message>
            <source>Image critic</source>
            <translation>Bildkritiker</translation>
        </message>
        <message>
            <source>Expression reader</source>
            <translation>Ausdrucksleser</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Prepare</source>
            <translation>Vorbereiten</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Beschriften</translation>
        </message>
        <message>
            <source>Estimate</source>
            <translation>Schätzen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>Not started</source>
            <translation>Nicht begonnen</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>Läuft</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Gescheitert</translation>
        </message>
    </context>
    <context>
        <name>TrainingDesk</name>
        <message>
            <source>The training {} is not finished.</source>
            <translation>Das Training {} ist nicht fertig.</translation>
        </message>
        <message>
            <source>It can go on without the window, and is found again at the next start. Stopped, it resumes later.</source>
            <translation>Es kann ohne das Fenster weitergehen und wird beim nächsten Start wiedergefunden. Angehalten geht es später weiter.</translation>
        </message>
        <message>
            <source>Keep Training</source>
            <translation>Weiter trainieren</translation>
        </message>
        <message>
            <source>Stop Training</source>
            <translation>Training anhalten</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>TrainingPage</name>
        <message>
            <source>New Training</source>
            <translation>Neues Training</translation>
        </message>
        <message>
            <source>Trainings</source>
            <translation>Trainings</translation>
        </message>
        <message>
            <source>Trainings are listed here, those of earlier sessions too.</source>
            <translation>Hier sind Trainings aufgelistet, auch die früherer Sitzungen.</translation>
        </message>
    </context>
    <context>
        <name>ValueEditor</name>
        <message>
            <source>Value of the keyframe</source>
            <translation>Wert des Keyframes</translation>
        </message>
    </context>
    <context>
        <name>ValueRow</name>
        <message>
            <source>Strength</source>
            <translation>Stärke</translation>
        </message>
        <message>
            <source>{}
Drag, or use the arrow keys. Shift drags slowly. The triangle marks the source.</source>
            <translation>{}
Ziehen oder mit den Pfeiltasten. Umschalt zieht langsam. Das Dreieck markiert die Quelle.</translation>
        </message>
        <message>
            <source>Follow the source again</source>
            <translation>Wieder der Quelle folgen</translation>
        </message>
        <message>
            <source>Solo: show this one alone</source>
            <translation>Solo: nur diese zeigen</translation>
        </message>
        <message>
            <source>Lock: sliders and presets leave it alone</source>
            <translation>Sperre: Regler und Vorgaben lassen sie in Ruhe</translation>
        </message>
    </context>
    <context>
        <name>VolumeButton</name>
        <message>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>Recent</source>
            <translation>Zuletzt</translation>
        </message>
        <message>
            <source>Changes the expression of faces in photos, videos and live pictures, muscle by muscle: a smile here, a blink there, with sliders, presets and keyframes.</source>
            <translation>Verändert den Ausdruck von Gesichtern in Fotos, Videos und Live-Bildern, Muskel für Muskel: hier ein Lächeln, da ein Blinzeln, mit Reglern, Vorgaben und Keyframes.</translation>
        </message>
        <message>
            <source>Open the demo project</source>
            <translation>Das Demoprojekt öffnen</translation>
        </message>
        <message>
            <source>A portrait with an animated face</source>
            <translation>Ein Porträt mit animiertem Gesicht</translation>
        </message>
        <message>
            <source>Open a photo, video or project</source>
            <translation>Ein Foto, Video oder Projekt öffnen</translation>
        </message>
        <message>
            <source>Or drop it anywhere on this window</source>
            <translation>Oder irgendwo auf diesem Fenster ablegen</translation>
        </message>
        <message>
            <source>Go live</source>
            <translation>Live gehen</translation>
        </message>
        <message>
            <source>Your webcam, into calls and streams</source>
            <translation>Ihre Webcam, in Anrufe und Streams</translation>
        </message>
        <message>
            <source>Train a model</source>
            <translation>Ein Modell trainieren</translation>
        </message>
        <message>
            <source>On your own footage, for one person or many</source>
            <translation>Mit eigenen Aufnahmen, für eine Person oder viele</translation>
        </message>
    </context>
    <context>
        <name>page</name>
        <message>
            <source>Personal model</source>
            <translation>Persönliches Modell</translation>
        </message>
        <message>
            <source>From a dataset</source>
            <translation>Aus einem Datensatz</translation>
        </message>
    </context>
</TS>
