// Planted bugs in how rows of a source find their customers.
import type { PlantedBug } from '../planted-bug.ts';

const LINK = 'application/link-rows.ts';
const ROW = 'application/source-row.ts';

function bug(name: string, find: string, put: string, file = LINK): PlantedBug {
  return { name, replacements: [{ file, find, put }], subject: 'export' };
}

export const LINK_BUGS: readonly PlantedBug[] = [
  bug(
    'a row is not told as deleted where it was before',
    'return [...said, ...gone];',
    'return [...said];',
  ),
  bug(
    'of the places of a row the last is remembered',
    '{ ...known, [target]: told.target };',
    '{ [target]: told.target };',
  ),
  bug(
    'the row told last is the newest',
    'before === null || isNewer(candidate, before.newest) ? candidate : before.newest;',
    'candidate;',
  ),
  bug(
    'a row that is away is deleted as of the row just told',
    'version: newest.version,',
    'version: row.version,',
  ),
  bug(
    'a lost race for a row counts as done',
    "(await ports.links.commit(key, [write])) === 'committed' ? document : 'conflict';",
    '(await ports.links.commit(key, [write])) ? document : document;',
  ),
  bug(
    'a lost race for a statement counts as done',
    "return result === 'committed' ? places : result;",
    "return result === 'committed' ? places : places;",
  ),
  bug(
    'a statement that was kept is not told again',
    'if (known !== null && known.document.statement.time <= statement.time) return places;',
    'if (known !== null && known.document.statement.time <= statement.time) return [];',
  ),
  bug(
    'a statement does not touch its link',
    'linkWrite({ ...before, statements }, stored?.etag ?? null),',
    '...(stored === null ? [linkWrite({ ...before, statements }, null)] : []),',
  ),
  bug(
    'who brought a link gets what was said once only',
    'return compareVersions(known.since, introducedBy) === 0 ? before.statements : null;',
    'return null;',
  ),
  bug(
    'a lost race for a link counts as done',
    "(await ports.links.commit(key, writes)) === 'committed' ? before.statements : 'conflict'",
    '(await ports.links.commit(key, writes)) === null ? null : before.statements',
  ),
  bug(
    'a link leads to one place only',
    'const holders = [...before.holders, { holder, since: { epoch, version } }];',
    'const holders = [{ holder, since: { epoch, version } }];',
  ),
  bug(
    'what is found late gets nothing of what was said before',
    '.filter((statement) => concerns(statement, holder));',
    '.filter((statement) => concerns(statement, holder) && false);',
  ),
  bug(
    'names that lead further are not followed',
    'changes.push(...(await stateAt(other, holder, introducedBy, ports)));',
    'changes.push(changeAt(other, holder));',
  ),
  bug(
    'a message is done before its changes are on the queue',
    'await holdWhileUnavailable(() => ports.queue.send(pack(measured)), ports);',
    'void ports.queue.send(pack(measured)).catch(() => {});',
  ),
  bug(
    'a settlement of a credit keeps the sign of its row',
    'terms.isCredit ? towardsZero : []',
    'terms.isCredit ? [] : []',
    ROW,
  ),
  bug(
    'a row is told to everyone a link leads to',
    '(place.customer === null || place.customer === customer)',
    '(place.customer === null || customer !== null)',
    ROW,
  ),
  bug(
    'the folder of a row does not count',
    "return `${ofFolder}${(rowVersion ?? '')",
    "return `${folder === ofFolder ? '' : ''}${(rowVersion ?? '')",
    'adapters/d365/version.ts',
  ),
];
