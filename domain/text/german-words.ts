// German words that may stand with a capital letter and name nobody: nouns of the trade, alone and put
// together, and what a sentence may begin with.

/** Nouns, from which longer ones are made: `Zahlung`, `Ziel`, `Zahlungsziel`. */
export const GERMAN_NOUNS = `
abbuchung ablauf abgleich abrechnung absatz abschlag abschluss absender absicht absprache abstand abstimmung abteilung abweichung
abwicklung abzug adresse aktion aktivität alter altersstruktur analyse anbetracht anfang anfrage angabe angebot angelegenheit anhang
anlage anlass anliegen anmerkung annahme anmahnung ansatz anschluss anspruch anstieg anteil antrag antwort anwendung anzahl
anzeige arbeit art artikel aspekt aufforderung aufgabe aufmerksamkeit aufschlüsselung aufschub aufstellung auftrag augenblick
auffälligkeit augenmerk ausblick auseinandersetzung ausfall ausgang ausgleich auskunft auslastung ausmaß ausnahme ausnutzung
aussage aussicht ausstand außenstand außenstände ausstände auswertung auszug basis bearbeitung bedarf bedenken bedingung befund begleichung
begründung behebung beispiel beitrag beleg bemühung benachrichtigung beobachtung bereich bericht berücksichtigung beschwerde besprechung
bestand bestandteil bestätigung bestellung beteiligung betrag beträge betracht betrachtung betreff betreuung betrieb beurteilung bewertung
bezahlung beziehung bezug bild bilanz bitte blick bonität brief briefe buchhaltung buchung bündel chance datei daten datum dauer debitor
deckung detail dialog differenz disziplin dispute dokument dringlichkeit druck durchschnitt echtzeit eile einblick eindruck
einforderung eingang einhaltung einkauf einnahme einordnung einreichung einschätzung einschränkung einsicht einstufung eintrag einvernehmen
einwand einwände einzelfall einzelheit einzelposten email empfang empfehlung ende engagement entgegenkommen enttäuschung entwicklung
ereignis erhalt erfahrung erfassung erfolg erfüllung ergebnis erhöhung erinnerung erinnerungsschreiben erklärung erledigung ermessen erwartung
eskalation euro exponierung fakt faktor faktura fall fälle fälligkeit fazit fehler fehlbetrag feld feststellung finanz folge
folgetermin forderung form fortschritt frage freigabe frist freude führung gebühr gebrauch geduld gegensatz gegenüberstellung gelegenheit
geld gericht gesamt geschäft geschehen gespräch gewähr gewicht gläubiger gleich grad grenze größe großteil grund grundlage gründe gruppe gruß grüße
gutschrift guthaben gültigkeit haben haftung hälfte hand handel handlung handlungsbedarf haupt hauptteil hilfe hinblick hinsicht hintergrund hinweis
höhe historie inanspruchnahme information inhalt inkasso interesse intervall irrtum kalender kapital kategorie kauf käufer kenntnis kenntnisnahme kennzahl klärung
klarheit kommentar kommunikation kondition konsequenz kontakt kontakte kontakt­aufnahme kontaktaufnahme konto konten kontrolle kooperation kopf korrektur korrespondenz kosten
kredit kreditor kulanz kunde kunden kundenbeziehung kundin kürze lage last laufzeit leistung lieferung limit linie liquidität liste lösung
lücke mahnung mahnschreiben mahnstufe mahnwesen mangel mahn markt maß maßnahme mehrheit mehrzahl meinung meldung menge merkmal minderung missverständnis mitarbeit mitarbeiter
mitarbeiterin mitteilung mittel moment monat monate monats möglichkeit muster nachdruck nachfrage nachfrist nachgang nachholung nachricht nachsicht nachteil nachweis nennung niveau
notiz nummer nutzung obergrenze option ordnung ort partner periode plan planung position post posten postweg praxis priorität
problem profil prognose prozent prozess prüfung pünktlichkeit quittung quote rahmen rate ratenzahlung reaktion rechnung rechnungsausgleich rechnungswesen recht rechts regelung
regel register rest reihe reklamation relation restbetrag revision richtung risiko risiken rolle rückfrage rückgang rückmeldung rückruf rückstand rückstände
rückzahlung ruhe runde sache sachlage sachverhalt saldo salden sammlung satz sätze schätzung schaden schluss schnitt schreiben schritt schritte schuld schulden schuldner
schwelle schwerpunkt schwierigkeit seite sekunde sender service sicherheit sicht situation skonto sorge sorgfalt spalte spanne spielraum staffelung
stand standpunkt start statistik status stelle stellung stellungnahme steuer stichtag storno störung streit streitfall streitfälle streitigkeit struktur stück stunde
summe system tabelle tag tage tagen tageswert teil teilbetrag teilzahlung tendenz termin text thema ton transaktion transfer trend treue überblick überfälligkeit überfällig überschreitung
überprüfung überschuss übersicht überweisung umfang umgang umsatz umsätze umstand umstände unregelmäßigkeit unstimmigkeit unterlage unterschied unterstützung ursache valuta
veränderung veranlassung verantwortung verbesserung verbindlichkeit verbindung verbleib verbuchung vereinbarung verfahren verfall verfügung vergangenheit vergleich
verhalten verhältnis verkauf verkäufe verlängerung verlauf vermerk verpflichtung versäumnis verschiebung verschlechterung versehen versand verspätung verständigung
verständnis verteilung vertrag vertrauen verwaltung verwendung verwendungszweck verzögerung verzug volumen voraus voraussetzung vorfeld vorgang vorgänge vorgehen vorlage
vorschlag vorsicht vorteil vorzug währung warnung wechsel weg weise weiterleitung wert werte wertstellung wesentliche wichtigkeit widerspruch widersprüche widerruf wiedervorlage wille
wirkung wirtschaft wort wunsch zahl zahlen zahler zahlung zahlungsmoral zahlungspflichtige zahlungsweise zeichen zeile zeit zeiten zeitnah zeitpunkt zeitraum zentrale
ziel zins zinsen zufriedenheit zugang zukunft zusage zusammenarbeit zusammenfassung zusammenhang zusammensetzung zusatz zustand zustellung zustimmung zweck zweifel zwischenzeit
verzugs einzel konto liefer skonti rechnungen sorgen einzug lastschrift bankverbindung eingänge ausgänge erträge
jahr jahre jahres geschäftsjahr kalenderjahr quartal jahresbeginn ultimo woche kalendertag
kopie dank einigung fortführung kürzung aufwand lesart nähe gang gänge zug züge bescheid mal kern kernaussage segment abschnitt restlaufzeit entlastung rest reste
gesprächspartner ansprechpartner ansprechpartnerin
aufträge abzüge anteile anträge ansprüche auszüge aufrufe bedürfnis begriff begriffe belastung beschränkung bezahlvorgang boden briefwechsel bruttobetrag brutto netto dienst diskussion
durchgang echt eigentum einbuße einkäufe einsatz entgelt erlös erlöse erlass ermahnung ermäßigung erschwernis ertrag erstattung fassung fehlen fortsetzung freiraum fristsetzung
fristablauf funktion gegenwart gegenwert gehalt gesamtheit gestaltung gewinn geschäftsführung geschäftsleitung gefahr gepflogenheit grundsatz habenseite hemmnis hürde insolvenz instanz kalkulation katalog
kauf kommune konstanz kontostand kraft kreis kundenservice kundschaft lieferant lieferstopp liefersperre sperre stopp lastschriften lob lücken mahnlauf mindestbetrag mitwirkung mühe nachzahlung
nachlass nachteile neigung neukunde notwendigkeit obliegenheit offenheit papier pflege pflicht phase potenzial präferenz preis problematik projekt puffer qualität rabatt rang
rechtsweg regelmäßigkeit reserve resultat ruf rückbuchung rücklastschrift rücksicht rücksprache säumnis schema schema schieflage schlussfolgerung schwankung schwäche signal sollseite sprache spitze
stetigkeit stundung stärke summen tatsache teilsumme temperatur termine tempo tilgung toleranz trotz turnus typ übereinkunft übermittlung überblicks überhang überlegung übung umbuchung umgehung
umstellung ungeduld unklarheit unternehmen unternehmens verantwortliche verbesserungen verhandlung verlust vermögen vermutung versprechen verteilungen vertreter vertrieb verweis vielfalt
vollständigkeit vorauszahlung vorbehalt vorbild vorgabe vorgeschichte vorhaben vorkasse vorteile vorwurf wachsamkeit wachstum wahl warte ware waren wertung widerstand wiederholung zahlungen zahlungsplan zeitspanne
zeitverzug zielgröße zögern zulauf zunahme zuordnung zusagen zuverlässigkeit zuwachs zuschlag zwischensumme abnahme rückläufig adressat sanktion überschneidung gegenzug gebiet verkehr einfluss
absprachen hauptgrund kreditversicherung versicherung rechtsanwalt anwalt inkassobüro büro schreibens kollege kollegin kollegen team mitglied person personen sachbearbeiter sachbearbeiterin geschäftspartner vertragspartner
`;

