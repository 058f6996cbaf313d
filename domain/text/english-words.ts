// English words that may stand with a capital letter and name nobody.

/** Words a sentence, or a title in capitals, may begin with; in their plain forms. */
export const ENGLISH_OPENERS = `
a about above according accordingly account accounting accounts accurate across act action actions active actively
activity actual actually add added additional additionally address adjust adjusted after afterwards again against
age aged ageing aging ago agree agreed agreement ahead alert all allow allowed almost alone along already also
although altogether always am amid among amount amounts an analysis and annual another any anyone anything apart
apologies apologize apparently appear appears applied apply appreciate appreciated approach approaching appropriate
are arrange arranged arrangement arrears arrived as aside ask asked assess assist assistance at attached attention
authorize automatic available average avoid await awaiting aware away back background balance balances balanced
bank based basically be bear because become been before beforehand begin beginning behavior behind being believe
below besides best better between beyond billed billing bills both breakdown brief briefly bring broken
bucket buckets business but buyer by call can cannot care careful carry case cases cash category cause caution
certain certainly change changed changes charge charged charges check checking choose claim claims clarification
clarify clear cleared clearing clearly close closed closely closing collect collected collecting collection
collections collectively collector combined come comes coming commitment commitments committed communication
company compared comparison complete completed completely complied concentrated concern concerned concerning
concerns confirm confirmation confirmed consequently consider considered considering consistent consistently
constitute contact contacted contest contested continue continued continuing contrary convenience cooperation
coordinator correct correctly correspondence could count cover covered covering credit credited credits currency
current currently customer customers data date dated dates day days deadline deal dear debt debts deduct deducted
deeply default delay delayed delays delinquency delinquent deliver demand depending deposit despite detail detailed
details determine did different direct directly disagree discuss discussion dispute disputed disputes disputing
distributed distribution do document documentation documents does doing done down draft drawn due duly during each
earlier earliest early effort efforts either electronic else email end ended ends enough ensure entire entirely
entries entry equal equally error errors escalate escalated escalation especially essential essentially even
eventually ever every everything evidently exactly examine except excess excessive excluding exceeds exceeded
exist existing expect expected experience explain exposure express extend extended extension extra extremely
failed failing fails failure fair fairly far favor feel fees few figure figures file final finally finance financial
find fine finished firm first firstly flag flagged follow followed following follows for forthcoming fortunately
forward forwarded four frankly free frequent frequently friendly from fulfill fulfilled full fully fund funds further furthermore future 
gaps general generally gentle gently get getting give given gives giving go goes going good gradually grateful
great greater greatest greetings gross grouped group had half happy hard has have having head heading healthy
held hello help helps hence her here hereby herewith hi high higher highest highlight his historical historically
history hold holding hold how however i identified if ignore immediate immediately impact important importantly in
include included includes including incoming increase increased indeed indicate indicates individual individually
inform information initial initially inquiries inquiry inside instead insufficient interest internal into invoice
invoiced invoices is isn issue issued issues it item items its itself joint judging just justified keep keeping
kept key kind kindest kindly know known lack lag large largely larger largest last lastly late lately later latest
latter lead least leaves leaving left legal less let letter letters level leverage lie like likewise limit limited
limits line list listed little loan long longer longest look looking looks lower lowest made main mainly maintain
major majority make makes making management many marked material matter matters maturity may me mean means
meanwhile measured meet meeting mentioned merely message method might minimum minor minute missed missing mixed
moderate monitor monitored month monthly months more moreover most mostly move moved movement moving much must my
namely nature near nearly necessary need needed needs negative neither net never nevertheless new newer newest next no nobody
non none nonetheless nor normal normally not notable notably note noted notes nothing notice notices notification
notified notify noting now nowhere number numbers observe obligation obligations obviously occasion of off offer
offset often okay old older oldest on once one ones ongoing only onto open opened opening operating or order
ordered ordinary original originally other others otherwise our ours out outcome outlook outside outstanding over
overall overdue overview owe owed owes owing own paid part partial partially particular particularly partly
past patience pattern pay payable payer paying payment payments pays pending per perhaps period periods persistent
persisting place plan planned plans please pleased plus point points polite portfolio portion position positive
positively possible possibly post posted potential potentially practice precisely preferably prepare prepared
present presently prevent previous previously primarily prior priority problem problems proceed process processed
processing profile progress prolonged promise promised promises promising prompt prompter promptly proof properly
proportion propose provide provided providing provision punctual punctuality purchase purchases purpose put
quality quantity query queries question questions quick quickly quite raise raised rather ratio reach reached read
ready real realize really reason reasons recall receipt receipts receivable receivables receive received receiving
recent recently recheck recognize recommend recommendation recommended reconcile reconciliation record recorded
records recover recovery reduce reduced reducing refer reference regard regarding regardless regards register
regret regrettably regular regularly reject related relating relation relationship relatively relevant reliability
reliable reliably rely remain remainder remained remaining remains remark remedy remember remind reminded reminder
reminders remit remittance remittances remitted repeat repeated repeatedly reply report reported reporting
represent representing represents request requested requesting requests require required requires resolution
resolve resolved resolving respect respectively respectfully respond response rest result resulting results retain
revenue revenues review reviewed reviewing right risk risks roughly running safe sale sales same satisfactory say
scheduled second section secure see seeing seek seen seems segment seldom send sending sent separate separately
serious service set settle settled settlement settlements settling several severe shall share she short shortfall
shortly should show showing shown shows side sign significant significantly signs similarly simple simply since
sincere sincerely single situated situation sizable slight slightly slow slower slowly small smaller smallest smooth so
sold sole solely some someone something sometimes somewhat soon sooner sorry sort source span spread stable stage
stand standing stands start started starting state statement statements status stay steadily steady step steps still stop
strictly strong subject subsequent subsequently substantial substantially such sufficient sum summary summarizing
sums support supporting supposedly sure surplus system take taken taking talk task tasks team tell term terms than
thank thankfully thanks that the their them then thereafter there therefore thereof these they thing things think third
this those though thought through throughout thus time timeline timely times title to together tomorrow too took
top total totaling totals touch toward towards track transaction transactions transfer transferred treat trend
trending trouble true truly trust try turn turning turnover twice two type types typical typically ultimately
unapplied unchanged uncleared under underlying undisputed unfortunately unless unlike unlimited unpaid unresolved
unsettled until unused up upcoming update updated upon urge urgent urgently us usage use used using usual usually
utilization utilized valid valued value values various vast verify very via view volume vs wait waiting warm warning was watch way
we week weeks welcome well were what whatever when whenever where whereas whether which while who whole whom whose
why will willing wish with within without word work working worth worthwhile would write writing written yes yet
yield you your ability absent absence accelerated acceptable accumulated achieved acknowledge acknowledging acted
adequate adhere adhered admittedly advance advise advised affect affected aim allocate allocated allocation ample anticipated
anticipation apart applicable appended arising arrive arriving aspects assume assuming assured attempt attempts attribute aggregate
backlog behaved bigger block booked booking borrowed bottom bulk calculated calculation caused characterized 
chronic circumstances civil cleanly clearance client clients coincide commercial compare compares compliance complying comprise comprises compliment conclude
concluding conclusion conditions confident conflict consequence conversation convert corresponding count counting courtesy creates creditor
creditors creditworthiness critical debtor debtors decide decision decline declined declining deemed deficit degree deserve deteriorated deteriorating
deterioration difference difficult difficulties difficulty disappointing discipline discount discrepancies discrepancy double dramatic drop
dunning easier easily efficient eight emphasize employ encouraging engage enquiries enquiry entitled establish evaluate even evidence exceptionally
exceptional exchange exclude excluded explanation fact facts falling falls fallen fashion favorable fell fewer fifteen five fluctuating focus
formal forty further gained glad going granted gratitude greetings grew grown growing guidance habit habits handle handled happen headroom health heed hesitate
hopefully huge ideally identify immaterial improve improved improvement improving inactive incomplete inconvenience indication
indicator instruct intend intention involve involved irregular jointly judge keen kindness lapsed laid lengthy lies liquidity live
logged lose losses mail maturing maximum measure measures merchandise mindful missing mostly multiple narrow negotiate nine nonpayment
notwithstanding observed obviously obtained occasional occasionally occurred odd offsetting oldest omitted onward openly operate opinion opportunity opposed
optional outline outright outweigh owner pace painful parallel partner patchy peak percent percentage perfectly performance permit persist phase
picture pleasant pleasure positioned postponed precise predictable predominantly preliminary presence pressing pressure pretty prepaid probably proactive
procedure proof proper prospect punctually pursue qualify quarter ranked ranging rapid rare rarely rate rates reasonable reasonably reassess rebill reassuring
recap reconsider redress refrain refund refuse reliance relief remarkable reminding repay repayment rescheduled reserve reserved resend residual
resort responsible restrict restricted resume reverse reversed rising rise roll rolling roughly round satisfied schedule scrutiny secondly select sensible
sequence seven shape sharp sharply shift shipment shipments shortage signal signals six sluggish smoothly solid solution solvent specific
specifically speak speaking stagnant steep stress stretched strength strongly stuck substantially success successfully suggest suggests suitable summarized
summing supplement supplied supplier supplies surely suspended suspicion symptom tardy ten tends tendency tentative thirdly three threshold tight
timing tolerance totally toward trace transferred transferring transparent trigger twelve twenty unable unacceptable unambiguous unanswered unbilled
unclear uncollected undertake undertaken uneven unexplained unfavorable unmet unreliable unusual unusually usable utmost vague vendor verified verifying
vigilance volumes waive wanted warrants weak weaker weakness weigh wide willing wire worrying worse worst wrong years yours you your yours yourself zero
`;

/** Words that may have a capital letter inside a sentence, as names of things of the trade. */
export const ENGLISH_TITLES = `
i accounts receivable collections coordinator department team finance statement account credit customer sir madam
mr mrs ms dr dear vat pdf erp dso ok invoice invoices payment payments reminder summary subject note number no
balance due date total amount days sales outstanding sincerely regards ytd ai aging limit available overdue id
`;
