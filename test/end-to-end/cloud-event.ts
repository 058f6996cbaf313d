// A change as the feed's contract has it (SPEC 2.1), for tests that speak to the public API only.
// Never checks anything: a test may want it wrong.

/** One change in the structured JSON of CloudEvents 1.0. */
export type CloudEvent = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly op: 'upsert' | 'delete';
    readonly company: string;
    readonly customer?: string;
    readonly record: string;
    readonly version: string;
    readonly row?: object;
  };
};

/** What a change tells: with a row an upsert, without one a delete. */
export type Told = {
  readonly source: string;
  readonly entity: string;
  readonly company: string;
  readonly customer?: string | undefined;
  readonly record: string;
  readonly version: string;
  readonly time: string;
  readonly row?: object | undefined;
};

/** The event of a change. Its id names the row and the version, as a feed's should. */
export function cloudEvent({ source, entity, time, row, ...told }: Told): CloudEvent {
  const { company, customer, record, version } = told;
  const key = [company, customer, entity, record].filter((part) => part !== undefined).join('/');
  return {
    specversion: '1.0',
    id: `${key}@${version}`,
    source,
    type: `erp.${entity}.changed.v1`,
    time,
    datacontenttype: 'application/json',
    data: {
      op: row === undefined ? 'delete' : 'upsert',
      company,
      ...(customer === undefined ? {} : { customer }),
      record,
      version,
      ...(row === undefined ? {} : { row }),
    },
  };
}
