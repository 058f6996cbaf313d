// Commits writes to one partition: all or none, each guarded by the tag its document was read
// with. The SDK does not throw for a failed batch, so every result is looked at.
import type { OperationInput } from '@azure/cosmos';
import { type CommitResult, Refused, Unavailable, type Write } from '../../application/ports.ts';
import type { OpenContainer } from './client.ts';
import { toResource } from './documents.ts';
import { asking, isTransientStatus } from './failure.ts';

/** Of an operation that failed only because another in its batch did. */
const FAILED_DEPENDENCY = 424;
/** Changed meanwhile, deleted meanwhile, created meanwhile. */
const CONFLICTS = new Set([404, 409, 412]);

/** Commits; `conflict` when a document is not as it was read. Throws Unavailable. */
export async function commit<T extends object>(
  container: OpenContainer,
  partitionKey: string,
  writes: readonly Write<T>[],
): Promise<CommitResult> {
  // Made anew for every call: the SDK changes the operations it is given.
  const operations = writes.map(operationOf);
  const response = await asking(async () =>
    (await container()).items.batch(operations, partitionKey),
  );
  const results = response.result ?? [];
  const culprit = results.find(
    ({ statusCode }) => statusCode >= 400 && statusCode !== FAILED_DEPENDENCY,
  );
  const status = culprit?.statusCode ?? response.code ?? 0;
  if (CONFLICTS.has(status)) return 'conflict';
  if (isTransientStatus(status)) {
    throw new Unavailable('cosmos', null, new Error(`batch status ${status}`));
  }
  if (culprit !== undefined || results.length !== writes.length) {
    throw new Refused(status, new Error(`a batch of ${writes.length} operations failed`));
  }
  return 'committed';
}

function operationOf<T extends object>({ id, document, etag }: Write<T>): OperationInput {
  if (document === null) {
    if (etag === null) throw new Error('a document that was never read cannot be deleted');
    // The service honours a tag on a delete; the SDK's type of the operation leaves it out.
    const deletion = { operationType: 'Delete', id, ifMatch: etag } as const;
    return deletion;
  }
  const resourceBody = toResource(document);
  return etag === null
    ? { operationType: 'Create', resourceBody }
    : { operationType: 'Replace', id, resourceBody, ifMatch: etag };
}
