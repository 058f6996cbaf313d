// The error conditions Service Bus uses on the wire, in the words the SDK maps to its error codes.
// Descriptions are for people; no client may depend on them.
import type { AmqpError } from 'rhea';

/** One function for each way the broker says no. */
export const refusals = {
  notFound: (address: string) => ({
    condition: 'amqp:not-found',
    description: `The messaging entity '${address}' could not be found.`,
  }),
  notAllowed: (description: string) => ({ condition: 'amqp:not-allowed', description }),
  notImplemented: (what: string) => ({
    condition: 'amqp:not-implemented',
    description: `${what} is not supported by the local broker.`,
  }),
  malformed: (description: string) => ({ condition: 'amqp:decode-error', description }),
  tooLarge: (limit: number) => ({
    condition: 'amqp:link:message-size-exceeded',
    description: `The message exceeds the limit of ${limit} bytes.`,
  }),
  sessionHeld: (sessionId: string) => ({
    condition: 'com.microsoft:session-cannot-be-locked',
    description: `The requested session '${sessionId}' cannot be accepted: another receiver has it.`,
  }),
  noSession: () => ({
    condition: 'com.microsoft:timeout',
    description: 'No session with messages became available in time.',
  }),
  sessionLockLost: () => ({
    condition: 'com.microsoft:session-lock-lost',
    description: 'The session lock has expired. Accept the session again.',
  }),
  messageLockLost: () => ({
    condition: 'com.microsoft:message-lock-lost',
    description: 'The lock supplied is invalid: it expired, or the message was settled already.',
  }),
  messageNotFound: () => ({
    condition: 'com.microsoft:message-not-found',
    description: 'No message of that sequence number is in reach.',
  }),
} as const satisfies Record<string, (...details: never[]) => AmqpError>;
