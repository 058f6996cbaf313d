// Turns the table of triggers into registrations with the Functions library: the only file that
// calls it.
import { app as functions } from '@azure/functions';
import type { Topology } from '../infra/topology.ts';
import type { App } from './composition.ts';
import { httpHandler, preflightHandler } from './http.ts';
import { guarded } from './policy.ts';
import type { Trigger } from './trigger.ts';

/** Registers every trigger, and lets go of the app when the host ends. */
export function register(triggers: readonly Trigger[], app: App, topology: Topology): void {
  for (const trigger of triggers) registerTrigger(trigger, app, topology);
  functions.hook.appTerminate(() => app.close());
}

function registerTrigger(trigger: Trigger, app: App, topology: Topology): void {
  switch (trigger.kind) {
    case 'http':
      functions.http(trigger.name, {
        methods: [trigger.method],
        route: trigger.route,
        // The app checks tokens itself, whatever stands in front (SPEC §7).
        authLevel: 'anonymous',
        handler: httpHandler(guarded(trigger), app),
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
        handler: (body, context) => trigger.runs(body, app, context),
      });
      return;
    case 'timer':
      functions.timer(trigger.name, {
        schedule: trigger.schedule,
        handler: (_timer, context) => trigger.runs(app, context),
      });
      return;
  }
}

function isSessionQueue(name: string, topology: Topology): boolean {
  const queue = topology.serviceBus.queues.find((known) => known.name === name);
  if (queue === undefined) throw new Error(`topology.json has no queue ${name}`);
  return queue.requiresSession;
}
