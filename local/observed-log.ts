// Lets somebody besides its reader look at what the runtimes of this process log.
import type { Log } from './host/core-module.ts';

const observers = new Set<Log>();

/** Tells every line from now on to somebody besides, at all levels. */
export function observeLogs(observer: Log): void {
  observers.add(observer);
}

/** A log whose lines observers see too. */
export function observed(log: Log): Log {
  return (level, message) => {
    for (const observer of observers) observer(level, message);
    log(level, message);
  };
}
