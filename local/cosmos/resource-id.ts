// The `_rid` and `_self` of database, containers and documents: stable for the life of a data file.

const DATABASE_NUMBER = 1;

/** The database's resource id: four bytes. */
export function databaseResourceId(): string {
  return encoded(databaseBytes());
}

/** A container's resource id: eight bytes, as the SDK demands before it keeps session tokens. */
export function containerResourceId(container: number): string {
  return encoded(containerBytes(container));
}

/** A document's resource id: sixteen bytes. */
export function documentResourceId(container: number, sequence: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(sequence));
  return encoded(Buffer.concat([containerBytes(container), bytes]));
}

/** `_self` of the database. */
export function databaseLink(): string {
  return `dbs/${databaseResourceId()}/`;
}

/** `_self` of a container. */
export function containerLink(container: number): string {
  return `${databaseLink()}colls/${containerResourceId(container)}/`;
}

/** `_self` of a document. */
export function documentLink(container: number, sequence: number): string {
  return `${containerLink(container)}docs/${documentResourceId(container, sequence)}/`;
}

function databaseBytes(): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(DATABASE_NUMBER);
  return bytes;
}

function containerBytes(container: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(container);
  return Buffer.concat([databaseBytes(), bytes]);
}

// A resource id stands in paths, so `/` becomes `-`, as in the service.
function encoded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('/', '-');
}
