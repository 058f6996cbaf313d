// What is kept of the watermarks, and the port to it.
import { encodeKeyPart } from '../domain/key.ts';
import type { Watermark } from '../domain/watermark.ts';
import type { CommitResult, Stored, Write } from './ports.ts';

/** All watermarks of one company, by source and entity. */
export type WatermarkDocument = {
  readonly id: string;
  readonly key: typeof WATERMARKS_KEY;
  readonly kind: 'watermarks';
  readonly company: string;
  readonly watermarks: readonly Watermark[];
};

/** The partition of all watermarks in the container `feed`. */
export const WATERMARKS_KEY = 'watermarks';

/** The id of a company's document. */
export function watermarksId(company: string): string {
  return `watermarks|${encodeKeyPart(company)}`;
}

/** The watermarks of companies. Every call throws Unavailable. */
export type WatermarkStore = {
  read(company: string): Promise<Stored<WatermarkDocument> | null>;
  commit(write: Write<WatermarkDocument>): Promise<CommitResult>;
  /** Those of companies in the order of their ids, from one on. */
  from(company: string, limit: number): Promise<readonly WatermarkDocument[]>;
};
