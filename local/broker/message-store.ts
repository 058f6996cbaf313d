// Messages on disk: SQLite in WAL mode, one transaction per turn of the broker.
// What was committed must survive a crash of the process; locks are not kept here at all.
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { endOfValue } from './amqp-values.ts';

/** A message as stored; instants are milliseconds since 1970. */
export type StoredMessage = {
  readonly queue: string;
  readonly sequenceNumber: number;
  readonly deadLetter: boolean;
  readonly sessionId: string | undefined;
  readonly enqueuedAt: number;
  readonly availableAt: number;
  /** Infinity for a message that does not expire. */
  readonly expiresAt: number;
  readonly deferred: boolean;
  readonly deliveryCount: number;
  readonly annotations: Buffer;
  readonly content: Buffer;
  /** Encoded maps to merge over the application properties, oldest first. */
  readonly modifications: readonly Buffer[];
};

/** What a settlement or a lost lock changes of a stored message; dead letters never expire. */
export type StoredUpdate = {
  readonly deadLetter: boolean;
  readonly deferred: boolean;
  readonly deliveryCount: number;
  readonly modification: Buffer | undefined;
};

/** Which messages a peek asks for; without a session id, those of all sessions. */
export type Browse = {
  readonly queue: string;
  readonly deadLetter: boolean;
  readonly fromSequenceNumber: number;
  readonly count: number;
  readonly sessionId: string | undefined;
};