/** Other words with a capital letter inside a sentence. */
export const GERMAN_WORDS = `
sie ihnen ihr ihre ihren ihrem ihrer ihres ihrerseits ihretwegen damen herren herr frau bank banken iban mwst ust pdf erp dso ki ok nr us
e mail mails außerdem nächstes nächster ganzes wichtiges neues näheres genaueres ähnliches gleiches mehreres verschiedenes möglichstes weiteres folgendes offenes einzelnes einzelne übrigen letzteres obiges einzigen wesentlichen besonderen allgemeinen genannten
begleichen überweisen bezahlen zahlen prüfen mahnen ausgleichen einhalten überschreiten ausbleiben bestehen vorliegen nachfassen
`;

/** Words a sentence may begin with; adjectives without their endings. */
export const GERMAN_OPENERS = `
ab abgesehen aber abschließend abzüglich aktuell all alle allein allem allen aller allerdings alles als also älter ältest am an andere
anbei andererseits andernfalls anders anderweitig angesichts anhand anschließend anstelle auch auf aufgrund auffällig aus ausdrücklich ausgehend
ausgenommen ausgeglichen ausschließlich ausstehend außer außerdem außerhalb bald bedeutend bedeutet befinden befindet begleichen begonnen bei beide beim bereits
besonders besonder besteht bestehen bestehend bestätigen beträchtlich beträgt betrachtet betreffend betrifft bevor bezahlen bezahlt bezüglich beziehen
bezogen bis bisher bisherig bislang bitte bitten bleibt bleiben brauchen bringen da dabei dadurch dafür dagegen daher dahinter damit danach daneben danke
dann daran darauf daraus darin darüber darum darunter das dass davon davor dazu dazwischen dem demgegenüber demnach demzufolge den denn dennoch
der deren derzeit derzeitig des deshalb dessen desweiteren deswegen deutlich die dies diese diesem diesen dieser dieses doch dort dringend drei durch
durchschnittlich ebenfalls ebenso eigentlich eilig ein eine einem einen einer einerseits eines einig einige einigen einiger einmal eins einschließlich einzeln
einzig endlich entfallen entfällt entgegen enthalten enthält entnehmen entschuldigen entsprechend entsteht entweder er erfahrungsgemäß erfolgt erfreulich erfreulicherweise erfüllt
ergänzend ergibt erheblich erhalten erhielten erinnern erinnert erkennbar erlauben erledigt erneut ernsthaft erst erste erwarten erwartet es etwa etwaig etwas falls
fällig fast fehlt fehlen ferner fest findet folgend folglich fordern fragen frei freundlich früher für ganz geben gebucht gegen gegebenenfalls gegenüber gegenwärtig gehen gehört
gemäß gemahnt gemeinsam genannt genau genauso gerade geraten gering gern gerne gesamt gesondert gestatten geehrt gezahlt gibt gleiche gleichen gleichzeitig gleichwohl
größer größere größt größte groß große grundsätzlich gut gute guten haben hält halten hat hatte hatten hauptsächlich heraus hervorzuheben herzlich hierbei hierdurch hierfür hiermit hier
hiervon hierzu hin hinsichtlich hinter hinzu hinzukommen hoch höchst höher hohe hoher hoffen ich ihm ihn ihr ihre ihrem ihren ihrer ihres im immer immerhin in indem indes infolge
infolgedessen informativ informieren inklusive inklusiv innerhalb insbesondere insgesamt insofern inzwischen ist ja je jede jedem jeden jeder jedes jedoch jene jetzt jeweils jüngst jünger
kann kaum kein keine keinen keiner keinerlei klar klären klein kleiner kleinst knapp kommen kommt komplett können könnte konkret künftig kürzlich kurz kurzfristig
lag langfristig langjährig lange länger längst laut lautet lediglich leicht leider leisten lesen letzt letzte letztlich letztmalig liegen liegt mahnen man manche mangels maßgeblich mehr mehrere mehrfach mehrmals
meist meisten melden merklich mit miteinander mithin mittelfristig mittlerweile möchten möglich möglicherweise möglichst monatlich muss müssen nach nachdem nachdrücklich nachfolgend nachstehend nachweislich nahezu namentlich
natürlich neben nebenbei nehmen nein neu neue neuest neueste nicht nichts nichtsdestotrotz nie niemals noch nochmals normalerweise nötig notwendig null nun nunmehr nur ob oben obgleich obig
obwohl oder offen offenbar offensichtlich oft oftmals ohne ordnungsgemäß paar parallel per planmäßig positiv problematisch prüfen pünktlich rasch reagieren rechtzeitig regelmäßig regulär rein rund sämtlich säumig
schicken schließen schließlich schlicht schnell schnellstmöglich schon schuldet schulden sehen sehr seien sein seine seinen seiner seit seitdem seitens seither selbst selbstverständlich senden sicher sie
sieht signifikant sind so sobald sodann sofern sofort sogar solange solch sollte sollten somit sonst sonstig sorgen soweit sowie sowohl später spätest spätestens sprechen stabil
stammt stammen stand ständig stark stattdessen stehen steht stellen stellt stets stimmt strittig streitig summiert tatsächlich teilen teils teilweise trotz trotzdem über
überdies überfällig übersandt übersenden überschreitet überschritten übertrifft überwacht überweisen überwiegend überwiegt üblich üblicherweise übrig übrigens um umfasst umgehend umgekehrt umso unabhängig unangenehm unbeschadet
unbestritten unbezahlt und unerlässlich uneingeschränkt ungeachtet ungefähr ungeklärt unklar unlängst uns unser unsere unserem unseren unserer unseres unstrittig unter unterdessen untersuchen unverändert unverzüglich unbegrenzt unlimitiert
unerledigt verbleibend verbucht verbleibt verbleiben vereinbart vereinzelt verfallen verfügbar verfügt vergangen verglichen vermeiden vermutlich veranlassen versäumt versprochen verspätet verteilt vertraglich verzeichnet viel viele vielen vielleicht vielmehr
voll vollständig vom von vor vorab voraus voraussichtlich vorausgesetzt vorbehaltlich vorerst vorher vorliegend vorläufig vorrangig vorsorglich vorstehend wahrscheinlich wann war waren warum was wegen weil weist weisen weiter weitere weiterem
weiterer weiteren weiterhin weitgehend welche welcher welches wenden wenig wenige weniger wenn wer werden wesentlich weshalb wichtig wie wieder wiederholt wiederum will wir wird wirklich wo wobei wodurch wohl wollen worauf wovon worden
wurde wurden würden würde während währenddessen zahlen zahlreich zahlt zeigen zeigt zeitgleich zeitnah zu zudem zugehörig zugesagt zugleich zuletzt zum zunächst zur zurückliegend zurzeit zusagegemäß zusammen zusammengefasst zusammengenommen
zusammengesetzt zusammenfassend zusätzlich zuständig zuvor zwar zwei zwischen zwischenzeitlich zügig zuzüglich begrüßen bedanken bedauern bedauerlich bedauerlicherweise berücksichtigen beachten beachtet eingegangen eingehend eintreten
erhöht gesunken gestiegen gezählt gilt handelt hinweisen melde nutzen nutzt setzen setzt spricht tragen übermitteln überprüfen verweisen verzichten verstehen wünschen freuen entstanden verschickt versendet versandt überwiesen angemahnt zugesichert
könnten könnte müssten müsste dürfen dürften dürfte möchte hätte hätten wäre wären sollten gemessen weder erstens zweitens drittens entlang angefallen angesprochen anlässlich abermals absehbar achten addiert allmählich allzeit alternativ
anhaltend ansonsten anstatt anteilig aufgelaufen aufgeführt augenscheinlich ausgereizt ausgeschöpft ausreichend außerordentlich ausgewiesen bedenken bedenklich bedingt begründet beachtlich bekannt bekanntlich belastbar belegt beläuft bemerkenswert berechtigt besorgniserregend
beunruhigend bewegt bezahlte bündig chronologisch dank darlegen dazugehörig definitiv denkbar dementsprechend detailliert dort drohen dürftig effektiv eher ehrlich eindeutig einvernehmlich einmalig empfehlenswert engmaschig entscheidend entwickelt erforderlich
erfasst erinnerlich erlischt ermittelt ermöglichen ernst erreichbar erreicht erscheint ersichtlich erstaunlich erstmals erteilen ewig explizit faktisch fair faire fällt finden folgen folgt führt fünf fürs
gebeten gebucht gefährdet geklärt gelegentlich gelingt gemeldet generell genügend geplant gering geringfügig geschuldet gesetzt gestaffelt gestern gestundet gesund getilgt gewöhnlich gewünscht glatt glaubhaft gutgeschrieben halb handeln hartnäckig häufig herausragend
historisch hohe hoch höflich idealerweise individuell inhaltlich inoffiziell intakt intern jährlich jederzeit kennzeichnend kontinuierlich korrekt kritisch kundenseitig laufend leidlich letztendlich liefern lückenlos mahnt maximal mäßig mehrheitlich merkt minimal
momentan moderat mündlich nachgewiesen nächst nachvollziehbar namens negativ neuerdings neun nominell normal nützlich objektiv oberhalb offiziell oft ordentlich pauschal permanent persönlich plangemäß plötzlich praktisch primär prompt prüft rechnerisch rechtlich
reichlich reihenweise relativ relevant restlich rückblickend rückläufig rückständig ruhig samt sauber schade schleppend schlimmstenfalls schriftlich schwach schwer schwierig sechs selten sieben sinkend sinnvoll solide sorgfältig spürbar ständig statt steigend
stetig stillschweigend stockend strukturell stundenweise summa systematisch tendenziell termingerecht typisch typischerweise überdurchschnittlich überschaubar überraschend überweist umfangreich umfassend unangemessen unbeantwortet unerwartet ungewöhnlich ungünstig unmittelbar unnötig unregelmäßig unterdurchschnittlich unterhalb unterm
unterstützen unvollständig unzureichend ursprünglich vage verantwortlich verbindlich verdient vereinbarungsgemäß verglichen verhältnismäßig verkürzt verlässlich verlangen verlängert verrechnet verringert verschlechtert verschoben vertrauensvoll verstärkt verteilen vertretbar verzeichnen verzögert vier vierteljährlich vordringlich vorgemerkt vorhanden vorhergehend vorliegen vorsichtig vorzugsweise
wächst wechselnd weiß weitaus wertmäßig widersprüchlich wiederkehrend wirtschaftlich wöchentlich wünschenswert zahlbar zählt zehn zeitweise zentral zielführend zuerst zufolge zufriedenstellend zugeordnet zugestellt zügige zulässig zumal zumeist zumindest zumutbar zurück zurückgehend zusagen zuverlässig zwölf zwingend
`;
