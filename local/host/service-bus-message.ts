// A Service Bus message as the host hands it to a function with `cardinality: 'one'`.
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { TypedData } from './core-module.ts';
import type { TriggerData } from './invocation.ts';

/** The body as text, or as bytes, and everything else as metadata. */
export function triggerDataOf(message: ServiceBusReceivedMessage, isBinary: boolean): TriggerData {
  const bytes = bodyBytes(message.body);
  if (isBinary) return { data: { bytes }, metadata: metadataOf(message) };
  const body = bytes.toString('utf8');
  return { data: { string: body }, metadata: { ...metadataOf(message), ...bodyFields(body) } };
}

/** The receiver is told not to parse bodies: they are bytes, but for those sent as AMQP values. */
function bodyBytes(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.length);
  return Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''), 'utf8');
}

/** Absent and empty values are left out; delivery counts begin at 1, as .NET counts them. */
function metadataOf(message: ServiceBusReceivedMessage): Record<string, TypedData> {
  const properties = JSON.stringify(message.applicationProperties ?? {});
  const metadata: Record<string, TypedData> = {
    DeliveryCount: { int: (message.deliveryCount ?? 0) + 1 },
    SequenceNumber: { int: message.sequenceNumber?.toNumber() ?? 0 },
    ApplicationProperties: { json: properties },
    UserProperties: { json: properties },
  };
  for (const [name, text] of Object.entries(textsOf(message))) {
    if (text !== undefined && text !== '') metadata[name] = { string: text };
  }
  return metadata;
}

function textsOf(message: ServiceBusReceivedMessage): Record<string, string | undefined> {
  const enqueued = message.enqueuedTimeUtc?.toISOString();
  const expires = message.expiresAtUtc?.toISOString();
  return {
    MessageId: message.messageId?.toString(),
    SessionId: message.sessionId,
    LockToken: message.lockToken,
    ContentType: message.contentType,
    CorrelationId: message.correlationId?.toString(),
    Subject: message.subject,
    Label: message.subject,
    ReplyTo: message.replyTo,
    ReplyToSessionId: message.replyToSessionId,
    To: message.to,
    PartitionKey: message.partitionKey,
    DeadLetterSource: message.deadLetterSource,
    EnqueuedTimeUtc: enqueued?.replace('Z', ''),
    EnqueuedTime: enqueued,
    ExpiresAtUtc: expires?.replace('Z', ''),
    ExpiresAt: expires,
  };
}

/** The host lays the top-level fields of a JSON body over the metadata, arrays excepted. */
function bodyFields(body: string): Record<string, TypedData> {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {};
  const fields = Object.entries(parsed).filter(
    ([, value]) => !Array.isArray(value) && value !== null,
  );
  return Object.fromEntries(
    fields.map(([name, value]) => [
      name,
      typeof value === 'string' ? { string: value } : { json: JSON.stringify(value) },
    ]),
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
