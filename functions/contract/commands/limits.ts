// Limits of commands (SPEC §5), in one place.

/** Bytes of a body: two texts of full length, and all the names a command may hold. */
export const COMMAND_BYTES_MAX = 128 * 1024;
/** Transactions or activities of one command, and pairs of a settlement. */
export const RECORDS_PER_COMMAND_MAX = 50;
/** Characters of a reason, and of the comment an ERP posts with it. */
export const REASON_LENGTH_MAX = 256;
export const COMMENT_LENGTH_MAX = 1_000;
