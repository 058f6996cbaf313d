// Faults a test asks for: the next requests of a kind fail as the service or the network might.
import { failureReply } from './reply.ts';
import type { Reply } from './reply.ts';
import type { OperationKind } from './statistics.ts';

/** A fault for the next `count` requests of a kind. */
export type Fault = {
  /**
   * A status to answer with, nothing done; or a connection closed without an answer, before or
   * after the work was done.
   */
  readonly status: 429 | 503 | 500 | 'drop-before-commit' | 'drop-after-commit';
  readonly count: number;
  /** Only requests of this kind; deletes count as writes. All kinds without it. */
  readonly operation?: 'read' | 'write' | 'query' | 'batch';
  /** For 429: how long the client is told to wait. */
  readonly retryAfterMs?: number;
};

/** Faults still to come, first in, first out. */
export type FaultQueue = {
  add(fault: Fault): void;
  /** The fault of the next request of a kind, if any. */
  take(kind: OperationKind): Fault | undefined;
};

/** A queue without faults. */
export function createFaultQueue(): FaultQueue {
  let pending: readonly Fault[] = [];
  return {
    add: (fault) => {
      pending = [...pending, fault];
    },
    take: (kind) => {
      const operation = kind === 'delete' ? 'write' : kind;
      const due = pending.find((fault) => (fault.operation ?? operation) === operation);
      if (due === undefined) return undefined;
      pending = pending
        .map((fault) => (fault === due ? { ...fault, count: fault.count - 1 } : fault))
        .filter((fault) => fault.count > 0);
      return due;
    },
  };
}

/** The reply of a fault with a status. */
export function faultReply(status: 429 | 503 | 500, retryAfterMs: number | undefined): Reply {
  switch (status) {
    case 429:
      return failureReply(429, {
        message: 'Message: {"Errors":["Request rate is large."]} (injected)',
        substatus: RATE_EXCEEDED,
        retryAfterMs: retryAfterMs ?? DEFAULT_RETRY_AFTER_MS,
      });
    case 503:
      return failureReply(503, { message: 'Service is currently unavailable. (injected)' });
    case 500:
      return failureReply(500, { message: 'Internal server error. (injected)' });
  }
}

/** Substatus of 429 when a partition's throughput is exceeded. */
const RATE_EXCEEDED = 3200;
const DEFAULT_RETRY_AFTER_MS = 10;
