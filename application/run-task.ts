// Does what a task message says. THE TABLE of tasks: what each does for one customer; handing out,
// counting, repeats and failures are the same for all.
import { holdWhileUnavailable } from './hold.ts';
import { Unavailable } from './ports.ts';
import { TooManyConflicts } from './retry-lost-races.ts';
import { type RebuildPorts, rebuildCustomer } from './rebuild-customer.ts';
import { relistCustomer } from './relist-customers.ts';
import { judgeCustomer, type JudgePorts } from './snapshots/judge-customer.ts';
import { countTask, progressBefore, type TaskResult } from './run.ts';
import { type SweepPorts, takeStep } from './sweep.ts';
import type { CustomerTask, Task, TaskMessage } from './task-message.ts';

export type TaskPorts = SweepPorts &
  RebuildPorts &
  JudgePorts & {
    /** See `eraseCustomer`. */
    readonly erase: (company: string, customer: string) => Promise<number>;
  };

type Work = {
  /** Does the task for a customer; gives how many documents it changed. */
  readonly run: (task: CustomerTask, ports: TaskPorts) => Promise<number>;
  /** Whether its run keeps count; one that never ends has none, which saves a write a customer. */
  readonly isCounted: boolean;
};

const DO: Readonly<Record<Task, Work>> = {
  rebuild: {
    run: ({ company, customer }, ports) => rebuildCustomer(company, customer, ports),
    isCounted: true,
  },
  relist: { run: relistCustomer, isCounted: true },
  're-age': { run: relistCustomer, isCounted: false },
  judge: { run: judgeCustomer, isCounted: true },
  erase: {
    run: ({ company, customer }, { erase }) => erase(company, customer),
    isCounted: true,
  },
};

/**
 * Does a task, or takes a step that hands out more of them. Throws Unavailable or TooManyConflicts
 * to have the message again. A customer with whom anything else is wrong counts as failed and is
 * told to `onFailure`: it must not hold up those behind it.
 */
export async function runTask(
  message: TaskMessage,
  ports: TaskPorts,
  onFailure: (error: unknown) => void,
): Promise<void> {
  switch (message.kind) {
    case 'sweep-step':
      return takeStep(message, ports);
    case 'customer-task': {
      if (!DO[message.task].isCounted) return void (await resultOf(message, ports, onFailure));
      const ask = <T>(call: () => Promise<T>) => holdWhileUnavailable(call, ports);
      const before = await ask(() => progressBefore(message, ports));
      if (before === 'counted') return;
      const result = await resultOf(message, ports, onFailure);
      await ask(() => countTask(message, result, before, ports));
    }
  }
}

async function resultOf(
  task: CustomerTask,
  ports: TaskPorts,
  onFailure: (error: unknown) => void,
): Promise<TaskResult> {
  try {
    return { changed: await DO[task.task].run(task, ports) };
  } catch (error) {
    if (error instanceof Unavailable || error instanceof TooManyConflicts) throw error;
    onFailure(error);
    return 'failed';
  }
}
