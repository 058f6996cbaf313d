// The first seed that finds each planted bug, as `npm run simulate -- --hunt` prints them: tried
// first, so that a run in which nothing has changed takes no longer than it must.
export const FOUND_BY: Readonly<Record<string, number>> = {};
