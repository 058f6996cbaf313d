// Shows the progress of a load: one line that is redrawn on a terminal, a line every few seconds
// elsewhere.
import { PLAIN_PROGRESS_INTERVAL_MS, TERMINAL_PROGRESS_INTERVAL_MS } from './limits.ts';
import { type Progress, progressBar, progressLine } from './progress.ts';

/** What is written to: `columns` is undefined, and `isTTY` not true, unless it is a terminal. */
export type Output = {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
};

export type ProgressDisplay = {
  readonly show: (progress: Progress) => void;
  /** Leaves the terminal on a new line. */
  readonly close: () => void;
};

const COLUMNS_UNKNOWN = 80;
const REDRAW = '\r\u001B[2K';

export function progressDisplay(output: Output): ProgressDisplay {
  return output.isTTY === true ? onTerminal(output) : inLines(output);
}

function onTerminal(output: Output): ProgressDisplay {
  const due = throttle(TERMINAL_PROGRESS_INTERVAL_MS);
  let drawn = false;
  return {
    show: (progress) => {
      if (!due(progress)) return;
      output.write(`${REDRAW}${progressBar(progress, output.columns ?? COLUMNS_UNKNOWN)}`);
      drawn = true;
    },
    close: () => {
      if (drawn) output.write('\n');
    },
  };
}

function inLines(output: Output): ProgressDisplay {
  const due = throttle(PLAIN_PROGRESS_INTERVAL_MS);
  return {
    show: (progress) => {
      if (due(progress)) output.write(`${progressLine(progress)}\n`);
    },
    close: () => undefined,
  };
}

/** True for the first, the last and otherwise one progress an interval. */
function throttle(intervalMs: number): (progress: Progress) => boolean {
  let shownAtMs: number | null = null;
  return ({ elapsedMs, offset, size }) => {
    if (shownAtMs !== null && offset < size && elapsedMs - shownAtMs < intervalMs) return false;
    shownAtMs = elapsedMs;
    return true;
  };
}
