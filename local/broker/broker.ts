// The local Service Bus: queues and topics over AMQP 1.0 on loopback, for the unmodified Service Bus SDK.
// It must never be used as a service: it takes every token and listens without TLS.
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import rhea from 'rhea';
import type { Container, Sender } from 'rhea';
import type { BrokerContext } from './broker-context.ts';
import type { Consumer } from './consumer.ts';
import { Entities, type EntityTopology } from './entities.ts';
import { serveLinks } from './links.ts';
import { LockTokens } from './lock-token.ts';
import { MessageStore } from './message-store.ts';
import type { QueueDepth, QueueEntity, SubQueue } from './queue-entity.ts';
import type { SessionHold } from './queued-message.ts';
import { acceptConnection } from './rhea-overrides.ts';
import { SessionWaiting } from './session-waiting.ts';
import { Turn } from './turn.ts';

export type { QueueDepth } from './queue-entity.ts';

/** All but the clock can be sent to a worker thread. */
export type BrokerOptions = EntityTopology & {
  /** The SQLite file that holds the messages, or ':memory:'. */
  readonly dataFile: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The clock for locks, schedules and expiry, in milliseconds since 1970. */
  readonly now?: () => number;
};

/** A running broker. */
export type Broker = {
  readonly port: number;
  readonly connectionString: string;
  /** How many messages each queue and subscription holds, by its path. */
  depths(): Readonly<Record<string, QueueDepth>>;
  /**
   * Resolves when none of these queues and subscriptions, or of all, has an active or due scheduled
   * message; dead letters do not count. It never settles once the broker is closed.
   */
  idle(paths?: readonly string[]): Promise<void>;
  /** Fault: drops all TCP connections. */
  severConnections(): void;
  /** Fault: every session and message lock is lost now. */
  expireLocks(): void;
  /** Commits, drops all connections and releases port and file. */
  close(): Promise<void>;
};

const DEFAULT_HOST = '127.0.0.1';
/** How late, at most, an expired lock or a due message is noticed when nothing else happens. */
const TICK_MILLISECONDS = 100;

/** Opens the store and listens. Rejects when the port or the file is taken. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const running = new RunningBroker(options);
  const sockets = new Set<Socket>();
  const container = rhea.create_container({
    id: 'local-service-bus',
    autoaccept: false,
    treat_modified_as_released: false,
    tcp_no_delay: true,
  });
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, container, running.context);
  });
  const host = options.host ?? DEFAULT_HOST;
  const port = await listen(server, options.port, host).catch((error: unknown) => {
    running.stop();
    throw error;
  });
  const severConnections = () => sockets.forEach((socket) => socket.destroy());
  return {
    port,
    connectionString: `Endpoint=sb://${host}:${port};SharedAccessKeyName=local;SharedAccessKey=local;UseDevelopmentEmulator=true`,
    depths: () => running.depths(),
    idle: (paths) => running.idle(paths),
    severConnections,
    expireLocks: () => running.expireLocks(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      severConnections();
      await closed;
      running.stop();
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return address.port;
}

function serve(socket: Socket, container: Container, context: BrokerContext): void {
  const connection = acceptConnection(container, socket);
  const links = serveLinks(connection, context);
  // A socket destroyed here tells rhea nothing, so its own 'disconnected' cannot be relied on.
  socket.on('close', () => links.close());
  // What a client says on leaving needs no answer, but rhea throws when nobody listens.
  const farewells = ['connection_error', 'session_error', 'sender_error', 'receiver_error'];
  for (const event of ['disconnected', ...farewells]) connection.on(event, () => undefined);
  for (const event of ['error', 'protocol_error']) {
    connection.on(event, (error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
      socket.destroy();
    });
  }
}

/** Who waits for some queues to be empty. */
type Waiting = { readonly queues: readonly QueueEntity[]; readonly resolve: () => void };

/** The queues, what they share, and the clock tick that drives them. */
class RunningBroker {
  readonly context: BrokerContext;
  readonly #store: MessageStore;
  readonly #entities: Entities;
  readonly #subQueues: readonly SubQueue[];
  readonly #consumers = new Map<Sender, Consumer>();
  readonly #waiting: ReadonlyMap<SubQueue, SessionWaiting>;
  readonly #tick: NodeJS.Timeout;
  #awaitingIdle: Waiting[] = [];

  constructor({ dataFile, now = Date.now, ...topology }: BrokerOptions) {
    this.#store = new MessageStore(dataFile);
    let lastLockId = 0;
    const nextLockId = () => {
      lastLockId += 1;
      return lastLockId;
    };
    this.#entities = new Entities(topology, this.#store, nextLockId, now());
    this.#subQueues = this.#entities.queues.flatMap(({ main, deadLetters }) => [main, deadLetters]);
    this.#waiting = new Map(this.#subQueues.map((subQueue) => [subQueue, new SessionWaiting()]));
    const turn = new Turn(
      () => this.#commit(),
      () => this.#deliver(),
    );
    this.context = {
      now,
      turn,
      lockTokens: new LockTokens(),
      commit: () => this.#store.commit(),
      advance: () => this.#advance(),
      entities: this.#entities,
      consumers: this.#consumers,
      waitingFor: (subQueue) => this.#waitingFor(subQueue),
    };
    this.#tick = setInterval(() => turn.request(), TICK_MILLISECONDS);
  }

  depths(): Readonly<Record<string, QueueDepth>> {
    this.#advance();
    return Object.fromEntries(
      this.#entities.queues.map((entity) => [entity.topology.name, entity.depth()]),
    );
  }

  idle(paths?: readonly string[]): Promise<void> {
    this.context.turn.request();
    const queues = this.#entities.queues.filter(
      ({ topology }) => paths === undefined || paths.includes(topology.name),
    );
    if (paths !== undefined && queues.length < new Set(paths).size) {
      return Promise.reject(new Error(`not all of ${paths.join(', ')} are queues`));
    }
    return new Promise((resolve) => this.#awaitingIdle.push({ queues, resolve }));
  }

  expireLocks(): void {
    for (const { queue } of this.#subQueues) this.#detach(queue.expireLocks());
    this.context.turn.request();
  }

  stop(): void {
    clearInterval(this.#tick);
    this.context.turn.stop();
    this.#store.close();
  }

  #waitingFor(subQueue: SubQueue): SessionWaiting {
    const waiting = this.#waiting.get(subQueue);
    if (waiting === undefined) throw new Error('not a queue of this broker');
    return waiting;
  }

  #advance(): void {
    for (const { queue } of this.#subQueues) this.#detach(queue.advance(this.context.now()));
  }

  #detach(lost: readonly SessionHold[]): void {
    if (lost.length === 0) return;
    const holders = new Set(lost.map(({ holder }) => holder));
    for (const consumer of this.#consumers.values()) {
      if (consumer.hold !== undefined && holders.has(consumer.hold.holder)) consumer.loseSession();
    }
  }

  #commit(): void {
    this.#advance();
    this.#store.commit();
  }

  #deliver(): void {
    for (const waiting of this.#waiting.values()) waiting.serve();
    for (const consumer of this.#consumers.values()) consumer.pump();
    this.#store.commit();
    if (this.#awaitingIdle.length === 0) return;
    for (const waiting of this.#awaitingIdle.splice(0)) {
      if (waiting.queues.some((entity) => entity.depth().active > 0)) {
        this.#awaitingIdle.push(waiting);
      } else {
        waiting.resolve();
      }
    }
  }
}
