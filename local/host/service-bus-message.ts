// A Service Bus message as the host hands it to a function with `cardinality: 'one'`.
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { TypedData } from './core-module.ts';
import type { TriggerData } from './invocation.ts';

/** The body as text, and everything else as metadata. */
export function triggerDataOf(message: ServiceBusReceivedMessage): TriggerData {
  const body = bodyText(message.body);
  return { data: { string: body }, metadata: { ...metadataOf(message), ...bodyFields(body) } };
}

/** The receiver is told not to parse bodies, so that they are bytes as they were sent. */
function bodyText(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Absent values are left out; delivery counts begin at 1, as .NET counts them. */
function metadataOf(message: ServiceBusReceivedMessage): Record<string, TypedData> {
  const texts = {
    MessageId: message.messageId?.toString(),
    SessionId: message.sessionId,
    LockToken: message.lockToken,
    ContentType: message.contentType,
    CorrelationId: message.correlationId?.toString(),
    Subject: message.subject,
    Label: message.subject,
    ReplyTo: message.replyTo,
    To: message.to,
    PartitionKey: message.partitionKey,
    DeadLetterSource: message.deadLetterSource,
    EnqueuedTimeUtc: message.enqueuedTimeUtc?.toISOString().replace('Z', ''),
    EnqueuedTime: message.enqueuedTimeUtc?.toISOString(),
    ExpiresAtUtc: message.expiresAtUtc?.toISOString().replace('Z', ''),
    ExpiresAt: message.expiresAtUtc?.toISOString(),
  };
  const metadata: Record<string, TypedData> = {
    DeliveryCount: { int: (message.deliveryCount ?? 0) + 1 },
    SequenceNumber: { int: message.sequenceNumber?.toNumber() ?? 0 },
    ApplicationProperties: { json: JSON.stringify(message.applicationProperties ?? {}) },
  };
  for (const [name, text] of Object.entries(texts)) {
    if (text !== undefined && text !== '') metadata[name] = { string: text };
  }
  return metadata;
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
