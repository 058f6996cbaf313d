// What a receiver says about sessions when it attaches, and what it is told when it gets one.
// The forms are those the Service Bus SDK uses: a source filter and link properties.
import rhea from 'rhea';
import type { Sender } from 'rhea';
import { grantAttach } from './rhea-overrides.ts';

const SESSION_FILTER = 'com.microsoft:session-filter';
const TIMEOUT = 'com.microsoft:timeout';
const LOCKED_UNTIL = 'com.microsoft:locked-until-utc';
/** The SDK's own default for an operation, should a client not say how long it waits. */
const DEFAULT_WAIT_MILLISECONDS = 60_000;
/** .NET counts ticks of 100 ns from the year 1. */
const TICKS_PER_MILLISECOND = 10_000n;
const TICKS_AT_UNIX_EPOCH = 621_355_968_000_000_000n;

/** A receiver that wants a session: a named one, or the next available within a time. */
export type SessionRequest = {
  readonly sessionId: string | undefined;
  readonly waitMilliseconds: number;
};

/** The session a receiver asks for; undefined when it asks for none. */
export function readSessionRequest(sender: Sender): SessionRequest | undefined {
  const filter: unknown = sender.source.filter;
  if (typeof filter !== 'object' || filter === null) return undefined;
  const asked = new Map<string, unknown>(Object.entries(filter));
  if (!asked.has(SESSION_FILTER)) return undefined;
  const sessionId = asked.get(SESSION_FILTER);
  const wait: unknown = sender.properties?.[TIMEOUT];
  return {
    sessionId: typeof sessionId === 'string' ? sessionId : undefined,
    waitMilliseconds: typeof wait === 'number' ? wait : DEFAULT_WAIT_MILLISECONDS,
  };
}

/** Answers the attach with the session granted and the end of its lock. */
export function grantSession(sender: Sender, sessionId: string, lockedUntil: number): void {
  const ticks = Buffer.alloc(8);
  ticks.writeBigInt64BE(
    BigInt(Math.floor(lockedUntil)) * TICKS_PER_MILLISECOND + TICKS_AT_UNIX_EPOCH,
  );
  grantAttach(sender, {
    filter: { [SESSION_FILTER]: sessionId },
    properties: { [LOCKED_UNTIL]: rhea.types.wrap_long(ticks) },
  });
}
