// The dead letters of a queue (SPEC §8): looked at, and put on the queue again as they were. They
// have no sessions, whatever their queue has.
import type {
  ServiceBusMessage,
  ServiceBusReceivedMessage,
  ServiceBusReceiver,
  ServiceBusSender,
} from '@azure/service-bus';
import Long from 'long';
import {
  BURIED,
  type DeadLetter,
  type DeadLetters,
  type Fate,
  type Replayed,
} from '../../application/ports.ts';
import { browse } from './browse.ts';
import { type OpenServiceBus, senderTo } from './client.ts';
import { asking } from './failure.ts';

/** Looked through for those asked for by number. */
const SCANNED_MAX = 1_000;
/** Looked at to decide about each, with one request and at all. */
const LOOKED_AT_ONCE = 100;
const DECIDED_MAX = 10_000;
/** Taken at once; more would sit under lock while the first are sent. */
const TAKEN_AT_ONCE = 50;
/** Milliseconds to wait for messages that were there a moment ago. */
const WAIT = 500;
/** Milliseconds; the least there is. */
const BURIED_TIME_TO_LIVE = 1;
/** What was added to a message when it was given up on. */
const ADDED = new Set(['DeadLetterReason', 'DeadLetterErrorDescription', BURIED]);

/** The dead letters of one queue. */
export function deadLetters(open: OpenServiceBus, queue: string): DeadLetters {
  // Bodies are bytes: what is sent again is what came, not what reading made of it.
  const receiver = async () =>
    (await open()).createReceiver(queue, {
      subQueueType: 'deadLetter',
      skipParsingBodyAsJson: true,
    });
  let browsing: Promise<ServiceBusReceiver> | null = null;
  const browser = () => (browsing ??= receiver());
  const sender = senderTo(queue, open);
  return {
    peek: (from, limit) =>
      asking(async () =>
        (await browse(await browser(), Long.fromString(from), limit)).map(deadLetterOf),
      ),
    replay: (which, limit) =>
      asking(async () => {
        const links = {
          browser: await browser(),
          receiver: await receiver(),
          sender: await sender(),
        };
        try {
          return await replay(which, limit, links);
        } finally {
          await links.receiver.close();
        }
      }),
    async decide(fateOf) {
      const { fates, count } = await fatesOf(fateOf, () => browser());
      if (fates.size === 0) return 0;
      return asking(async () => {
        const taking = await receiver();
        try {
          return await carryOut(fates, count, taking, await sender());
        } finally {
          await taking.close();
        }
      });
    },
    // Nobody can send to dead letters; but a message that expires at once becomes one. Its session
    // is under lock as long as this is called from it, so that nobody can receive it before.
    bury: (body, sessionId, why) =>
      asking(async () =>
        (await sender()).sendMessages({
          body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8'),
          sessionId,
          timeToLive: BURIED_TIME_TO_LIVE,
          applicationProperties: { [BURIED]: why },
        }),
      ),
  };
}

type Links = {
  readonly browser: ServiceBusReceiver;
  readonly receiver: ServiceBusReceiver;
  readonly sender: ServiceBusSender;
};

async function replay(
  which: readonly string[] | 'all',
  limit: number,
  { browser, receiver, sender }: Links,
): Promise<Replayed> {
  const all = await browse(browser, Long.ZERO, SCANNED_MAX);
  const wanted = new Set(which === 'all' ? all.map(numberOf) : which);
  const last = all.findLastIndex((message) => wanted.has(numberOf(message)));
  const passedOver: ServiceBusReceivedMessage[] = [];
  let replayed = 0;
  for (let left = last + 1; left > 0 && replayed < limit; ) {
    const room = which === 'all' ? limit - replayed : left;
    const most = Math.min(TAKEN_AT_ONCE, left, room);
    const taken = await receiver.receiveMessages(most, { maxWaitTimeInMs: WAIT });
    if (taken.length === 0) break;
    left -= taken.length;
    for (const message of taken) {
      if (!wanted.delete(numberOf(message))) {
        passedOver.push(message);
        continue;
      }
      // Sent before it is taken away: at worst it is there twice, and told twice does no harm.
      await sender.sendMessages(again(message));
      await receiver.completeMessage(message);
      replayed += 1;
    }
  }
  for (const message of passedOver) await receiver.abandonMessage(message);
  const more = (await browser.peekMessages(1, { fromSequenceNumber: Long.ZERO })).length > 0;
  return { replayed, notFound: which === 'all' ? [] : [...wanted], more };
}

