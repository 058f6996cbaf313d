// Planted bugs between a request and the queue.
import type { PlantedBug } from '../planted-bug.ts';

const INGEST = 'application/ingest-changes.ts';
const CONTENT_KEY = "[ownerKey(change), id, facet, epoch, version, time, content].join('\\n')";

/** A content key with one part less. */
function contentKeyWithout(part: string): PlantedBug['replacements'] {
  return [{ file: INGEST, find: CONTENT_KEY, put: CONTENT_KEY.replace(part, '') }];
}

export const FEED_BUGS: readonly PlantedBug[] = [
  {
    name: 'a record that moves is not deleted under its old customer',
    replacements: [
      {
        file: 'application/change-message.ts',
        find: '? customerKey(change.company, change.customer)',
        put: '? encodeKeyPart(change.company)',
      },
    ],
  },
  {
    name: 'the same told of two customers counts as a repeat',
    replacements: contentKeyWithout('ownerKey(change), '),
  },
  {
    name: 'another content of one version counts as a repeat',
    replacements: contentKeyWithout(', content'),
  },
  {
    name: 'another facet of one version counts as a repeat',
    replacements: [
      { file: INGEST, find: CONTENT_KEY, put: "[ownerKey(change), id, version].join('\\n')" },
    ],
  },
  {
    name: 'receipts are given before the queue has the messages',
    replacements: [
      {
        file: INGEST,
        find: 'await queue.send([...pack(changesIn(accepted)), ...packEvents(accepted)]);',
        put: `queue.send([...pack(changesIn(accepted)), ...packEvents(accepted)]).catch(() => {});`,
      },
    ],
  },
  {
    name: 'a full message makes room by leaving out what it held',
    replacements: [
      { file: INGEST, find: 'result.push(current);\n      [current', put: '[current' },
    ],
  },
  {
    name: 'a delete is taken for an upsert of an empty row',
    replacements: [
      {
        file: 'functions/contract/feed/event.ts',
        find: 'row: sent.row ?? null,',
        put: 'row: sent.row ?? {},',
      },
    ],
  },
];
