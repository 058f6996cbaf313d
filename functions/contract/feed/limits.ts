// Limits of the feed (SPEC §2.2), in one place.

export const REQUEST_BYTES_MAX = 4 * 1024 * 1024;
export const CHANGES_MAX = 5_000;
export const CHANGE_BYTES_MAX = 64 * 1024;
/** Objects and arrays within each other, the change itself being the first. */
export const NESTING_MAX = 20;

/** Characters of texts, by what they are. Keys are short enough for every id built from them. */
export const SOURCE_LENGTH_MAX = 128;
export const RECORD_LENGTH_MAX = 64;
export const COMPANY_LENGTH_MAX = 32;
export const CUSTOMER_LENGTH_MAX = 64;
export const WORKER_LENGTH_MAX = 64;
export const EVENT_ID_LENGTH_MAX = 512;
export const NAME_LENGTH_MAX = 256;
export const URL_LENGTH_MAX = 2_048;
export const NOTE_LENGTH_MAX = 8_000;
export const INSTALLMENTS_MAX = 200;
export const LETTER_LINES_MAX = 500;
export const AGENT_POOLS_MAX = 500;
