// A reply of the server before it becomes HTTP, and its usual forms. Never writes to a socket.

/** Status, headers and JSON text of a reply; `charge` in RU. */
export type Reply = {
  readonly status: number;
  readonly charge: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** A reply with a JSON body. */
export function jsonReply(status: number, value: unknown, charge = 0): Reply {
  return { status, charge, body: JSON.stringify(value) };
}

/** What an error reply says beside its status. */
export type Failure = {
  readonly message: string;
  readonly substatus?: number;
  readonly charge?: number;
  readonly retryAfterMs?: number;
};

/** An error as the service words it: a code by status, and a message. */
export function failureReply(status: number, failure: Failure): Reply {
  const headers: Record<string, string> = {};
  if (failure.substatus !== undefined) headers['x-ms-substatus'] = String(failure.substatus);
  if (failure.retryAfterMs !== undefined) {
    headers['x-ms-retry-after-ms'] = String(failure.retryAfterMs);
  }
  const body = JSON.stringify({ code: CODES[status] ?? 'Error', message: failure.message });
  return { status, charge: failure.charge ?? 0, headers, body };
}

/** The reply to anything this server does not do: it names what, so that nothing passes unseen. */
export function unsupportedReply(what: string): Reply {
  return failureReply(400, { message: `Unsupported by the local Cosmos DB server: ${what}.` });
}

const CODES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  412: 'PreconditionFailed',
  413: 'RequestEntityTooLarge',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};
