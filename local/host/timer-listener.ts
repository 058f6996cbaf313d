// A timer trigger: runs a function whenever its schedule says so, never twice at a time, or only
// when told to. Times missed while the host was down are not made up for.
import type { Log, TypedData } from './core-module.ts';
import type { InvocationResult, TriggerData } from './invocation.ts';
import { nextTime } from './schedule.ts';
import type { TimerTrigger } from './trigger-binding.ts';

/** The longest that a timer of Node.js can wait, in milliseconds. */
const WAIT_MAX = 2 ** 31 - 1;

/** Whether timers keep to their schedules, or run only when they are fired. */
export type TimerMode = 'scheduled' | 'fired';

export type TimerListener = {
  /** Runs the function now, as an operator of the real host can, whatever else goes on. */
  fire(): Promise<InvocationResult>;
  /** Starts no more runs; one under way goes on. */
  stop(): void;
};

/** Runs the function at its times, by the machine's clock. */
export function listenToTimer(
  name: string,
  { schedule, runOnStartup }: TimerTrigger,
  mode: TimerMode,
  run: (trigger: TriggerData) => Promise<InvocationResult>,
  log: Log,
): TimerListener {
  let timeout: NodeJS.Timeout | undefined;
  let isStopped = false;
  let last: number | null = null;
  const wait = () => {
    const next = nextTime(schedule, Date.now());
    if (next === null) log('warning', `${name}: its schedule has no next time`);
    else waitUntil(next);
  };
  const waitUntil = (next: number) => {
    if (isStopped) return;
    const left = next - Date.now();
    timeout = setTimeout(
      () => (left > WAIT_MAX ? waitUntil(next) : void runAt(next)),
      Math.min(Math.max(left, 0), WAIT_MAX),
    );
  };
  const runOnce = async (time: number) => {
    const result = await run({ data: timerData(last, nextTime(schedule, time)), metadata: {} });
    last = time;
    return result;
  };
  const runAt = async (time: number) => {
    await runOnce(time);
    wait();
  };
  if (mode === 'scheduled') {
    if (runOnStartup) void runAt(Date.now());
    else wait();
  }
  return {
    fire: () => runOnce(Date.now()),
    stop: () => {
      isStopped = true;
      clearTimeout(timeout);
    },
  };
}

function timerData(last: number | null, next: number | null): TypedData {
  const text = (time: number | null) => new Date(time ?? 0).toISOString();
  const json = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: text(last), Next: text(next), LastUpdated: text(last) },
    IsPastDue: false,
  };
  return { json: JSON.stringify(json) };
}
