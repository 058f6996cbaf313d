import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSampleMarker, writeSampleMarker } from './sample-marker.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sample-marker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('the marker of a data folder', () => {
  test('is what was written last', () => {
    const folder = newFolder();
    expect(readSampleMarker(folder)).toBeNull();

    writeSampleMarker(folder, { date: '2026-11-24', taken: 0, of: 9 });
    writeSampleMarker(folder, { date: '2026-11-24', taken: 5, of: 9 });

    expect(readSampleMarker(folder)).toEqual({ date: '2026-11-24', taken: 5, of: 9 });
  });

  test('is refused when it says anything else', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'sample.json'), '{"date":"2026-11-24"}');

    expect(() => readSampleMarker(folder)).toThrow('sample.json');
  });

  test('is not kept in memory', () => {
    writeSampleMarker(':memory:', { date: '2026-11-24', taken: 5, of: 9 });

    expect(readSampleMarker(':memory:')).toBeNull();
  });
});
