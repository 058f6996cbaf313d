// The progress of the sample on the way into the feed: a bar on a terminal, a line for every few
// thousand changes elsewhere.

/** What is written to; not a terminal unless it says so. */
export type Output = {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
};

export type SampleProgress = {
  show(taken: number, of: number): void;
  /** Leaves the terminal on a new line. */
  end(): void;
};

const BAR_CELLS = 30;
const LINE_EVERY = 3_000;
const REDRAW = '\r\u001B[2K';
const COUNT = new Intl.NumberFormat('en-US');

export function sampleProgress(output: Output): SampleProgress {
  const isTerminal = output.isTTY === true;
  return {
    show: (taken, of) => {
      const text = `Sample: ${COUNT.format(taken)} of ${COUNT.format(of)} changes`;
      if (isTerminal) output.write(`${REDRAW}${bar(taken / of)} ${text}`);
      else if (taken % LINE_EVERY === 0 || taken === of) output.write(`${text}\n`);
    },
    end: () => {
      if (isTerminal) output.write('\n');
    },
  };
}

function bar(share: number): string {
  const filled = Math.floor(share * BAR_CELLS);
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}]`;
}