/** What is to become of which, and how many there are up to the last of them. */
async function fatesOf(
  fateOf: (letter: DeadLetter) => Promise<Fate>,
  browser: () => Promise<ServiceBusReceiver>,
): Promise<{ readonly fates: ReadonlyMap<string, Fate>; readonly count: number }> {
  const fates = new Map<string, Fate>();
  let [seen, count] = [0, 0];
  for (let from = Long.ZERO; ; ) {
    const page = await asking(async () => browse(await browser(), from, LOOKED_AT_ONCE));
    const last = page.at(-1)?.sequenceNumber;
    if (last === undefined) return { fates, count };
    if (seen + page.length > DECIDED_MAX) {
      throw new Error(`more than ${DECIDED_MAX} dead letters: replay them, then do this again`);
    }
    for (const message of page) {
      seen += 1;
      const fate = await fateOf(deadLetterOf(message));
      if (fate.kind === 'stays') continue;
      fates.set(numberOf(message), fate);
      count = seen;
    }
    from = last.add(1);
  }
}

async function carryOut(
  fates: ReadonlyMap<string, Fate>,
  count: number,
  receiver: ServiceBusReceiver,
  sender: ServiceBusSender,
): Promise<number> {
  const passedOver: ServiceBusReceivedMessage[] = [];
  let done = 0;
  for (let left = count; left > 0; ) {
    const most = Math.min(TAKEN_AT_ONCE, left);
    const taken = await receiver.receiveMessages(most, { maxWaitTimeInMs: WAIT });
    if (taken.length === 0) break;
    left -= taken.length;
    for (const message of taken) {
      const fate = fates.get(numberOf(message));
      if (fate === undefined) {
        passedOver.push(message);
        continue;
      }
      if (fate.kind === 'again') {
        const body = Buffer.from(JSON.stringify(fate.body), 'utf8');
        await sender.sendMessages({ ...again(message), body });
      }
      await receiver.completeMessage(message);
      done += 1;
    }
  }
  for (const message of passedOver) await receiver.abandonMessage(message);
  return done;
}

function numberOf({ sequenceNumber }: ServiceBusReceivedMessage): string {
  return (sequenceNumber ?? Long.ZERO).toString();
}

/** The message as it was sent, without what was added since. */
function again(message: ServiceBusReceivedMessage): ServiceBusMessage {
  const { body, contentType, sessionId, messageId, correlationId, subject } = message;
  const properties = Object.entries(message.applicationProperties ?? {});
  return {
    body,
    applicationProperties: Object.fromEntries(properties.filter(([name]) => !ADDED.has(name))),
    ...(contentType === undefined ? {} : { contentType }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(subject === undefined ? {} : { subject }),
  };
}

function deadLetterOf(message: ServiceBusReceivedMessage): DeadLetter {
  const why = message.applicationProperties?.[BURIED];
  const { deadLetterReason, deadLetterErrorDescription } = message;
  return {
    sequenceNumber: numberOf(message),
    messageId: message.messageId?.toString() ?? null,
    reason: typeof why === 'string' ? 'Unreadable' : (deadLetterReason ?? null),
    description: typeof why === 'string' ? why : (deadLetterErrorDescription ?? null),
    deliveryCount: message.deliveryCount ?? 0,
    enqueuedAt: message.enqueuedTimeUtc?.toISOString() ?? null,
    body: bodyOf(message.body),
  };
}

function bodyOf(body: unknown): unknown {
  if (!(body instanceof Uint8Array)) return body;
  const text = Buffer.from(body).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
