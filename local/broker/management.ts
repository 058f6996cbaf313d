// The $management node of a queue: peek, lock renewal, scheduling, and settling by lock token.
// An operation it does not know is refused; it must never pretend.
import rhea from 'rhea';
import type { AmqpError, EventContext, Receiver } from 'rhea';
import { AmqpDecodeError, encodeProperties } from './amqp-values.ts';
import type { BrokerContext } from './broker-context.ts';
import { swapGuidOrder } from './lock-token.ts';
import type { SubQueue } from './queue-entity.ts';
import type { SessionHold, Settlement } from './queued-message.ts';
import { decodeRequest, sendReply } from './request-reply.ts';
import type { Request } from './request-reply.ts';
import { refusals } from './service-bus-errors.ts';

type Reply = {
  readonly status: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly error?: AmqpError;
};
type Operation = (request: Request, subQueue: SubQueue, broker: BrokerContext) => Reply;

const status = {
  ok: 200,
  noContent: 204,
  badRequest: 400,
  notFound: 404,
  gone: 410,
  notImplemented: 501,
} as const;

/** Answers every request on a granted link, once what it did is durable. */
export function answerManagement(
  receiver: Receiver,
  subQueue: SubQueue,
  broker: BrokerContext,
): void {
  receiver.on('message', ({ message, delivery, connection }: EventContext) => {
    const request = decodeRequest(message);
    broker.advance();
    const reply = perform(request, subQueue, broker);
    broker.turn.afterCommit(() => {
      delivery?.accept();
      const properties = {
        statusCode: rhea.types.wrap_int(reply.status),
        statusDescription: reply.error?.description ?? 'OK',
        ...(reply.error?.condition !== undefined && {
          errorCondition: rhea.types.wrap_symbol(reply.error.condition),
        }),
      };
      sendReply(connection, request, properties, reply.body);
    });
  });
}

function perform(request: Request, subQueue: SubQueue, broker: BrokerContext): Reply {
  const name = request.property('operation');
  const operation = typeof name === 'string' ? operations.get(name) : undefined;
  if (operation === undefined) {
    const error = refusals.notImplemented(`The operation '${String(name)}'`);
    return { status: status.notImplemented, error };
  }
  try {
    return operation(request, subQueue, broker);
  } catch (error) {
    if (!(error instanceof AmqpDecodeError)) throw error;
    return { status: status.badRequest, error: refusals.malformed(error.message) };
  }
}

const peekMessages: Operation = (request, { entity, deadLetter }, broker) => {
  const from = readNumber(request.field('from-sequence-number'));
  const count = readNumber(request.field('message-count'));
  const sessionId = request.field('session-id');
  const session = typeof sessionId === 'string' ? sessionId : undefined;
  const messages = entity.peek(deadLetter, from, count, session, broker.now());
  if (messages.length === 0) return { status: status.noContent };
  return { status: status.ok, body: { messages: messages.map((message) => ({ message })) } };
};

const renewLocks: Operation = (request, { queue }, broker) => {
  const now = broker.now();
  const expirations: number[] = [];
  for (const lockId of readLockIds(request, broker)) {
    const lockedUntil = lockId === undefined ? undefined : queue.renewLock(lockId, now);
    if (lockedUntil === undefined) return messageLockLost;
    expirations.push(lockedUntil);
  }
  return { status: status.ok, body: { expirations: timestamps(expirations) } };
};

const renewSessionLock: Operation = (request, { queue }, broker) => {
  const hold = readHold(request);
  const lockedUntil = hold && queue.renewSession(hold, broker.now());
  if (lockedUntil === undefined) {
    return { status: status.gone, error: refusals.sessionLockLost() };
  }
  return { status: status.ok, body: { expiration: new Date(lockedUntil) } };
};

const updateDisposition: Operation = (request, { queue }, broker) => {
  const settlement = readSettlement(request);
  const now = broker.now();
  for (const lockId of readLockIds(request, broker)) {
    if (lockId === undefined || !queue.settle(lockId, settlement, now)) return messageLockLost;
  }
  return { status: status.ok };
};

const receiveDeferred: Operation = (request, subQueue, broker) => {
  const { entity, queue, deadLetter } = subQueue;
  const now = broker.now();
  const hold = readHold(request);
  const destructive = readNumber(request.field('receiver-settle-mode')) === 0;
  const messages = [];
  for (const sequenceNumber of readNumbers(request.field('sequence-numbers'))) {
    const lock = queue.lockDeferred(sequenceNumber, hold, now);
    if (lock === undefined) return messageNotFound;
    const message = entity.writeLocked(lock.message, deadLetter, lock.lockedUntil, now);
    const token = swapGuidOrder(broker.lockTokens.encode(lock.id));
    messages.push({ message, 'lock-token': rhea.types.wrap_uuid(token) });
    if (destructive) queue.settle(lock.id, { kind: 'complete' }, now);
  }
  return { status: status.ok, body: { messages } };
};

