// Answers the links that clients attach on one connection, and cleans up behind them.
// It must never leave a session locked for a link or a connection that is gone.
import type { Connection, EventContext, Receiver, Sender } from 'rhea';
import { parseAddress } from './addresses.ts';
import type { Address } from './addresses.ts';
import type { BrokerContext } from './broker-context.ts';
import { Consumer } from './consumer.ts';
import { answerManagement } from './management.ts';
import { receiveMessages } from './producer.ts';
import type { SubQueue } from './queue-entity.ts';
import type { SessionHold } from './queued-message.ts';
import { grantAttach, refuseAttach } from './rhea-overrides.ts';
import { refusals } from './service-bus-errors.ts';
import { grantSession, readSessionRequest } from './session-attach.ts';
import type { SessionRequest } from './session-attach.ts';
import { answerTokens } from './token-service.ts';

/** Serves a connection; call `close` on the result once its socket has closed. */
export function serveLinks(
  connection: Connection,
  broker: BrokerContext,
): { readonly close: () => void } {
  const receiving = new Map<Sender, SubQueue>();
  const forget = (sender: Sender) => {
    const subQueue = receiving.get(sender);
    if (subQueue === undefined) return;
    receiving.delete(sender);
    const wasWaiting = broker.waitingFor(subQueue).remove(sender);
    if (wasWaiting && sender.session.is_open()) refuseAttach(sender, refusals.noSession());
    broker.consumers.get(sender)?.close();
    broker.consumers.delete(sender);
  };
  connection.on('receiver_open', ({ receiver }: EventContext) => {
    if (receiver !== undefined) openProducer(receiver, broker);
  });
  connection.on('sender_open', ({ sender }: EventContext) => {
    if (sender === undefined) return;
    const subQueue = openConsumer(sender, broker);
    if (subQueue !== undefined) receiving.set(sender, subQueue);
  });
  connection.on('sender_close', ({ sender }: EventContext) => {
    if (sender !== undefined) afterDispositions(() => forget(sender));
  });
  connection.on('session_close', ({ session }: EventContext) => {
    afterDispositions(() => {
      for (const sender of receiving.keys()) if (sender.session === session) forget(sender);
    });
  });
  return { close: () => [...receiving.keys()].forEach(forget) };
}

/**
 * rhea tells of dispositions on the next tick but of a detach at once, so a settlement sent just
 * before the detach would come too late.
 */
function afterDispositions(cleanUp: () => void): void {
  process.nextTick(cleanUp);
}

function findSubQueue(
  { entity, deadLetter }: Extract<Address, { readonly entity: string }>,
  broker: BrokerContext,
): SubQueue | undefined {
  const queue = broker.entities.receivable(entity);
  return deadLetter ? queue?.deadLetters : queue?.main;
}

/** A client sends on this link. */
function openProducer(receiver: Receiver, broker: BrokerContext): void {
  const name = receiver.target?.address ?? '';
  const address = parseAddress(name);
  if (address.kind === 'token-service') {
    grantAttach(receiver, {});
    answerTokens(receiver);
    return;
  }
  const subQueue = findSubQueue(address, broker);
  if (address.kind === 'management') {
    if (subQueue === undefined) return refuseAttach(receiver, refusals.notFound(name));
    grantAttach(receiver, {});
    return answerManagement(receiver, subQueue, broker);
  }
  const target = broker.entities.sendable(address.entity);
  if (target !== undefined && !address.deadLetter) {
    grantAttach(receiver, { maxMessageBytes: target.maxMessageBytes });
    receiveMessages(receiver, target, broker);
  } else if (subQueue === undefined) {
    refuseAttach(receiver, refusals.notFound(name));
  } else {
    const what = address.deadLetter ? 'a dead-letter queue' : 'a subscription';
    refuseAttach(receiver, refusals.notAllowed(`Nothing can be sent to ${what}.`));
  }
}

/** A client receives on this link; gives the queue it now has a claim on, or waits for. */
function openConsumer(sender: Sender, broker: BrokerContext): SubQueue | undefined {
  const name = sender.source?.address ?? '';
  const address = parseAddress(name);
  if (address.kind === 'token-service') {
    grantAttach(sender, {});
    return undefined;
  }
  const subQueue = findSubQueue(address, broker);
  if (subQueue === undefined) {
    const isTopic = broker.entities.sendable(address.entity) !== undefined;
    const rule = `'${name}' is a topic: its subscriptions are received from.`;
    refuseAttach(sender, isTopic ? refusals.notAllowed(rule) : refusals.notFound(name));
    return undefined;
  }
  if (address.kind === 'management') {
    grantAttach(sender, {});
    return undefined;
  }
  const request = readSessionRequest(sender);
  if (subQueue.requiresSession !== (request !== undefined)) {
    const rule = subQueue.requiresSession ? 'requires sessions' : 'does not support sessions';
    refuseAttach(sender, refusals.notAllowed(`The entity '${name}' ${rule}.`));
    return undefined;
  }
  if (request === undefined) {
    consume(sender, subQueue, undefined, broker);
    grantAttach(sender, {});
  } else {
    openSession(sender, subQueue, request, broker);
  }
  return subQueue;
}

function consume(
  sender: Sender,
  subQueue: SubQueue,
  hold: SessionHold | undefined,
  broker: BrokerContext,
): void {
  broker.consumers.set(sender, new Consumer(sender, subQueue, hold, broker));
}

function openSession(
  sender: Sender,
  subQueue: SubQueue,
  { sessionId, waitMilliseconds }: SessionRequest,
  broker: BrokerContext,
): void {
  const attempt = () => {
    const granted = subQueue.queue.accept(sessionId, sender.name, broker.now());
    if (granted === 'none') return false;
    if (granted === 'held') {
      refuseAttach(sender, refusals.sessionHeld(sessionId ?? ''));
      return true;
    }
    consume(sender, subQueue, granted, broker);
    grantSession(sender, granted.sessionId, granted.lockedUntil);
    return true;
  };
  broker.advance();
  if (attempt()) return;
  broker
    .waitingFor(subQueue)
    .add(sender, attempt, waitMilliseconds, () => refuseAttach(sender, refusals.noSession()));
}
