// What account, database, container and partition key ranges look like when read. Values only.
import type { DocumentCollection } from './document-store.ts';
import {
  containerLink,
  containerResourceId,
  databaseLink,
  databaseResourceId,
} from './resource-id.ts';

/**
 * The account. The SDK takes no addresses from an account called `localhost` but keeps the one it
 * was given, so the server also works behind a forwarded port.
 */
export function accountResource(endpoint: string) {
  const locations = [{ name: 'Local', databaseAccountEndpoint: endpoint }];
  return {
    id: 'localhost',
    _rid: 'localhost',
    _self: '',
    media: '//media/',
    addresses: '//addresses/',
    _dbs: '//dbs/',
    writableLocations: locations,
    readableLocations: locations,
    enableMultipleWriteLocations: false,
    userConsistencyPolicy: { defaultConsistencyLevel: 'Session' },
  };
}

/** The one database. */
export function databaseResource(name: string) {
  return {
    id: name,
    _rid: databaseResourceId(),
    _self: databaseLink(),
    _etag: NEVER_CHANGED,
    _ts: 0,
    _colls: 'colls/',
    _users: 'users/',
  };
}

/** A container with its indexing policy. */
export function containerResource(collection: DocumentCollection) {
  const { name, partitionKeyPath, indexingPolicy } = collection.topology;
  return {
    id: name,
    indexingPolicy,
    partitionKey: { paths: [partitionKeyPath], kind: 'Hash', version: 2 },
    _rid: containerResourceId(collection.number),
    _self: containerLink(collection.number),
    _etag: NEVER_CHANGED,
    _ts: 0,
    _docs: 'docs/',
    _sprocs: 'sprocs/',
    _triggers: 'triggers/',
    _udfs: 'udfs/',
    _conflicts: 'conflicts/',
  };
}

/** The partition key ranges of a container: a single one. */
export function partitionKeyRangesResource(collection: DocumentCollection) {
  const link = `${containerLink(collection.number)}pkranges/`;
  const range = {
    id: '0',
    minInclusive: '',
    maxExclusive: 'FF',
    status: 'online',
    parents: [],
    _rid: containerResourceId(collection.number),
    _self: link,
    _etag: NEVER_CHANGED,
    _ts: 0,
  };
  return { _rid: containerResourceId(collection.number), PartitionKeyRanges: [range], _count: 1 };
}

const NEVER_CHANGED = '"00000000-0000-0000-0000-000000000000"';
