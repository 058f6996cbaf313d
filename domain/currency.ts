// ISO 4217 currencies and their number of decimals. It never guesses: an unknown code has none.

const WITHOUT_DECIMALS =
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
const WITH_THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
const WITH_FOUR_DECIMALS = 'CLF UYW'.split(' ');
const WITH_TWO_DECIMALS = (
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN ' +
  'BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP ' +
  'GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT ' +
  'LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO ' +
  'NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS ' +
  'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD ' +
  'XCG YER ZAR ZMW ZWG ZWL'
).split(' ');

/** How many decimals an amount may have: what ISO 4217 uses. */
export type Decimals = 0 | 2 | 3 | 4;

const DECIMALS: ReadonlyMap<string, Decimals> = new Map([
  ...WITHOUT_DECIMALS.map((code) => [code, 0] as const),
  ...WITH_TWO_DECIMALS.map((code) => [code, 2] as const),
  ...WITH_THREE_DECIMALS.map((code) => [code, 3] as const),
  ...WITH_FOUR_DECIMALS.map((code) => [code, 4] as const),
]);

/** Whether the text is an ISO 4217 code, in capitals. */
export function isCurrency(code: string): boolean {
  return DECIMALS.has(code);
}

/** The decimals of a currency that was checked when it came in; an unknown code is a bug. */
export function decimalsOf(currency: string): Decimals {
  const decimals = DECIMALS.get(currency);
  if (decimals === undefined) throw new Error('not an ISO 4217 currency in a stored row');
  return decimals;
}
