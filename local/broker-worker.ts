// The thread of the broker.
import { startBroker } from './broker/broker.ts';
import { serveThread } from './server-thread.ts';

await serveThread(startBroker);