type Row = Readonly<Record<string, SQLOutputValue>>;

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA locking_mode = EXCLUSIVE;
  CREATE TABLE IF NOT EXISTS last_sequence (queue TEXT PRIMARY KEY, number INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS taken_message_id (
    entity TEXT NOT NULL,
    message_id TEXT NOT NULL,
    taken_at REAL NOT NULL,
    PRIMARY KEY (entity, message_id)
  );
  CREATE TABLE IF NOT EXISTS message (
    queue TEXT NOT NULL,
    dead_letter INTEGER NOT NULL,
    sequence_number INTEGER NOT NULL,
    session_id TEXT,
    enqueued_at REAL NOT NULL,
    available_at REAL NOT NULL,
    expires_at REAL,
    deferred INTEGER NOT NULL,
    delivery_count INTEGER NOT NULL,
    modifications BLOB NOT NULL,
    annotations BLOB NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (queue, dead_letter, sequence_number)
  );
`;

/** Opens or creates the store; `file` may be ':memory:'. Throws when another process holds it. */
export class MessageStore {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #remove: StatementSync;
  readonly #update: StatementSync;
  readonly #find: StatementSync;
  readonly #browse: StatementSync;
  readonly #browseSession: StatementSync;
  readonly #saveSequence: StatementSync;
  readonly #rememberId: StatementSync;
  readonly #forgetIds: StatementSync;
  readonly #unsavedSequences = new Map<string, number>();
  #inTransaction = false;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(schema);
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#insert = prepare('INSERT INTO message VALUES (?, 0, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)');
    const key = 'queue = ? AND dead_letter = ? AND sequence_number = ?';
    this.#remove = prepare(`DELETE FROM message WHERE ${key}`);
    this.#find = prepare(`SELECT * FROM message WHERE ${key}`);
    this.#update = prepare(
      `UPDATE message SET dead_letter = ?, deferred = ?, delivery_count = ?,
         expires_at = iif(?, NULL, expires_at),
         modifications = CAST(modifications || ? AS BLOB) WHERE ${key}`,
    );
    const range = 'queue = ? AND dead_letter = ? AND sequence_number >= ?';
    const page = 'ORDER BY sequence_number LIMIT ?';
    this.#browse = prepare(`SELECT * FROM message WHERE ${range} ${page}`);
    this.#browseSession = prepare(
      `SELECT * FROM message WHERE ${range} AND session_id = ? ${page}`,
    );
    this.#saveSequence = prepare('INSERT OR REPLACE INTO last_sequence VALUES (?, ?)');
    this.#rememberId = prepare('INSERT OR REPLACE INTO taken_message_id VALUES (?, ?, ?)');
    this.#forgetIds = prepare('DELETE FROM taken_message_id WHERE entity = ? AND taken_at <= ?');
  }

  /** All messages of a queue and its dead letters in order, without their content. */
  *load(
    queue: string,
  ): Generator<Omit<StoredMessage, 'annotations' | 'content' | 'modifications'>> {
    const select = this.#database.prepare(
      `SELECT queue, dead_letter, sequence_number, session_id, enqueued_at, available_at,
         expires_at, deferred, delivery_count
       FROM message WHERE queue = ? ORDER BY sequence_number`,
    );
    for (const row of select.iterate(queue)) yield decodeState(row);
  }

  /** The highest sequence number a queue ever gave out; 0 for a new one. */
  lastSequenceNumber(queue: string): number {
    const row = this.#database
      .prepare('SELECT number FROM last_sequence WHERE queue = ?')
      .get(queue);
    return row === undefined ? 0 : integer(row, 'number');
  }

  /** Adds a message that is neither deferred nor dead. */
  insert(message: StoredMessage): void {
    const { queue, sequenceNumber, sessionId, expiresAt } = message;
    this.#write(
      this.#insert,
      queue,
      sequenceNumber,
      sessionId ?? null,
      message.enqueuedAt,
      message.availableAt,
      Number.isFinite(expiresAt) ? expiresAt : null,
      Buffer.concat(message.modifications),
      message.annotations,
      message.content,
    );
    this.#unsavedSequences.set(queue, sequenceNumber);
  }

  /** Forgets a message for good. */
  remove(queue: string, deadLetter: boolean, sequenceNumber: number): void {
    this.#write(this.#remove, queue, Number(deadLetter), sequenceNumber);
  }

  /** Records what became of a message that `deadLetter` says where to find. */
  update(queue: string, deadLetter: boolean, sequenceNumber: number, update: StoredUpdate): void {
    this.#write(
      this.#update,
      Number(update.deadLetter),
      Number(update.deferred),
      update.deliveryCount,
      Number(update.deadLetter),
      update.modification ?? Buffer.alloc(0),
      queue,
      Number(deadLetter),
      sequenceNumber,
    );
  }

  /** The whole message; undefined when there is none of that number. */
  find(queue: string, deadLetter: boolean, sequenceNumber: number): StoredMessage | undefined {
    const row = this.#find.get(queue, Number(deadLetter), sequenceNumber);
    return row && decodeMessage(row);
  }

  /** At most `count` messages in order, whatever their state. */
  browse({
    queue,
    deadLetter,
    fromSequenceNumber,
    count,
    sessionId,
  }: Browse): readonly StoredMessage[] {
    const range = [queue, Number(deadLetter), fromSequenceNumber];
    const rows =
      sessionId === undefined
        ? this.#browse.all(...range, count)
        : this.#browseSession.all(...range, sessionId, count);
    return rows.map((row) => decodeMessage(row));
  }

  /** The message ids a queue or topic remembers, and when it took them in, the oldest first. */
  *takenMessageIds(entity: string): Generator<readonly [id: string, at: number]> {
    const rows = this.#database
      .prepare('SELECT * FROM taken_message_id WHERE entity = ? ORDER BY taken_at')
      .iterate(entity);
    for (const row of rows) yield [text(row, 'message_id'), integer(row, 'taken_at')];
  }

  /** Remembers that a queue or topic took in a message of that id. */
  rememberMessageId(entity: string, messageId: string, at: number): void {
    this.#write(this.#rememberId, entity, messageId, at);
  }

  /** Forgets the ids that were taken in until an instant, itself included. */
  forgetMessageIds(entity: string, until: number): void {
    this.#write(this.#forgetIds, entity, until);
  }

  /** Makes everything written since the last commit durable, at once. */
  commit(): void {
    if (!this.#inTransaction) return;
    for (const [queue, number] of this.#unsavedSequences) this.#saveSequence.run(queue, number);
    this.#unsavedSequences.clear();
    this.#database.exec('COMMIT');
    this.#inTransaction = false;
  }

  /** Commits and closes the file. */
  close(): void {
    this.commit();
    this.#database.close();
  }

  #write(statement: StatementSync, ...values: readonly SQLInputValue[]): void {
    if (!this.#inTransaction) {
      this.#database.exec('BEGIN');
      this.#inTransaction = true;
    }
    statement.run(...values);
  }
}

function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
  return value;
}

function blob(row: Row, column: string): Buffer {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} holds no blob`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function decodeState(row: Row): Omit<StoredMessage, 'annotations' | 'content' | 'modifications'> {
  return {
    queue: text(row, 'queue'),
    sequenceNumber: integer(row, 'sequence_number'),
    deadLetter: integer(row, 'dead_letter') === 1,
    sessionId: row['session_id'] === null ? undefined : text(row, 'session_id'),
    enqueuedAt: integer(row, 'enqueued_at'),
    availableAt: integer(row, 'available_at'),
    expiresAt: row['expires_at'] === null ? Number.POSITIVE_INFINITY : integer(row, 'expires_at'),
    deferred: integer(row, 'deferred') === 1,
    deliveryCount: integer(row, 'delivery_count'),
  };
}

function decodeMessage(row: Row): StoredMessage {
  const annotations = blob(row, 'annotations');
  const modifications = splitValues(blob(row, 'modifications'));
  return { ...decodeState(row), annotations, content: blob(row, 'content'), modifications };
}

function splitValues(bytes: Buffer): readonly Buffer[] {
  const values: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfValue(bytes, start);
    values.push(bytes.subarray(start, end));
    start = end;
  }
  return values;
}
