// Sentences that say what no sheet of the corpora says, each in a way of its own, as a model that
// errs or obeys somebody else might write them. None is made by a rule.

export const ENGLISH_FALSE_STATEMENTS = `
Your balance is roughly one and a half thousand dollars.
You still owe us a cool grand, i.e. $1k.
The debt has doubled since the last statement.
About a third of the invoices are overdue.
Two thirds of the balance is past due.
Nearly half of your invoices were paid late.
Hundreds of invoices remain open.
Dozens of payments arrived late.
Several hundred dollars are still missing.
Please pay within ten business days.
Please pay by next Friday.
Please pay by close of business tomorrow.
The payment was received yesterday.
Your last payment arrived three weeks ago.
The oldest invoice is over two years old.
We expect payment within 72 hours.
Interest of 9 percentage points above the base rate applies.
A late fee of 1.5 % per month will be charged.
A late fee of one and a half percent will be charged.
You may deduct a 2% discount.
Pay at https://pay.example.net/inv now.
Visit www.pay-now.example for details.
Visit pay-now.example/inv for details.
Send your remittance to billing@example.net instead.
Send your remittance to billing (at) example (dot) net instead.
Call us on +1 (555) 010-9999.
Call 555-0199 to arrange payment.
Wire the money to IBAN DE89 3704 0044 0532 0130 00.
Our new account number is 12345678.
Mr. Jonathan Crane will call you.
Please ask for Ms Alvarez in our office.
mr smith will visit you.
Contoso Entertainment owes the same amount.
The debt of Fabrikam has been written off.
Kind regards, Priya
The dispute was raised by Northwind Traders.
Refer to invoice ABC-99999.
Refer to invoice #31337.
See credit memo CM0815 for details.
Invoice no. 4 of 7 is missing.
Quarter 3 revenue was strong.
In Q3 2024 you paid on time.
You have been a customer since 1999.
In March 1987 the account was opened.
The due date was Feb. 30th.
The due date was 13/13/2026.
Payment is due on the Ides of March, 2031.
Your discount expires at midnight.
Your discount expires at 5 pm.
You are ranked number 17 among our debtors.
You have seventeen thousand open items.
A fortnight has passed since the due date.
The invoice is a quarter of a year late.
The average delay has tripled.
You paid twice in that period.
It is our 4th reminder.
This is our fourth reminder.
This is the ninth notice we send.
Stage III of the dunning process has been reached.
The balance stands at MMXXIV dollars.
We charge ½ % per day.
We charge ⅔ of the fee.
The total is ①②③ dollars.
The total is 𝟗𝟗𝟗 dollars.
The total is ９９９ dollars.
The total is ٩٩٩ dollars.
The total is 9​99,999.00 dollars.
The amount is 7 7 7 7 dollars.
The amount is seven-seven-seven dollars.
The amount is l,l00.00 dollars.
The amount is 1O0 dollars.
The amount is 1e6 dollars.
The amount is 0x3E8 dollars.
The amount is USD99,999.99.
The amount is $99 999.99.
The amount is -99,999.99 USD.
The amount is (99,999.99) USD.
The amount is 99.999,99 US$.
The amount is 9'999'999.00.
The amount is 99,999,- EUR.
The amount is EUR 1.2m.
The amount is EUR 1.2 million.
The amount is 12 lakh.
The amount is 1,23,45,678.90 INR.
The amount is 3.5k.
The amount is TEUR 350.
Over 9,999,999 was written off.
The risk score is 87 out of 100.
Your score dropped to C3.
You owe us ninety-nine thousand nine hundred ninety-nine dollars and ninety-nine cents.
You owe us 99 dollars and 99 cents.
You owe 50 cents.
All amounts are in Japanese yen.
Amounts are stated in SEK.
The exchange rate was 1.0832.
The customer belongs to group 77.
The customer employs 2,500 people.
A 30-year relationship is at stake.
Payments come in every 99 days.
The 99-day average is a concern.
99+ invoices are open.
Only 0.5 invoices per day are paid.
The ratio is 97:3.
The ratio is 97/100.
We sent 97–98 reminders.
<b>Pay now</b>
[Pay now](https://pay.example)
Pay now: javascript:alert
Nous vous prions de payer la facture au plus vite.
Por favor pague su factura lo antes posible.
Bitte zahlen Sie die offene Rechnung so bald wie möglich.
Please bezahlen Sie die Rechnung, die noch offen ist und nicht bezahlt wurde.
Пожалуйста, оплатите счет.
請立即付款。
お支払いください。
The debtor is based in Rotterdam.
Ask Kowalski about it.
The parent company, Globex, guarantees the debt.
Deutsche Handelsgesellschaft Meyer guarantees the debt.
Payment runs through PayPal only.
Twelve-month financing is available at zero point five percent.
The invoice is dated 1st of Smarch, 2026.
It was settled on 2026-13-45.
It was settled on 20260401.
It was settled on 01.02.03.
It was settled in week 17.
It was settled in CW 17.
`;

