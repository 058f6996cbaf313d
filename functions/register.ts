// Turns the table of triggers into registrations with the Functions library: the only file that
// calls it.
import { app as functions } from '@azure/functions';
import type { Topology } from '../infra/topology.ts';
import type { App } from './composition.ts';
import { httpHandler, preflightHandler } from './http.ts';
import { guarded } from './policy.ts';
import { traced } from './traced.ts';
import type { Trigger } from './trigger.ts';

/** Registers every trigger, and lets go of the app when the host ends. */
export function register(triggers: readonly Trigger[], app: App, topology: Topology): void {
  if (app.telemetry.isOn) tellLogs(app);
  for (const trigger of triggers) registerTrigger(trigger, app, topology);
  functions.hook.appTerminate(() => app.close());
}

/** What functions log is told from here, within its trace; the host is asked not to do it again. */
function tellLogs({ telemetry }: App): void {
  functions.setup({ capabilities: { WorkerOpenTelemetryEnabled: true } });
  functions.hook.log(({ category, level, message, invocationContext }) => {
    if (category !== 'user') return;
    const name = invocationContext?.functionName ?? '';
    telemetry.log(level, message, { 'faas.name': name });
  });
}

function registerTrigger(trigger: Trigger, app: App, topology: Topology): void {
  switch (trigger.kind) {
    case 'http':
      functions.http(trigger.name, {
        methods: [trigger.method],
        route: trigger.route,
        // The app checks tokens itself, whatever stands in front (SPEC §7).
        authLevel: 'anonymous',
        handler: traced(
          trigger.name,
          {
            'faas.trigger': 'http',
            'http.request.method': trigger.method,
            'http.route': trigger.route,
          },
          app.telemetry,
          httpHandler(guarded(trigger), app),
        ),
      });
      return;
    case 'preflight':
      functions.http(trigger.name, {
        methods: ['OPTIONS'],
        route: trigger.route,
        authLevel: 'anonymous',
        handler: preflightHandler(app),
      });
      return;
    case 'queue':
      functions.serviceBusQueue(trigger.name, {
        connection: topology.serviceBus.connection,
        queueName: trigger.queue,
        cardinality: 'one',
        isSessionsEnabled: isSessionQueue(trigger.queue, topology),
        handler: traced(
          trigger.name,
          { 'faas.trigger': 'pubsub', 'messaging.destination.name': trigger.queue },
          app.telemetry,
          (body: unknown, context) => trigger.runs(body, app, context),
        ),
      });
      return;
    case 'timer':
      functions.timer(trigger.name, {
        schedule: trigger.schedule,
        handler: traced(
          trigger.name,
          { 'faas.trigger': 'timer' },
          app.telemetry,
          (_timer: unknown, context) => trigger.runs(app, context),
        ),
      });
      return;
  }
}

function isSessionQueue(name: string, topology: Topology): boolean {
  const queue = topology.serviceBus.queues.find((known) => known.name === name);
  if (queue === undefined) throw new Error(`topology.json has no queue ${name}`);
  return queue.requiresSession;
}
