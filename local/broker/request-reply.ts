// Requests and replies over a pair of links, as the $cbs and $management nodes use them.
// What a client sent is unknown here until it is decoded.
import rhea from 'rhea';
import type { Connection, Sender } from 'rhea';

/** A decoded request; `field` and `property` give undefined for what is not there. */
export type Request = {
  readonly messageId: string | undefined;
  readonly replyTo: string | undefined;
  /** An entry of the map in the body. */
  readonly field: (name: string) => unknown;
  /** An application property. */
  readonly property: (name: string) => unknown;
};

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Decodes the bytes of a request message. */
export function decodeRequest(bytes: unknown): Request {
  if (!Buffer.isBuffer(bytes)) throw new TypeError('rhea decoded a message it should hand on');
  const message = rhea.message.decode(bytes);
  const body = entriesOf(message['body']);
  const properties = entriesOf(message['application_properties']);
  return {
    messageId: textOf(message['message_id']),
    replyTo: textOf(message['reply_to']),
    field: (name) => body.get(name),
    property: (name) => properties.get(name),
  };
}

/**
 * Answers a request on the link it names: the name of the client's receiving link, by the SDK's
 * convention. A client that has closed that link gets no answer.
 */
export function sendReply(
  connection: Connection,
  request: Request,
  properties: Readonly<Record<string, unknown>>,
  body?: Readonly<Record<string, unknown>>,
): void {
  const link = connection.find_sender((sender: Sender) => sender.name === request.replyTo);
  if (link === undefined || request.messageId === undefined) return;
  link.send({
    correlation_id: request.messageId,
    application_properties: properties,
    body: body ?? null,
  });
}