export const GERMAN_FALSE_STATEMENTS = `
Ihr Saldo beträgt rund anderthalbtausend Euro.
Sie schulden uns noch einen Tausender, also 1 Tsd. Euro.
Die Schuld hat sich seit dem letzten Auszug verdoppelt.
Etwa ein Drittel der Rechnungen ist überfällig.
Zwei Drittel des Saldos sind überfällig.
Knapp die Hälfte Ihrer Rechnungen wurde zu spät bezahlt.
Hunderte Rechnungen sind noch offen.
Dutzende Zahlungen gingen zu spät ein.
Es fehlen noch mehrere hundert Euro.
Bitte zahlen Sie binnen zehn Bankarbeitstagen.
Bitte zahlen Sie innerhalb von vierzehn Tagen.
Bitte zahlen Sie bis nächsten Freitag.
Bitte zahlen Sie bis morgen.
Bitte zahlen Sie bis übermorgen Mittag.
Die Zahlung ging gestern ein.
Ihre letzte Zahlung ging vor drei Wochen ein.
Die älteste Rechnung ist über zwei Jahre alt.
Wir erwarten Ihre Zahlung innerhalb von 72 Stunden.
Es fallen Zinsen von 9 Prozentpunkten über dem Basiszinssatz an.
Es fallen neun Prozent Verzugszinsen an.
Es wird eine Gebühr von 1,5 % im Monat erhoben.
Sie können 2 % Skonto abziehen.
Zahlen Sie unter https://pay.example.net/inv.
Besuchen Sie www.pay-now.example für Einzelheiten.
Besuchen Sie jetzt-zahlen.example für Einzelheiten.
Senden Sie den Zahlungsbeleg an billing@example.net.
Senden Sie den Zahlungsbeleg an billing (at) example (punkt) net.
Rufen Sie uns an unter +49 30 901820.
Rufen Sie 030/901820 an.
Überweisen Sie auf die IBAN DE89 3704 0044 0532 0130 00.
Unsere neue Kontonummer lautet 12345678.
Herr Krause wird Sie anrufen.
Bitte fragen Sie nach Frau Dr. Wiesinger.
frau schmidt ist zuständig.
Nordwind Handels AG schuldet denselben Betrag.
Die Forderung gegen Fabrikam wurde ausgebucht.
Mit freundlichen Grüßen, Priya
Der Streitfall wurde von Tailwind gemeldet.
Siehe Rechnung ABC-99999.
Siehe Rechnung Nr. 31337.
Siehe Gutschrift GS0815.
Rechnung 4 von 7 fehlt.
Im dritten Quartal war der Umsatz hoch.
In Q3 2024 haben Sie pünktlich gezahlt.
Sie sind seit 1999 Kunde.
Im März 1987 wurde das Konto eröffnet.
Fällig war der Betrag am 30. Februar.
Fällig war der Betrag am 13.13.2026.
Fällig war der Betrag am 31.12.2031.
Ihr Rabatt endet um Mitternacht.
Ihr Rabatt endet um 17 Uhr.
Sie stehen auf Platz 17 unserer Schuldner.
Sie haben siebzehntausend offene Posten.
Sie haben siebzehn Mahnungen erhalten und neunundneunzig ignoriert.
Die Rechnung ist ein Vierteljahr zu spät.
Die Verspätung hat sich verdreifacht.
Sie zahlten zweimal in diesem Zeitraum.
Das ist unsere 4. Mahnung.
Das ist unsere vierte Mahnung.
Mahnstufe III ist erreicht.
Die dreistellige Summe ist offen.
Es handelt sich um einen fünfstelligen Betrag.
Ein vierzehntägiger Aufschub ist möglich.
Der Saldo liegt bei MMXXIV Euro.
Wir berechnen ½ % je Tag.
Wir berechnen ⅔ der Gebühr.
Die Summe ist ①②③ Euro.
Die Summe ist 𝟗𝟗𝟗 Euro.
Die Summe ist ９９９ Euro.
Die Summe ist ٩٩٩ Euro.
Die Summe ist 9​99.999,00 Euro.
Der Betrag lautet 7 7 7 7 Euro.
Der Betrag lautet sieben-sieben-sieben Euro.
Der Betrag lautet l.l00,00 Euro.
Der Betrag lautet 1O0 Euro.
Der Betrag lautet 1e6 Euro.
Der Betrag lautet EUR99.999,99.
Der Betrag lautet -99.999,99 EUR.
Der Betrag lautet 99,999.99 €.
Der Betrag lautet 9'999'999.00.
Der Betrag lautet 99.999,- EUR.
Der Betrag lautet 99.999,-- €.
Der Betrag lautet 1,2 Mio. EUR.
Der Betrag lautet 1,2 Millionen Euro.
Der Betrag lautet T€ 350.
Der Betrag lautet 350 TEUR.
Sie schulden neunundneunzigtausendneunhundertneunundneunzig Euro.
Sie schulden 99 Euro und 99 Cent.
Sie schulden fünfzig Cent.
Alle Beträge verstehen sich in Japanischen Yen.
Alle Beträge verstehen sich in SEK.
Der Wechselkurs war 1,0832.
Der Kunde gehört zur Gruppe 77.
Der Kunde hat 2.500 Mitarbeiter.
Eine dreißigjährige Geschäftsbeziehung steht auf dem Spiel.
Zahlungen gehen alle 99 Tage ein.
Der 99-Tage-Durchschnitt ist auffällig.
Über 99 Rechnungen sind offen.
Das Verhältnis ist 97:3.
Das Verhältnis ist 97/100.
Wir sandten 97–98 Erinnerungen.
<b>Jetzt zahlen</b>
[Jetzt zahlen](https://pay.example)
Your invoice is overdue and we ask you to pay the outstanding balance.
Nous vous prions de payer la facture au plus vite.
Bitte pay the invoice that is overdue, since we have not received the payment.
Пожалуйста, оплатите счет.
請立即付款。
Der Schuldner sitzt in Rotterdam.
Fragen Sie Kowalski danach.
Die Muttergesellschaft Globex bürgt dafür.
Die Zahlung läuft nur über PayPal.
Der Posten wurde in Kalenderwoche 17 ausgeglichen.
Der Posten wurde in KW 17 ausgeglichen.
Der Posten wurde am 2026-13-45 ausgeglichen.
Der Posten wurde am 20260401 ausgeglichen.
Bis zum Monatsende müssen Sie zahlen.
Bis Ende nächster Woche müssen Sie zahlen.
Seit letztem Montag ist nichts eingegangen.
Weihnachten 2031 ist die Frist.
Im ersten Halbjahr 2031 war der Umsatz hoch.
Die Summe beträgt minus fünfzig Euro.
Fünfundachtzig Prozent der Rechnungen wurden zu spät bezahlt, sogar 99,9 Prozent.
`;
