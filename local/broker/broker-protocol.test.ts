// The broker as a client sees it that is not the SDK: plain rhea, and bytes that are no AMQP at all.
import { once } from 'node:events';
import { connect } from 'node:net';
import rhea from 'rhea';
import type { Connection, Delivery, EventContext, Receiver } from 'rhea';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBroker } from './fixtures/test-broker.ts';

const SESSION_FILTER = 'com.microsoft:session-filter';
/** The deliveries rhea remembers until they are settled, on either side. */
const RING_SIZE = 2_048;

function connectPlain(
  port: number,
  options: { readonly session_buffer_size?: number } = {},
): Connection {
  const container = rhea.create_container();
  const connection = container.connect({ host: '127.0.0.1', port, reconnect: false, ...options });
  connection.on('disconnected', () => undefined);
  onTestFinished(() => connection.close());
  return connection;
}

/** Calls back with every delivery of a receiver; resolves once `enough` says so. */
function collect(
  receiver: Receiver,
  onDelivery: (deliveries: readonly Delivery[]) => void,
  enough: number,
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  return new Promise((resolve) => {
    receiver.on('message', ({ delivery }: EventContext) => {
      if (delivery === undefined) return;
      deliveries.push(delivery);
      onDelivery(deliveries);
      if (deliveries.length === enough) resolve(deliveries);
    });
  });
}

describe('flow', () => {
  test('more credit than either side can remember stalls until something is settled', async () => {
    const { broker, send } = await openBroker();
    await send('plain', ...Array.from({ length: 3_000 }, (_, body) => ({ body })));
    const receiver = connectPlain(broker.port).open_receiver({
      source: 'plain',
      credit_window: 0,
      autoaccept: false,
    });
    receiver.add_credit(3_500);
    const settleWhenFull = (deliveries: readonly Delivery[]) => {
      if (deliveries.length === RING_SIZE) deliveries.forEach((delivery) => delivery.accept());
    };
    const deliveries = await collect(receiver, settleWhenFull, 3_000);
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(3_000);
    const drained = once(receiver, 'receiver_drained');
    receiver.drain_credit();
    await drained;
    expect(receiver.has_credit()).toBe(false);
    deliveries.slice(RING_SIZE).forEach((delivery) => delivery.accept());
    await broker.idle();
  });

  test('a client with a small window gets what its credit allows, and then its drain answer', async () => {
    const { broker, send } = await openBroker();
    await send('plain', ...Array.from({ length: 80 }, (_, body) => ({ body })));
    const connection = connectPlain(broker.port, { session_buffer_size: 10 });
    const receiver = connection.open_receiver({ source: 'plain', credit_window: 0 });
    receiver.add_credit(50);
    const all = collect(receiver, () => undefined, 50);
    await collect(receiver, () => undefined, 1);
    const drained = once(receiver, 'receiver_drained');
    receiver.drain_credit();
    await drained;
    expect(await all).toHaveLength(50);
    receiver.close();
    await once(receiver, 'receiver_close');
    expect(broker.depths()['plain']).toMatchObject({ active: 30, locked: 0 });
  });

  test('a drain is answered also when the last credit was just used', async () => {
    const { broker, send } = await openBroker();
    await send('plain', { body: 1 });
    const receiver = connectPlain(broker.port).open_receiver({
      source: 'plain',
      credit_window: 0,
      snd_settle_mode: 1,
    });
    receiver.add_credit(1);
    await collect(receiver, () => undefined, 1);
    const drained = once(receiver, 'receiver_drained');
    receiver.drain_credit();
    await drained;
    expect(broker.depths()['plain']).toMatchObject({ active: 0 });
  });
});

describe('closing', () => {
  test('outcomes in the same packet as the detach count', async () => {
    const { broker, send } = await openBroker();
    await send('sessions', { body: 1, sessionId: 'a' }, { body: 2, sessionId: 'a' });
    const receiver = connectPlain(broker.port).open_receiver({
      source: { address: 'sessions', filter: { [SESSION_FILTER]: 'a' } },
      credit_window: 0,
      autoaccept: false,
      rcv_settle_mode: 1,
    });
    receiver.add_credit(2);
    const [first] = await collect(receiver, () => undefined, 2);
    first?.accept();
    receiver.close();
    await once(receiver, 'receiver_close');
    expect(broker.depths()['sessions']).toMatchObject({ active: 1, locked: 0 });
  });
});

describe('hostile clients', () => {
  test('bytes that are no AMQP end their own connection only', async () => {
    const { broker, client, send } = await openBroker({ mayWarn: true });
    const badFrame =
      'AMQP\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0009\u0002\u0000\u0000\u0000\u00ff';
    for (const bytes of ['GET / HTTP/1.1\r\n\r\n', badFrame]) {
      const socket = connect(broker.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(bytes, 'latin1');
      await once(socket.resume(), 'close');
    }
    await send('plain', { body: 1 });
    expect(await client.createReceiver('plain').peekMessages(1)).toHaveLength(1);
  });
});
