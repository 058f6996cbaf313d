// Ways to say, in German, what a fact sheet says. Names in braces are facts.

export const GERMAN_PARAPHRASES = `
{name} schuldet derzeit {balance}, davon sind {overdue} überfällig.
Zum {asOf} beträgt der offene Saldo auf dem Konto {account} {balance}.
Der Kunde hat {openCount} offene Rechnungen, von denen {overdueCount} überfällig sind.
Davon sind {notDue} noch nicht fällig.
Der älteste überfällige Posten ist seit dem {oldestDue} offen, also seit {oldestDays} Tagen.
Im Durchschnitt wurden Rechnungen {averageDays} Tage nach Rechnungsstellung bezahlt.
In den letzten {months} Monaten wurden {paidLate} von {paidOff} Rechnungen verspätet beglichen ({latePercent} %).
Die Zahlungsmoral ist schwach: {latePercent} Prozent der Rechnungen wurden erst nach Fälligkeit bezahlt.
Die letzte Zahlung über {lastPayment} ging am {lastPaid} ein.
{disputedCount} Rechnungen sind strittig, insgesamt {disputed}.
Der größte strittige Posten ist die Rechnung {disputedInvoice}.
Eine Zahlungszusage über {promised} bis zum {followUp} ist noch offen.
Der Kunde hat zugesagt, {promised} bis spätestens {followUp} zu überweisen.
Vom Kreditlimit in Höhe von {limit} sind noch {available} verfügbar.
Bei einem Limit von {limit} verbleibt ein freier Kreditrahmen von {available}.
Der Umsatz seit Jahresbeginn beläuft sich auf {revenue}.
Seit dem {since} liegt der Umsatz bei {revenue}.
In den vergangenen {recentMonths} Monaten haben wir {recentCount} Rechnungen über zusammen {recent} gestellt.
Für diesen Kunden gibt es {activities} offene Aktivitäten.
Noch nicht zugeordnete Zahlungen und Gutschriften von {unapplied} sind nicht ausgeglichen.
Ein Betrag von {bucketAmount} ist zwischen {from} und {to} Tagen überfällig.
{bucketCount} Rechnungen im Wert von {bucketAmount} fallen in den Bereich von {from} bis {to} Tagen.
Die Außenstandsdauer (DSO) liegt bei {dso} Tagen.
Im Betrachtungszeitraum gingen {receivedCount} Zahlungen über insgesamt {received} ein.
Wir möchten Sie daran erinnern, dass die Rechnung {invoice} über {invoiceOpen} am {due} fällig war.
Bitte beachten Sie, dass die Rechnung {invoice} vom {issued} noch unbezahlt ist.
Nach unseren Unterlagen haben wir {invoiceOpen} für die Rechnung {invoice}, zahlbar bis {due}, noch nicht erhalten.
Könnten Sie uns bitte mitteilen, wann wir mit der Zahlung von {overdue} rechnen dürfen?
Sollten Sie bereits gezahlt haben, betrachten Sie dieses Schreiben bitte als gegenstandslos.
Eine Ihrer Rechnungen, {invoice}, wurde am {due} fällig und ist inzwischen {oldestDays} Tage im Verzug.
Ihr Konto weist {overdueCount} überfällige Rechnungen mit einer Gesamtsumme von {overdue} auf.
Vielen Dank für Ihre Zusage, {promised} am {followUp} zu zahlen.
Die strittigen Rechnungen haben wir in dieser Erinnerung nicht berücksichtigt.
Wir bitten Sie, den überfälligen Betrag von {overdue} so bald wie möglich auszugleichen.
Falls es Unstimmigkeiten zu einer der Rechnungen gibt, melden Sie sich bitte bei uns.
Trotz unserer bisherigen Erinnerungen sind {overdue} weiterhin offen.
Dies ist eine freundliche Erinnerung: {overdueCount} Rechnungen haben ihr Fälligkeitsdatum überschritten.
Wir bestehen auf der umgehenden Zahlung der überfälligen Summe von {overdue}.
Die Rechnungen {invoice} und {invoice2} sind weiterhin offen.
Sowohl die Rechnung {invoice} als auch die Rechnung {invoice2} sind noch nicht bezahlt.
{sender} hat seit dem {lastPaid} keine Zahlung mehr erhalten.
Seit dem {lastPaid} sind keine weiteren Zahlungen eingegangen.
Der Großteil der überfälligen Forderungen, {bucketAmount}, ist {from} bis {to} Tage alt.
Mit {latePercent} % ist der Anteil verspäteter Zahlungen auffällig hoch.
Die durchschnittliche Verspätung beträgt {averageLate} Tage.
Zahlungsverhalten: {paidLate} Rechnungen wurden zu spät bezahlt, im Mittel {averageLate} Tage nach Fälligkeit.
Das Engagement liegt innerhalb des Kreditlimits von {limit}.
Mit einem verfügbaren Kredit von {available} besteht Spielraum für neue Aufträge.
Heute weist das Konto {openCount} offene Posten auf.
Abgesehen von {disputedCount} Rechnungen ({disputed}) ist nichts strittig.
Der jüngste Zahlungseingang erfolgte am {lastPaid} in Höhe von {lastPayment}.
Die nächste Zusage wird am {followUp} fällig.
{promisedCount} Zahlungszusagen über {promised} sind noch offen.
Insgesamt verschlechtert sich die Lage und verdient Aufmerksamkeit.
Der Kunde hat seine Zusagen bisher überwiegend eingehalten.
Keine Aktivität ist überfällig; {activities} sind noch offen.
Im laufenden Jahr wurde bislang ein Umsatz von {revenue} erzielt.
In den {months} Monaten bis zum {asOf} gingen Zahlungen von {received} ein.
Gemessen am Saldo von {balance} sind die nicht zugeordneten Gutschriften von {unapplied} gering.
Die älteste unbezahlte Rechnung war am {oldestDue} fällig.
{name} zahlt im Schnitt nach {averageDays} Tagen.
Bitte veranlassen Sie die Zahlung von {invoiceOpen} zur Rechnung Nr. {invoice}.
Ihre Zusage zur Rechnung {invoice2} haben wir vermerkt und danken Ihnen dafür.
Ihre Rechnung {invoice} vom {issued} über {invoiceOpen} ist seit dem {due} überfällig.
Letzte Mahnung: {overdue} sind überfällig, der älteste Posten war am {oldestDue} fällig.
Sollten wir nichts von Ihnen hören, sehen wir uns gezwungen, weitere Schritte einzuleiten.
Falls sich Ihre Zahlung mit diesem Schreiben überschnitten hat, danken wir Ihnen herzlich.
Für Rückfragen stehen wir Ihnen jederzeit gerne zur Verfügung.
Die Geschäftsbeziehung mit {name} ist uns wichtig, und wir möchten die Angelegenheit einvernehmlich klären.
Bitte überweisen Sie den ausstehenden Betrag von {overdue} ohne weitere Verzögerung.
Prüfen Sie bitte Ihre Unterlagen und veranlassen Sie die Überweisung.
Unseren Aufzeichnungen zufolge sind {overdueCount} Rechnungen überfällig, zusammen {overdue}.
In diesem Jahr hat {name} bisher für {revenue} eingekauft.
Zur Rechnung {disputedInvoice} ist uns Ihre Beanstandung bekannt; wir gehen ihr nach.
Ohne strittige Posten beläuft sich der überfällige Betrag auf {overdue}.
Die Kreditauslastung ist hoch: Von {limit} sind lediglich {available} frei.
Der Saldo des Kontos beträgt {balance}; hiervon sind {overdue} überfällig.
Zahlungserinnerung: {overdue} überfällig
Überfällige Rechnungen auf Ihrem Konto {account}
Zahlungserinnerung von {sender}
Ihr offener Saldo bei {sender}
Erstens prüfen Sie bitte die Rechnung {invoice}; zweitens nennen Sie uns etwaige Abweichungen.
Weder eine Zahlung noch eine Rückmeldung zur Rechnung {invoice} hat uns erreicht.
{recentCount} neue Rechnungen wurden in den letzten {recentMonths} Monaten gebucht.
Angesichts des Alters der Forderung von {oldestDays} Tagen ist rasches Handeln geboten.
Zugesagte Zahlungen sind in der Summe von {overdue} nicht enthalten.
Der für den {followUp} zugesagte Betrag von {promised} ist ausgenommen.
Die noch nicht zugeordneten {unapplied} können Sie verrechnen.
Saldo: {balance}. Überfällig: {overdue}. Noch nicht fällig: {notDue}.
Zusammenfassend bedürfen {overdueCount} Rechnungen der Klärung, die älteste davon stammt vom {oldestDue}.
Das Konto {account} gehört zu {name}.
Im Zeitraum wurden {paidOff} Rechnungen vollständig bezahlt, {paidLate} davon zu spät.
Üblicherweise zahlt der Kunde {averageLate} Tage zu spät.
Seit dem {since} haben wir {receivedCount} Zahlungen in Höhe von {received} erhalten.
Die Rechnung {invoice2} ist unbestritten und daher in voller Höhe zahlbar.
Wir gehen davon aus, dass Sie sich dieser Angelegenheit umgehend annehmen.
Sofern der Gesamtbetrag nicht in Kürze eingeht, behalten wir uns eine Liefersperre vor.
Für Ihre Unterstützung bedanken wir uns im Voraus.
Das Risiko eines Zahlungsausfalls erscheint derzeit überschaubar.
Auffällig ist, dass Teilzahlungen nur vereinzelt eingehen.
Ein persönliches Gespräch mit der Buchhaltung des Kunden wäre ratsam.
Um Mahngebühren zu vermeiden, bitten wir um kurzfristigen Ausgleich.
Forderungen gegen {name} altern: {bucketAmount} sind in den Bereich von {from} bis {to} Tagen gerutscht.
Der Verzug beschränkt sich auf {overdueCount} Belege.
Erfreulicherweise wurden {paidOff} Rechnungen im Zeitraum ausgeglichen.
Gleichwohl besteht bei {overdue} Handlungsbedarf.
So hoch der Saldo von {balance} auch wirkt, er liegt unter dem Limit von {limit}.
Zwar werden {disputed} bestritten, der Rest hingegen nicht.
Bitten Sie um einen festen Termin, denn die Zusage zum {followUp} deckt nur {promised} ab.
Sollten sich die Umstände geändert haben, geben Sie uns bitte Bescheid.
Anscheinend ist unser Schreiben untergegangen.
Apropos Zusagen: {promised} werden am {followUp} fällig.
Mit der Begleichung von {overdue} würden Sie uns sehr helfen.
Hiermit ersuchen wir um Ausgleich der Rechnung {invoice}.
Der bisherige Schriftwechsel zur Rechnung {invoice} führte zu keiner Zahlung.
Eingedenk unserer guten Zusammenarbeit wenden wir uns erneut an Sie.
Gewöhnlich geht das Geld nach {averageDays} Tagen ein.
Kunden mit solchen Mustern verdienen einen genaueren Blick.
Nächste Schritte: Erhalt der Rechnung {invoice2} bestätigen lassen, dann einen Termin vereinbaren.
Gutschriften und Zahlungen über {unapplied} warten auf Zuordnung.
Über den gesamten Zeitraum gingen {receivedCount} Zahlungen ein.
Verzeihen Sie, falls sich unsere Schreiben überschnitten haben.
Die Bonität gilt als angeschlagen, ein Ausfall ist jedoch unwahrscheinlich.
Vermutlich liegt ein Versehen vor.
Welche Gründe hat der Zahlungsverzug?
Ein Mahnbescheid wäre der letzte Ausweg.
`;
