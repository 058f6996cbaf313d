import { describe, expect, test } from 'vitest';
import { decodeStored } from './documents.ts';

const KINDS = ['settlement'];

describe('a stored document', () => {
  test('comes back as it was written, with its tag', () => {
    const written = {
      id: 'settlement|a|1',
      pk: 'c|k',
      kind: 'settlement',
      parts: { main: { _ts: 1 } },
    };
    const returned = {
      ...written,
      _rid: 'r',
      _self: 's',
      _etag: '"7"',
      _attachments: 'a',
      _ts: 1,
      _lsn: 2,
    };
    expect(decodeStored(returned, KINDS)).toEqual({ document: written, etag: '"7"' });
  });

  test.each([
    null,
    'text',
    7,
    {},
    { kind: 'settlement' },
    { _etag: '"1"' },
    { _etag: '"1"', kind: 'toString' },
  ])('%j is none', (resource) => {
    expect(() => decodeStored(resource, KINDS)).toThrow('a stored document');
  });
});
