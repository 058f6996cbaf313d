// What open amounts are added up apart by: their currency, whether an accounting amount was
// given, and whether they are owed by or to the customer.

export type Series = {
  readonly currency: string;
  readonly accounting: 'given' | 'missing';
  readonly side: 'debit' | 'credit';
};

/** `USD|given|debit`. */
export type SeriesKey = string;

export function seriesKey({ currency, accounting, side }: Series): SeriesKey {
  return `${currency}|${accounting}|${side}`;
}

/** The series of a key made by {@link seriesKey}. */
export function readSeries(key: SeriesKey): Series {
  const [currency = '', accounting, side] = key.split('|');
  return {
    currency,
    accounting: accounting === 'given' ? 'given' : 'missing',
    side: side === 'credit' ? 'credit' : 'debit',
  };
}
