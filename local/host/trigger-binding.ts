// Reads the trigger of a function. One that this host does not have, or a binding it would pass
// over, is an error at the start and never a silence.
import type { Binding, FunctionMetadata } from './core-module.ts';
import type { Route } from './route.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

export type QueueTrigger = {
  readonly kind: 'queue';
  readonly queue: string;
  /** Name of the setting that holds the connection string. */
  readonly connection: string;
  readonly connectionString: string;
  readonly isSessionsEnabled: boolean;
  /** Hands over the body as bytes instead of text. */
  readonly isBinary: boolean;
};

export type TimerTrigger = {
  readonly kind: 'timer';
  readonly schedule: Schedule;
  readonly runOnStartup: boolean;
};

export type Trigger =
  | { readonly kind: 'http'; readonly route: Route }
  | QueueTrigger
  | TimerTrigger;

/** The value of an application setting. */
export type SettingOf = (name: string) => string | undefined;

const DEFAULT_METHODS = ['GET', 'POST'];

/** The trigger; throws an error that names the function and what is wrong with it. */
export function triggerOf(
  { name, bindings, retryOptions }: FunctionMetadata,
  settingOf: SettingOf,
): Trigger {
  if (retryOptions !== undefined) refuse(name, 'the embedded host has no retry policies');
  const all = Object.values(bindings);
  const triggers = all.filter(({ type }) => type.endsWith('Trigger'));
  const [trigger] = triggers;
  if (trigger === undefined || triggers.length > 1) refuse(name, 'it has not one trigger');
  const other = all.find((binding) => binding !== trigger && !isHttpOutput(binding));
  if (other !== undefined) refuse(name, `the embedded host has no binding ${other.type}`);
  switch (trigger.type) {
    case 'httpTrigger':
      return { kind: 'http', route: routeOf(name, trigger) };
    case 'serviceBusTrigger':
      return queueTriggerOf(name, trigger, settingOf);
    case 'timerTrigger':
      return timerTriggerOf(name, trigger, settingOf);
  }
  return refuse(name, `the embedded host has no ${trigger.type}`);
}

function isHttpOutput({ type, direction }: Binding): boolean {
  return type === 'http' && direction === 'out';
}

function routeOf(name: string, { methods, route }: Binding): Route {
  return {
    name,
    methods: Array.isArray(methods)
      ? methods.map((method) => String(method).toUpperCase())
      : DEFAULT_METHODS,
    // An empty route counts as none.
    template: typeof route === 'string' && route !== '' ? route : name,
  };
}

function queueTriggerOf(name: string, binding: Binding, settingOf: SettingOf): QueueTrigger {
  const { queueName, connection, isSessionsEnabled, cardinality, dataType } = binding;
  if (typeof queueName !== 'string') refuse(name, 'the embedded host has queues only, no topics');
  if (cardinality === 'many') refuse(name, "the embedded host has no cardinality 'many'");
  if (typeof connection !== 'string') refuse(name, 'it names no connection');
  const connectionString = settingOf(connection);
  if (connectionString === undefined || connectionString === '') {
    refuse(name, `the setting ${connection} is not a connection string`);
  }
  return {
    kind: 'queue',
    queue: withSettings(name, queueName, settingOf),
    connection,
    connectionString,
    isSessionsEnabled: isSessionsEnabled === true,
    isBinary: dataType === 'binary',
  };
}

function timerTriggerOf(name: string, binding: Binding, settingOf: SettingOf): TimerTrigger {
  const text = withSettings(name, String(binding['schedule']), settingOf);
  const schedule = parseSchedule(text);
  if (schedule === null) refuse(name, `"${text}" is not a schedule of six fields`);
  return { kind: 'timer', schedule, runOnStartup: binding['runOnStartup'] === true };
}

/** The host puts settings in the place of their names between percent signs. */
function withSettings(name: string, text: string, settingOf: SettingOf): string {
  return text.replaceAll(/%([^%]+)%/g, (_match, setting: string) => {
    return settingOf(setting) ?? refuse(name, `the setting ${setting} is not given`);
  });
}

function refuse(name: string, problem: string): never {
  throw new Error(`Function ${name}: ${problem}.`);
}
