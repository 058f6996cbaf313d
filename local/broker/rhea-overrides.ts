// Everything that reaches into rhea 3.0.5's internals: one function per override or use.
// It must never patch a shared prototype: the Service Bus SDK in the same process uses rhea too.
import type { Socket } from 'node:net';
import rhea from 'rhea';
import type { AmqpError, Connection, Container, Delivery, Receiver, Sender, Session } from 'rhea';
import { assertInternals } from './rhea-internals.ts';
import type {
  Outgoing,
  LinkInternals,
  SenderInternals,
  SessionInternals,
  ConnectionInternals,
  OutcomeFactories,
} from './rhea-internals.ts';

/**
 * The format number under which plain messages are handed on: rhea decodes format 0 itself and
 * loses the AMQP types, any other format it passes on as bytes.
 */
const PLAIN_AS_BYTES = 1;

const drains = new WeakMap<Sender, { requested: boolean; answering: boolean; writing: boolean }>();

/** Makes a server-side AMQP connection on an accepted socket, with every override in place. */
export function acceptConnection(container: Container, socket: Socket): Connection {
  const connection = container.create_connection();
  assertInternals<ConnectionInternals>(connection, [
    'create_session',
    'input',
    'output',
    'accept',
    'heartbeat_out',
    '_process',
    '_write_frame',
  ]);
  const createSession = connection.create_session.bind(connection);
  connection.create_session = (bufferSize) => {
    const session = createSession(bufferSize);
    overrideSession(session);
    return session;
  };
  writeOncePerPass(connection, socket);
  acknowledgeReads(connection, socket);
  stopHeartbeat(connection, socket);
  connection.accept(socket);
  return connection;
}

/** rhea writes to the socket frame by frame; one write per pass saves most of the system calls. */
function writeOncePerPass(connection: Connection & ConnectionInternals, socket: Socket): void {
  const process = connection._process.bind(connection);
  const output = connection.output.bind(connection);
  let processing = false;
  connection.output = () => {
    if (!processing && !socket.destroyed) output();
  };
  connection._process = () => {
    processing = true;
    socket.cork();
    try {
      process();
    } finally {
      processing = false;
      connection.output();
      socket.uncork();
    }
  };
}

/**
 * The SDK's socket keeps Nagle's algorithm on: unless something is written back, the delayed
 * acknowledgment costs it 40 ms. An empty frame (AMQP 1.0, 2.4.5) makes the acknowledgment leave.
 */
function acknowledgeReads(connection: Connection & ConnectionInternals, socket: Socket): void {
  const input = connection.input.bind(connection);
  let checking = false;
  connection.input = (bytes) => {
    const written = socket.bytesWritten;
    input(bytes);
    if (checking) return;
    checking = true;
    // After rhea's own pass (next tick) and after the turn's replies (an earlier immediate).
    process.nextTick(() =>
      setImmediate(() => {
        checking = false;
        if (socket.bytesWritten === written && connection.is_open()) connection._write_frame();
      }),
    );
  };
}

/** rhea does not notice a socket destroyed here, and its heartbeat would hold up the process. */
function stopHeartbeat(connection: ConnectionInternals, socket: Socket): void {
  socket.on('close', () => clearTimeout(connection.heartbeat_out));
}

function overrideSession(session: Session): void {
  assertInternals<SessionInternals>(session, [
    'outgoing',
    'create_link',
    'on_transfer',
    '_write_flow',
  ]);
  const createLink = session.create_link.bind(session);
  session.create_link = (name, constructor, options) => {
    const link = createLink(name, constructor, options);
    holdAttachReply(link);
    if (isSender(link)) answerDrains(session, link);
    return link;
  };
  const onTransfer = session.on_transfer.bind(session);
  session.on_transfer = (frame) => {
    if (frame.performative.message_format === 0) frame.performative.message_format = PLAIN_AS_BYTES;
    onTransfer(frame);
  };
  forgetSettledDeliveries(session.outgoing);
}

function isSender(link: Sender | Receiver): link is Sender {
  return link.is_sender();
}

/** rhea answers an attach before the handler runs; a session may have to be waited for. */
function holdAttachReply(link: Sender | Receiver): void {
  assertInternals<LinkInternals>(link, ['on_attach', 'local']);
  const onAttach = link.on_attach.bind(link);
  const open = link.open.bind(link);
  link.on_attach = (frame) => {
    // rhea's own call comes first, before it tells the handler, whose call then counts.
    link.open = () => {
      link.open = open;
    };
    onAttach(frame);
  };
}

