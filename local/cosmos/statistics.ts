// Counts what the server did since the last reset, in all and by container.

/** Kinds of item operations. */
export type OperationKind = 'read' | 'write' | 'query' | 'batch' | 'delete';

/** What was counted; account, container and query-plan requests are not. */
export type Counts = {
  /** Requests answered, also those refused or failed. */
  readonly requests: Readonly<Record<OperationKind, number>>;
  /** Documents created, replaced or deleted; operations of a batch count singly. */
  readonly documentsWritten: number;
  /** Request units charged. */
  readonly requestUnits: number;
};

/** Counts in all and by container name. */
export type Statistics = Counts & { readonly byContainer: Readonly<Record<string, Counts>> };

/** One answered request. */
export type CountedRequest = {
  readonly container: string;
  readonly kind: OperationKind;
  readonly documentsWritten: number;
  readonly requestUnits: number;
};

/** A counter of requests. */
export type StatisticsCounter = {
  count(request: CountedRequest): void;
  read(): Statistics;
  reset(): void;
};

/** A counter that starts at zero. */
export function createStatisticsCounter(): StatisticsCounter {
  let total = noCounts;
  let byContainer = new Map<string, Counts>();
  return {
    count: (request) => {
      total = increased(total, request);
      const counts = byContainer.get(request.container) ?? noCounts;
      byContainer.set(request.container, increased(counts, request));
    },
    read: () => ({ ...total, byContainer: Object.fromEntries(byContainer) }),
    reset: () => {
      total = noCounts;
      byContainer = new Map();
    },
  };
}

const noCounts: Counts = {
  requests: { read: 0, write: 0, query: 0, batch: 0, delete: 0 },
  documentsWritten: 0,
  requestUnits: 0,
};

function increased(counts: Counts, request: CountedRequest): Counts {
  const { kind, documentsWritten, requestUnits } = request;
  return {
    requests: { ...counts.requests, [kind]: counts.requests[kind] + 1 },
    documentsWritten: counts.documentsWritten + documentsWritten,
    // Charges have two decimals; without rounding their sum would not.
    requestUnits: Math.round((counts.requestUnits + requestUnits) * 100) / 100,
  };
}