const scheduleMessages: Operation = (request, { entity, deadLetter }, broker) => {
  const entries = request.field('messages');
  const messages = Array.isArray(entries) ? entries.map((entry) => readBytes(entry)) : [];
  if (deadLetter) throw new AmqpDecodeError('nothing can be scheduled on a dead-letter queue');
  const outcome = entity.send(messages, broker.now());
  if (outcome === 'too-large' || outcome === 'no-session-id') {
    const error =
      outcome === 'too-large'
        ? refusals.tooLarge(entity.maxMessageBytes)
        : refusals.notAllowed('The session id must be set on every message.');
    return { status: status.badRequest, error };
  }
  return { status: status.ok, body: { 'sequence-numbers': longs(outcome) } };
};

const cancelScheduled: Operation = (request, { queue }) => {
  for (const sequenceNumber of readNumbers(request.field('sequence-numbers'))) {
    if (!queue.cancelScheduled(sequenceNumber)) return messageNotFound;
  }
  return { status: status.ok };
};

const operations: ReadonlyMap<string, Operation> = new Map([
  ['com.microsoft:peek-message', peekMessages],
  ['com.microsoft:renew-lock', renewLocks],
  ['com.microsoft:renew-session-lock', renewSessionLock],
  ['com.microsoft:update-disposition', updateDisposition],
  ['com.microsoft:receive-by-sequence-number', receiveDeferred],
  ['com.microsoft:schedule-message', scheduleMessages],
  ['com.microsoft:cancel-scheduled-message', cancelScheduled],
]);

const messageLockLost: Reply = { status: status.gone, error: refusals.messageLockLost() };
const messageNotFound: Reply = { status: status.notFound, error: refusals.messageNotFound() };

const TIMESTAMP = 0x83;
const LONG = 0x81;

function timestamps(instants: readonly number[]): unknown {
  return rhea.types.wrap_array([...instants], TIMESTAMP, undefined);
}

function longs(numbers: readonly number[]): unknown {
  return rhea.types.wrap_array([...numbers], LONG, undefined);
}

/** The session and the link that speaks for it; undefined on a queue without sessions. */
function readHold(request: Request): SessionHold | undefined {
  const sessionId = request.field('session-id');
  const holder = request.property('associated-link-name');
  if (typeof sessionId !== 'string' || typeof holder !== 'string') return undefined;
  return { sessionId, holder };
}

function readLockIds(request: Request, broker: BrokerContext): readonly (number | undefined)[] {
  const tokens = request.field('lock-tokens');
  if (!Array.isArray(tokens)) throw new AmqpDecodeError('lock-tokens is not an array');
  return tokens.map((token) =>
    Buffer.isBuffer(token) ? broker.lockTokens.decode(swapGuidOrder(token)) : undefined,
  );
}

/** The SDK's word for each settlement; "defered" is spelled so on the wire. */
function readSettlement(request: Request): Settlement {
  const modification = encodeProperties(request.field('properties-to-modify'));
  const disposition = request.field('disposition-status');
  switch (disposition) {
    case 'completed':
      return { kind: 'complete' };
    case 'abandoned':
      return { kind: 'abandon', modification };
    case 'defered':
      return { kind: 'defer', modification };
    case 'suspended': {
      const reasons = encodeProperties({
        DeadLetterReason: request.field('deadletter-reason'),
        DeadLetterErrorDescription: request.field('deadletter-description'),
      });
      const maps = [modification, reasons].filter((map) => map !== undefined);
      return { kind: 'dead-letter', modification: Buffer.concat(maps) };
    }
    default:
      throw new AmqpDecodeError(`unknown disposition '${String(disposition)}'`);
  }
}

function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new AmqpDecodeError('expected a number');
}

function readNumbers(value: unknown): readonly number[] {
  if (!Array.isArray(value)) throw new AmqpDecodeError('expected numbers');
  return value.map((item) => readNumber(item));
}

function readBytes(entry: unknown): Buffer {
  const message: unknown =
    typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'message') : undefined;
  if (Buffer.isBuffer(message)) return message;
  throw new AmqpDecodeError('expected the bytes of a message');
}
