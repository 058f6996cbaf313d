// Our own name as a source of changes and events (SPEC §2.1): of what is entered here, no ERP's.

/** The workspace as a source of changes, without its epoch; no feed may speak for it. */
export const WORKSPACE_SOURCE = '/workspace';
export const WORKSPACE_EPOCH = '1';

/** The same with its epoch, as events name their source. */
export const WORKSPACE_EVENT_SOURCE = `${WORKSPACE_SOURCE}/${WORKSPACE_EPOCH}`;
