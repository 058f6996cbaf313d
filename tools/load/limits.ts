// Every limit, timeout and retry of the loader. The server's own limits are wider: 5,000 changes
// and 4 MiB a request (SPEC 2.2).

export const CHANGES_PER_REQUEST_MAX = 500;
export const REQUEST_BYTES_MAX = 1024 * 1024;

/** A longer line cannot be a change; reading stops instead of filling the memory. */
export const LINE_BYTES_MAX = 4 * 1024 * 1024;

/** How often one request is sent, the first time included. */
export const ATTEMPTS_MAX = 12;
export const BACK_OFF_FIRST_MS = 250;
export const BACK_OFF_MAX_MS = 30_000;
/** A server that asks for a longer pause is asked again after this one. */
export const RETRY_AFTER_MAX_MS = 120_000;
/** No answer within this time counts as a lost connection. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** How much of both ends of what was sent identifies a file. */
export const FINGERPRINT_BYTES = 4096;

export const TERMINAL_PROGRESS_INTERVAL_MS = 100;
export const PLAIN_PROGRESS_INTERVAL_MS = 5_000;