/**
 * The client never repeats a settlement, so rhea would keep every delivery until its ring of 2,048
 * is full. What the broker has settled it may forget.
 */
function forgetSettledDeliveries(outgoing: Outgoing): void {
  assertInternals<Outgoing>(outgoing, [
    'next_delivery_id',
    'next_pending_delivery',
    'available',
    'update',
  ]);
  const update = outgoing.update.bind(outgoing);
  outgoing.update = (delivery, settled, state) => {
    update(delivery, settled, state);
    if (settled) delivery.remote_settled = true;
  };
}

/**
 * rhea leaves a drain unanswered when the credit is just used up, and the SDK then gives up its
 * session. Here every drain is answered, after what was sent before it.
 */
function answerDrains(session: Session & SessionInternals, sender: Sender): void {
  assertInternals<SenderInternals>(sender, [
    'credit',
    'delivery_count',
    'on_flow',
    'dispatch',
    '_process',
    '_get_drain',
  ]);
  const drain = { requested: false, answering: false, writing: false };
  drains.set(sender, drain);
  sender.on_flow = ({ performative: flow }) => {
    sender.credit = (flow.delivery_count ?? 0) + (flow.link_credit ?? 0) - sender.delivery_count;
    drain.requested = flow.drain === true;
    sender.dispatch('sender_flow');
  };
  sender._get_drain = () => drain.writing;
  const process = sender._process.bind(sender);
  sender._process = () => {
    const { next_pending_delivery: pending, next_delivery_id: next } = session.outgoing;
    if (drain.answering && pending === next && sender.is_open()) {
      drain.answering = false;
      sender.delivery_count += Math.max(0, sender.credit);
      sender.credit = 0;
      drain.writing = true;
      session._write_flow(sender);
      drain.writing = false;
    }
    process();
  };
}

/** Answers a requested drain once everything sent so far is on its way; otherwise does nothing. */
export function answerDrain(sender: Sender): void {
  const drain = drains.get(sender);
  if (drain?.requested !== true) return;
  drain.requested = false;
  drain.answering = true;
  registerForProcessing(sender.connection);
}

function registerForProcessing(connection: Connection): void {
  assertInternals<{ _register(): void }>(connection, ['_register']);
  connection._register();
}

/**
 * How many messages may be sent now: credit, less what is queued but not yet written (rhea counts
 * credit down when it writes), and no more than rhea's ring has room for (it throws when full).
 */
export function sendCapacity(sender: Sender): number {
  const { session } = sender;
  assertInternals<SenderInternals>(sender, ['credit']);
  assertInternals<SessionInternals>(session, ['outgoing']);
  const { next_delivery_id: next, next_pending_delivery: pending } = session.outgoing;
  return Math.max(0, Math.min(sender.credit - (next - pending), session.outgoing.available()));
}

/** What the broker says in its attach reply beside the addresses. */
export type AttachReply = {
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly maxMessageBytes?: number;
};

/** Answers an attach: mirrors the addresses and settle modes, adds what `reply` holds. */
export function grantAttach(link: Sender | Receiver, reply: AttachReply): void {
  assertInternals<LinkInternals>(link, ['local']);
  const { attach } = link.local;
  const { filter } = reply;
  link.set_source({ address: link.source?.address ?? '', ...(filter && { filter }) });
  link.set_target({ address: link.target?.address ?? '' });
  attach.snd_settle_mode = link.snd_settle_mode;
  attach.rcv_settle_mode = link.rcv_settle_mode;
  if (reply.maxMessageBytes !== undefined) attach.max_message_size = reply.maxMessageBytes;
  if (reply.properties !== undefined) attach.properties = reply.properties;
  link.open();
}

/** Refuses an attach as AMQP 1.0 (2.6.3) asks: an attach without terminus, then a detach. */
export function refuseAttach(link: Sender | Receiver, error: AmqpError): void {
  assertInternals<LinkInternals>(link, ['local']);
  link.local.attach.source = null;
  link.local.attach.target = null;
  link.open();
  link.close(error);
}

/** Settles a delivery the client has given an outcome to; an error makes its promise reject. */
export function settleDelivery(delivery: Delivery, error: AmqpError | undefined): void {
  const outcomes: object = rhea.message;
  assertInternals<OutcomeFactories>(outcomes, ['accepted', 'rejected']);
  const outcome = error === undefined ? outcomes.accepted() : outcomes.rejected({ error });
  delivery.update(true, outcome.described());
}
