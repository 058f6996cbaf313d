// Ways to say, in English, what a fact sheet says. Names in braces are facts.

export const ENGLISH_PARAPHRASES = `
{name} currently owes {balance}, of which {overdue} is already past due.
As of {asOf}, the outstanding balance on account {account} stands at {balance}.
The customer has {openCount} open invoices, {overdueCount} of which are overdue.
Of the total, {notDue} has not yet fallen due.
The oldest overdue item has been outstanding since {oldestDue}, i.e. for {oldestDays} days.
On average, invoices were paid {averageDays} days after they were issued.
Over the past {months} months, {paidLate} of {paidOff} invoices were settled late ({latePercent}%).
Roughly speaking, the payment discipline is weak: {latePercent} percent of invoices were paid after their due date.
The last payment we received was {lastPayment} on {lastPaid}.
{disputedCount} invoices are in dispute, totaling {disputed}.
The largest disputed item is invoice {disputedInvoice}.
A promise to pay {promised} by {followUp} is still open.
The customer promised to transfer {promised} no later than {followUp}.
The credit limit of {limit} leaves {available} available.
Available credit comes to {available} out of a limit of {limit}.
Year-to-date revenue amounts to {revenue}.
Revenue since {since} is {revenue}.
In the last {recentMonths} months, we issued {recentCount} invoices worth {recent} in total.
There are {activities} open activities for this customer.
Unapplied payments and credit notes of {unapplied} have not been settled yet.
An amount of {bucketAmount} is between {from} and {to} days overdue.
{bucketCount} invoices fall into the {from} to {to} day bucket, with a combined value of {bucketAmount}.
DSO is {dso} days at present.
Days sales outstanding: {dso}.
Payments received during the window: {receivedCount}, adding up to {received}.
We would like to remind you that invoice {invoice} for {invoiceOpen} was due on {due}.
Please note that invoice {invoice}, issued on {issued}, remains unpaid.
According to our records, we have not yet received {invoiceOpen} for invoice {invoice}, which was payable by {due}.
Could you kindly let us know when we can expect payment of {overdue}?
Should you have already sent the payment, please disregard this message.
One of your invoices, {invoice}, became due on {due} and is now {oldestDays} days late.
Your account shows {overdueCount} overdue invoices with a total of {overdue}.
Thank you for your commitment to pay {promised} on {followUp}.
The invoices under dispute have been left out of this reminder.
We kindly ask you to settle {overdue} as soon as possible.
If there is a problem with any of the invoices, please get in touch with us so that we can clarify it together.
Despite our previous reminders, {overdue} is still outstanding.
This is a friendly reminder that {overdueCount} invoices are past their due dates.
We must insist on prompt payment of the overdue sum of {overdue}.
Invoices {invoice} and {invoice2} remain open.
Both invoice {invoice} and invoice {invoice2} are still unpaid.
{sender} has not received any payment since {lastPaid}.
Since {lastPaid}, no further payments have arrived.
The bulk of the overdue debt, {bucketAmount}, is {from}–{to} days old.
Aging shows {bucketAmount} in the bucket from {from} to {to} days.
At {latePercent}%, the share of late payments is noticeable.
The average delay is {averageLate} days.
Payment behavior: {paidLate} invoices were paid late, with an average delay of {averageLate} days.
The exposure is within the credit limit of {limit}.
With {available} in available credit, there is room for new orders.
Today, the account carries {openCount} open items.
Nothing on this account is disputed apart from {disputedCount} invoices ({disputed}).
The most recent payment arrived on {lastPaid} and amounted to {lastPayment}.
The next promise falls due on {followUp}.
{promisedCount} promises to pay remain open, covering {promised}.
Overall, the account is deteriorating and deserves close attention.
The customer has generally honored its promises.
No activities are overdue, and {activities} remain open.
For the current year, revenue so far is {revenue}.
Looking at the {months} months up to {asOf}, payments totaled {received}.
Compared with the balance of {balance}, unapplied credits of {unapplied} are modest.
The earliest unpaid invoice was due {oldestDue}.
It has been {oldestDays} days since the oldest invoice fell due.
{name} pays after {averageDays} days on average.
Kindly arrange for payment of {invoiceOpen} against invoice no. {invoice}.
We have noted your promise concerning {invoice2} and thank you for it.
Your invoice {invoice} dated {issued} over {invoiceOpen} has been overdue since {due}.
Final notice: {overdue} is overdue, and the oldest item was due on {oldestDue}.
If we do not hear from you, we will have to take further steps.
In case your payment has crossed with this message, please accept our thanks.
We appreciate your business and look forward to hearing from you.
We value our relationship with {name} and would like to resolve this matter amicably.
Please transfer the outstanding sum of {overdue} without further delay.
Would you please check your records and arrange payment?
Our records indicate that {overdueCount} invoices have passed their due date, amounting to {overdue} altogether.
So far this year, sales to {name} have reached {revenue}.
Concerning invoice {disputedInvoice}, we are aware of your dispute and are looking into it.
Excluding disputed items, the amount overdue is {overdue}.
Credit utilization is high: only {available} of {limit} remains.
The account's balance is {balance}; {overdue} of it is overdue.
Late payers like this one warrant a firm reminder.
Reminder: payment of {overdue} is overdue
Overdue Invoices on Account {account}
Payment Reminder from {sender}
Your outstanding balance with {sender}
First, please review invoice {invoice}; second, let us know about any discrepancies.
Neither payment nor explanation has reached us for invoice {invoice}.
{recentCount} new invoices were posted in the past {recentMonths} months.
A payment of {lastPayment} was booked on {lastPaid}.
Collections have been slow, and the ratio of late payments ({latePercent} %) confirms it.
Given the age of the debt – {oldestDays} days – swift action is advisable.
Promised payments are not included in the figure of {overdue}.
The amount of {promised}, promised for {followUp}, is excluded.
You may offset the {unapplied} that is still unapplied on your account.
Balance: {balance}. Overdue: {overdue}. Not due: {notDue}.
In summary, {overdueCount} invoices need attention, the oldest of which dates back to {oldestDue}.
Account {account} belongs to {name}.
To date, {paidOff} invoices were paid off in the window, and {paidLate} of them late.
They usually pay about {averageLate} days late.
We received {receivedCount} payments totaling {received} since {since}.
Invoice {invoice2} is not disputed and therefore remains payable in full.
We trust that you will give this matter your immediate attention.
Unless we receive the full amount shortly, your account may be placed on hold.
Thanks in advance for your cooperation.
Receivables from {name} are ageing: {bucketAmount} has slipped into the {from} to {to} day range.
Delinquency is confined to {overdueCount} documents.
Thankfully, {paidOff} invoices were cleared within the window.
Nonetheless, {overdue} calls for follow-up.
Sizable as it may seem, the balance of {balance} stays below the limit of {limit}.
Granted, {disputed} is contested, yet the remainder is not.
Ask for a firm date, since the pledge for {followUp} covers merely {promised}.
Should circumstances have changed, tell us.
Evidently the reminder went unnoticed.
Speaking of promises, {promised} falls due on {followUp}.
Your cooperation in clearing {overdue} would mean a lot.
Herewith we ask for settlement of invoice {invoice}.
Prior correspondence on invoice {invoice} has not led to payment.
Mindful of our good relations, we write to you once more.
Ordinarily payment arrives after {averageDays} days.
Customers with such patterns deserve a closer look.
Steps to take: confirm receipt of invoice {invoice2}, then agree on a date.
Credit notes and payments worth {unapplied} await matching.
Throughout the window, {receivedCount} payments came in.
Apologies if our letters crossed.
`;
